"""Pages told apart by their bytes: HTML, PDF, and what is neither."""

from __future__ import annotations

import codecs
from io import BytesIO
from zipfile import ZipFile

import pytest
from fpdf import FPDF

from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, ExtractionRules, FilterCall, Snapshot

ADDRESS = "https://vendeurs.bazar-de-brume.example/cgv"
PAGE = "<!doctype html><main><h1>Conditions</h1><p>Préavis de 30 jours.</p></main>".encode()
MARKDOWN = "# Conditions\n\nPréavis de 30 jours.\n"
HTML_RULES = ExtractionRules(("main",), base_url=ADDRESS)
PDF_RULES = ExtractionRules(base_url=f"{ADDRESS}.pdf")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = FPDF()
    made.core_fonts_encoding = "windows-1252"
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.multi_cell(0, 6, "Préavis de 30 jours.")
    return bytes(made.output())


@pytest.fixture(scope="module")
def office_document() -> bytes:
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Conditions</w:t>")
    return stored.getvalue()


@pytest.mark.parametrize("before", [b"", b"\r\n ", b"HTTP rest\n"])
def test_a_pdf_is_known_by_its_mark_and_needs_no_header(pdf: bytes, before: bytes) -> None:
    extraction = extract_text([before + pdf], PDF_RULES)
    assert (extraction.markdown, extraction.warnings) == ("Préavis de 30 jours.\n", ())
    assert extraction.selector_hits == ()


@pytest.mark.parametrize("before", [b"", codecs.BOM_UTF8, b"\n\n", b"<!-- %PDF-1.7 is for download -->"])
def test_html_is_known_by_its_first_tag(before: bytes) -> None:
    extraction = extract_text([Snapshot(before + PAGE, "text/html")], HTML_RULES)
    assert (extraction.markdown, extraction.warnings) == (MARKDOWN, ())


def test_html_in_wide_characters_is_no_binary_data() -> None:
    wide = codecs.BOM_UTF16_LE + PAGE.decode().encode("utf-16-le")
    assert extract_text([wide], HTML_RULES).markdown == MARKDOWN


def test_a_pdf_where_html_is_declared_is_read_with_a_warning(pdf: bytes) -> None:
    extraction = extract_text([Snapshot(pdf, "text/html; charset=utf-8")], HTML_RULES)
    assert extraction.markdown == "Préavis de 30 jours.\n"
    assert extraction.warnings == (
        "the answer is declared as text/html but is a PDF",
        "a PDF came where HTML is declared: it is read whole, without select and remove",
    )


def test_html_where_a_pdf_is_declared_is_read_with_a_warning_when_a_select_is_there() -> None:
    rules = ExtractionRules(("main",), base_url=f"{ADDRESS}.PDF?v=2")
    extraction = extract_text([Snapshot(PAGE, "application/pdf")], rules)
    assert extraction.markdown == MARKDOWN
    assert extraction.warnings == (
        "the answer is declared as application/pdf but is HTML",
        "HTML came from the address of a PDF",
    )


def test_html_where_a_pdf_is_declared_without_select_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="HTML came where a PDF is declared: no select"):
        extract_text([PAGE], PDF_RULES)


def test_html_and_pdf_are_joined_and_the_version_names_both_engines(pdf: bytes) -> None:
    extraction = extract_text([PAGE, pdf], [HTML_RULES, PDF_RULES])
    assert extraction.markdown == "# Conditions\n\nPréavis de 30 jours.\n\nPréavis de 30 jours.\n"
    html_only = extract_text([PAGE], HTML_RULES).extractor_version
    pdf_only = extract_text([pdf], PDF_RULES).extractor_version
    assert extraction.extractor_version == f"{html_only}; {pdf_only}"
    assert html_only != pdf_only


def test_a_fault_of_one_page_names_it(pdf: bytes) -> None:
    with pytest.raises(ExtractionError, match=r"page 2 \(.*cgv\.pdf\): the PDF is damaged: it is cut short"):
        extract_text([PAGE, pdf[: len(pdf) // 2]], [HTML_RULES, PDF_RULES])


def test_an_unknown_filter_is_an_error_for_a_pdf_too(pdf: bytes) -> None:
    with pytest.raises(ExtractionError, match="unknown filter cleanUrls"):
        extract_text([pdf], ExtractionRules(filters=(FilterCall("cleanUrls"),)))


@pytest.mark.parametrize(
    ("body", "content_type", "named"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", r"an image \(PNG\), declared as image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "text/html", r"an image \(JPEG\), declared as text/html"),
        (b"GIF89a\x01\x00", "", r"an image \(GIF\)$"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp", r"media \(WEBP\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "an Office document of the old kind"),
        (b"{\\rtf1 Conditions}", "", "an RTF document"),
        (b"\x1f\x8b\x08\x00", "text/html", r"compressed data \(gzip\)"),
        (b'{"error": "not found"}', "application/problem+json", "JSON"),
        (b"\x00\x01\x02\x03 main", "application/octet-stream", "binary data, declared as application/octet-"),
    ],
)
def test_what_is_neither_is_named(body: bytes, content_type: str, named: str) -> None:
    with pytest.raises(ExtractionError, match=f"^neither HTML nor PDF but {named}"):
        extract_text([Snapshot(body, content_type)], HTML_RULES)


def test_an_office_document_is_named(office_document: bytes) -> None:
    with pytest.raises(ExtractionError, match="a ZIP archive or an Office document"):
        extract_text([office_document], HTML_RULES)


def test_the_charset_of_the_header_is_used() -> None:
    page = "<main>Příloha</main>".encode("iso8859-2")
    assert extract_text([Snapshot(page, "text/html; charset=iso-8859-2")], HTML_RULES).markdown == "Příloha\n"
    assert extract_text([page], HTML_RULES).markdown != "Příloha\n"
