"""Bytes of a page to text."""

from __future__ import annotations

import codecs

import pytest

from transforms.decode_page import decode_page
from transforms.name_encoding import charset_of

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
    assert decode_page(page.encode()) == (page, ("the page declares windows-1252 but the bytes are UTF-8",))


def test_a_page_without_declaration_falls_back_to_windows_1252_and_says_so() -> None:
    text, warnings = decode_page(f"<p>{SENTENCE}</p>".encode("windows-1252"))
    assert text == f"<p>{SENTENCE}</p>"
    assert warnings == ("the encoding is not UTF-8 (none is declared); read as windows-1252",)


def test_a_false_claim_of_utf8_falls_back_too() -> None:
    text, warnings = decode_page(page_declaring("utf-8").encode("windows-1252"))
    assert SENTENCE in text
    assert warnings == ("the encoding is not UTF-8 (the page declares UTF-8); read as windows-1252",)


def test_utf8_with_a_few_broken_characters_stays_utf8() -> None:
    broken = (SENTENCE * 3).encode().replace("é".encode(), b"\xc3", 1)
    text, warnings = decode_page(broken)
    assert text.startswith("Le pr\ufffdavis")
    assert text.count("é") == (SENTENCE * 3).count("é") - 1
    assert warnings == ("1 bytes are not valid utf-8",)


def test_an_encoding_that_does_not_exist_counts_as_none() -> None:
    text, warnings = decode_page(page_declaring("klingon-1").encode("windows-1252"))
    assert SENTENCE in text
    assert warnings == ("the encoding is not UTF-8 (none is declared); read as windows-1252",)


def test_a_declaration_beyond_the_first_kilobyte_is_not_seen() -> None:
    page = " " * 1024 + '<meta charset="iso-8859-2">č'
    _, warnings = decode_page(page.encode("iso-8859-2"))
    assert warnings == ("the encoding is not UTF-8 (none is declared); read as windows-1252",)


def test_the_header_is_believed_before_the_page() -> None:
    page = page_declaring("windows-1252").replace("é", "č").encode("iso8859-2", "replace")
    text, warnings = decode_page(page, "ISO-8859-2")
    assert "prčavis" in text
    assert warnings == ("the header declares iso8859-2, the page windows-1252; read as iso8859-2",)


@pytest.mark.parametrize("header", ["", "utf-8", "ISO-8859-1", "windows-1251", "klingon-1", "zlib"])
def test_bytes_that_are_utf8_are_read_so_whatever_the_header_says(header: str) -> None:
    assert decode_page(SENTENCE.encode(), header)[0] == SENTENCE


def test_a_wrong_header_over_utf8_is_told() -> None:
    _, warnings = decode_page(page_declaring("utf-8").encode(), "ISO-8859-1")
    assert warnings == ("the header declares windows-1252 but the bytes are UTF-8",)
    assert decode_page(page_declaring("iso-8859-1").encode(), "utf-8")[1] == ()


def test_a_header_of_utf8_over_other_bytes_leaves_the_word_to_the_page() -> None:
    page = '<meta charset="iso-8859-2"><p>Příloha č. 1</p>'
    text, warnings = decode_page(page.encode("iso-8859-2"), "UTF-8")
    assert text == page
    assert warnings == ("the encoding is not UTF-8 (the header declares UTF-8); read as iso8859-2",)


@pytest.mark.parametrize("header", ["", "utf-8", "iso-8859-1"])
def test_a_page_put_together_from_two_encodings_is_read_piece_by_piece(header: str) -> None:
    parts = [
        f"<p>{SENTENCE}</p>".encode(),
        f"<p>{SENTENCE}</p>".encode("windows-1252"),
        "<p>Été</p>".encode(),
    ]
    text, warnings = decode_page(b"".join(parts), header)
    assert text == f"<p>{SENTENCE}</p>" * 2 + "<p>Été</p>"
    assert warnings == ("the page mixes UTF-8 and windows-1252",)


@pytest.mark.parametrize(
    ("broken", "shown"),
    [
        (b"pr\xc3avis", "pr\ufffdavis"),
        (b"pr\xa9avis", "pr\ufffdavis"),
        (b"l\xe2\x80acheteur", "l\ufffdacheteur"),
    ],
)
def test_half_a_character_in_a_line_of_its_own_is_a_loss_not_another_encoding(
    broken: bytes, shown: str
) -> None:
    text, warnings = decode_page(f"<p>{SENTENCE}</p><p>".encode() + broken + b"</p>", "iso-8859-1")
    assert text == f"<p>{SENTENCE}</p><p>{shown}</p>"
    assert warnings == ("1 bytes are not valid utf-8",)


def test_an_encoding_of_another_script_is_not_taken_to_pieces() -> None:
    page = "<p>Договор с продавцом Γ©</p>"
    assert decode_page(page.encode("cp1251", "ignore"), "windows-1251")[0] == page.replace("Γ", "")


def test_wide_characters_without_a_mark_are_read_when_the_header_says_so() -> None:
    assert decode_page("<p>Terms</p>".encode("utf-16-le"), "utf-16le") == ("<p>Terms</p>", ())


@pytest.mark.parametrize("label", ["zlib", "base64", "rot13", "unicode_escape", "utf-7", "idna", "undefined"])
def test_a_codec_that_no_page_is_written_in_counts_as_none(label: str) -> None:
    text, warnings = decode_page(page_declaring(label).encode("windows-1252"), label)
    assert SENTENCE in text
    assert warnings == ("the encoding is not UTF-8 (none is declared); read as windows-1252",)


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=ISO-8859-1", "iso-8859-1"),
        ('text/html;charset="utf-8"', "utf-8"),
        ("text/html; CHARSET = 'x'; boundary=1", "'x'"),
        ("text/html", ""),
        ("", ""),
        (";;charset", ""),
    ],
)
def test_the_charset_of_a_header_is_found(header: str, charset: str) -> None:
    assert charset_of(header) == charset
