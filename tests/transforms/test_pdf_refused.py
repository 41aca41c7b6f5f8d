"""PDF files that give no text are refused with the reason; doubts about the others are told."""

from __future__ import annotations

import pytest

from tests.transforms.pdf_builder import NOTICE, PolicyPdf, draw_glyphs, words, words_of_clauses
from transforms.extract_pdf import extract_pdf
from transforms.extraction_rules import ExtractionError
from transforms.read_pdf import MAX_PAGES


def scan(pages: int, text_pages: int = 0, stamp: str = "") -> bytes:
    pdf = PolicyPdf(stamp)
    for page in range(text_pages + pages):
        if page:
            pdf.add_page()
        if page < text_pages:
            pdf.add_paragraph(NOTICE)
        else:
            pdf.add_scan()
    return pdf.write_bytes()


def test_a_scan_is_refused() -> None:
    with pytest.raises(ExtractionError, match=r"no text layer on 3 of 3 pages \(a scan\?\)"):
        extract_pdf(scan(3))


def test_a_scan_behind_a_letter_is_refused() -> None:
    with pytest.raises(ExtractionError, match=r"no text layer on 3 of 4 pages \(a scan\?\)"):
        extract_pdf(scan(3, text_pages=1))


def test_a_scan_with_a_stamp_on_each_page_is_refused() -> None:
    with pytest.raises(ExtractionError, match=r"no text layer on 4 of 4 pages"):
        extract_pdf(scan(4, stamp="Document signé - réf. 8842"))


def test_a_scanned_annex_is_a_warning() -> None:
    extracted = extract_pdf(scan(1, text_pages=3))
    assert extracted.warnings == ("no text layer on pages 4 (scans?): what they show is missing",)
    assert extracted.markdown.count(NOTICE) == 3


def test_an_empty_pdf_is_refused_and_an_empty_page_told() -> None:
    with pytest.raises(ExtractionError, match=r"no text layer on 1 of 1 pages"):
        extract_pdf(PolicyPdf().write_bytes())
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    pdf.add_page()
    assert extract_pdf(pdf.write_bytes()).warnings == ("nothing on pages 2",)


def test_a_pdf_that_opens_with_a_password_is_refused() -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    pdf.protect("secret")
    with pytest.raises(ExtractionError, match="the PDF is encrypted: it opens with a password only"):
        extract_pdf(pdf.write_bytes())


def test_a_pdf_that_asks_not_to_be_copied_is_read_with_a_warning() -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    pdf.protect(may_copy=False)
    extracted = extract_pdf(pdf.write_bytes())
    assert extracted.markdown == f"{NOTICE}\n"
    assert extracted.warnings == ("the PDF asks that its text not be copied",)


@pytest.mark.parametrize("data", [b"", b"<!DOCTYPE html><title>Erreur</title>", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused_by_its_first_bytes(data: bytes) -> None:
    with pytest.raises(ExtractionError, match="not a PDF: it starts with b'"):
        extract_pdf(data)


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_pdf_that_is_cut_short_is_refused(part: float) -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    data = pdf.write_bytes()
    with pytest.raises(ExtractionError, match="the PDF is damaged: it is cut short"):
        extract_pdf(data[: int(part * len(data))])


def test_a_pdf_without_a_structure_is_refused() -> None:
    with pytest.raises(ExtractionError, match="the PDF is damaged: its structure cannot be read"):
        extract_pdf(b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n")


def test_more_pages_than_are_read_are_refused() -> None:
    pdf = PolicyPdf()
    for _ in range(MAX_PAGES):
        pdf.add_page()
    with pytest.raises(
        ExtractionError, match=f"the PDF has {MAX_PAGES + 1} pages: at most {MAX_PAGES} are read"
    ):
        extract_pdf(pdf.write_bytes())


def test_letters_that_stand_for_no_character_are_refused_when_many_and_told_when_few() -> None:
    with pytest.raises(ExtractionError, match="4 of 5 letters of the PDF stand for no character"):
        extract_pdf(draw_glyphs("A", (1, 1, 1, 1), {1: "\ufffd"}))
    extracted = extract_pdf(draw_glyphs("Le Vendeur est inform", (1, 1), {1: "\ufffd"}))
    assert extracted.warnings == ("2 characters are lost in encoding (U+FFFD)",)


def test_a_contract_of_120_pages_keeps_every_word() -> None:
    pdf = PolicyPdf("Bazar de Brume", "Page {page} / {pages}", 120)
    expected: list[str] = []
    article = 0
    while pdf.page_no() < 120:
        article += 1
        title, text = f"Article {article} - Objet", f"{NOTICE} Réf. {article}."
        pdf.add_title(title, 30)
        pdf.add_paragraph(text, justified=False, space=60)
        pdf.add_item("•", text)
        pdf.ln(30)
        expected += words(title) + 2 * words(text)
    assert words_of_clauses(pdf.write_bytes()) == expected
