"""Bytes of a page to text."""

from __future__ import annotations

import codecs

import pytest

from transforms.decode_page import decode_page

SENTENCE = "Le préavis est de 30 jours – sauf « urgence » avérée."


def page_declaring(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{SENTENCE}</p></body></html>'


def test_utf8_needs_no_declaration_and_gives_no_warning() -> None:
    assert decode_page(SENTENCE.encode()) == (SENTENCE, ())


def test_text_is_taken_as_it_is() -> None:
    assert decode_page("\ufeff" + SENTENCE) == (SENTENCE, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_wins_over_the_declaration(mark: bytes, encoding: str) -> None:
    page = page_declaring("windows-1251")
    assert decode_page(mark + page.encode(encoding)) == (page, ())


@pytest.mark.parametrize("charset", ["windows-1252", "ISO-8859-1", "latin1", "us-ascii"])
def test_western_declarations_mean_windows_1252_as_in_browsers(charset: str) -> None:
    page = page_declaring(charset)
    assert decode_page(page.encode("windows-1252")) == (page, ())


def test_an_old_style_declaration_is_read() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Príloha č. 1</p>'
    assert decode_page(page.encode("iso-8859-2")) == (page, ())


def test_bytes_that_are_utf8_are_utf8_whatever_is_declared() -> None:
    page = page_declaring("iso-8859-1")
    assert decode_page(page.encode()) == (page, ("the page declares windows-1252 but its bytes are UTF-8",))


def test_a_page_without_declaration_falls_back_to_windows_1252_and_says_so() -> None:
    text, warnings = decode_page(f"<p>{SENTENCE}</p>".encode("windows-1252"))
    assert text == f"<p>{SENTENCE}</p>"
    assert warnings == ("the page declares no encoding but is not UTF-8; read as windows-1252",)


def test_a_false_claim_of_utf8_falls_back_too() -> None:
    text, warnings = decode_page(page_declaring("utf-8").encode("windows-1252"))
    assert SENTENCE in text
    assert warnings == ("the page declares UTF-8 but is not UTF-8; read as windows-1252",)


def test_utf8_with_a_few_broken_characters_stays_utf8() -> None:
    broken = (SENTENCE * 3).encode().replace("é".encode(), b"\xc3", 1)
    text, warnings = decode_page(broken)
    assert text.startswith("Le pr\ufffdavis")
    assert text.count("é") == (SENTENCE * 3).count("é") - 1
    assert warnings == ("1 bytes are not valid utf-8",)


def test_an_encoding_that_does_not_exist_counts_as_none() -> None:
    text, warnings = decode_page(page_declaring("klingon-1").encode("windows-1252"))
    assert SENTENCE in text
    assert warnings == ("the page declares no encoding but is not UTF-8; read as windows-1252",)


def test_a_declaration_beyond_the_first_kilobyte_is_not_seen() -> None:
    page = " " * 1024 + '<meta charset="iso-8859-2">č'
    _, warnings = decode_page(page.encode("iso-8859-2"))
    assert warnings == ("the page declares no encoding but is not UTF-8; read as windows-1252",)
