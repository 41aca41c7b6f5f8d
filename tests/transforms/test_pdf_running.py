"""Running headers and footers and page numbers of PDF policies are taken off; nothing of the text goes with them."""

from __future__ import annotations

import pytest

from tests.transforms.pdf_builder import FEES, NOTICE, RANKING, PolicyPdf
from transforms.extract_pdf import extract_pdf

TEXT = " ".join([NOTICE, FEES, RANKING])


def contract(header: str, footer: str, pages: int, text: str = TEXT) -> PolicyPdf:
    """One paragraph on each page, above it a title that only this page has."""
    pdf = PolicyPdf(header, footer, pages)
    for page in range(1, pages + 1):
        if page > 1:
            pdf.add_page()
        pdf.add_title(f"Article {page} - Titre {'abcdefgh'[page % 8]}", 12)
        pdf.add_paragraph(text)
    return pdf


@pytest.mark.parametrize(
    "number",
    [
        "Page {page} / {pages}",
        "{page}",
        "- {page} -",
        "{page}/{pages}",
        "p. {page}",
        "Page {page} sur {pages}",
    ],
)
@pytest.mark.parametrize("pages", [1, 2, 5])
def test_page_numbers_are_taken_off(number: str, pages: int) -> None:
    extracted = extract_pdf(contract("", number, pages).write_bytes())
    parts = extracted.markdown.rstrip("\n").split("\n\n")
    assert [part for part in parts if not part.startswith("#")] == [TEXT] * pages
    assert extracted.running == (number.format(page=1, pages=pages),)


def test_headers_and_footers_are_taken_off_and_told() -> None:
    extracted = extract_pdf(
        contract("Bazar de Brume – confidentiel", "CGV v2.1 du 3 mars 2025 – {page}/4", 4).write_bytes()
    )
    assert "confidentiel" not in extracted.markdown
    assert "2025" not in extracted.markdown
    assert extracted.running == ("Bazar de Brume – confidentiel", "CGV v2.1 du 3 mars 2025 – 1/4")


def test_a_header_that_names_the_chapter_is_taken_off_where_pages_share_it() -> None:
    pdf = PolicyPdf()
    for page in range(6):
        pdf.header_text = f"Chapitre {'Un' if page < 3 else 'Deux'}"
        pdf.add_page()
        pdf.add_paragraph(TEXT)
    assert extract_pdf(pdf.write_bytes()).running == ("Chapitre Un", "Chapitre Deux")


def test_left_and_right_pages_have_headers_of_their_own() -> None:
    pdf = PolicyPdf()
    for page in range(6):
        pdf.header_text = "Bazar de Brume" if page % 2 else "Conditions des vendeurs"
        pdf.add_page()
        pdf.add_paragraph(TEXT)
    assert set(extract_pdf(pdf.write_bytes()).running) == {"Bazar de Brume", "Conditions des vendeurs"}


def test_a_heading_that_stands_once_at_the_top_of_a_page_stays() -> None:
    markdown = extract_pdf(contract("Bazar de Brume", "{page}", 5).write_bytes()).markdown
    assert [line for line in markdown.splitlines() if line.startswith("#")] == [
        f"# Article {page} - Titre {'abcdefgh'[page]}" for page in range(1, 6)
    ]


def test_articles_that_each_begin_a_page_are_not_taken_for_page_numbers() -> None:
    pdf = PolicyPdf(footer_text="{page}")
    for page in range(1, 5):
        if page > 1:
            pdf.add_page()
        pdf.add_title(f"Article {page}", 12)
        pdf.add_paragraph(TEXT)
    markdown = extract_pdf(pdf.write_bytes()).markdown
    assert [line for line in markdown.splitlines() if line.startswith("#")] == [
        f"# Article {n}" for n in range(1, 5)
    ]


def test_pages_that_say_the_same_at_the_same_height_keep_their_text() -> None:
    pdf = PolicyPdf("Bazar de Brume", "Page {page}")
    for page in range(1, 5):
        if page > 1:
            pdf.add_page()
        pdf.add_paragraph(f"Annexe {page}")
        for _ in range(14):
            pdf.add_paragraph(NOTICE if page % 2 else FEES)
    markdown = extract_pdf(pdf.write_bytes()).markdown
    assert (markdown.count(NOTICE), markdown.count(FEES)) == (28, 28)


def test_a_paragraph_goes_on_across_a_page_with_its_footnote_after_it() -> None:
    pdf = PolicyPdf("Bazar de Brume", "Page {page}")
    lead = " ".join([FEES, NOTICE] * 7)
    pdf.add_paragraph(lead, space=60)
    pdf.notes[1] = "1 Hors taxes, au jour de la vente."
    pdf.add_paragraph(f"{lead} {lead}")
    assert pdf.page_no() == 2
    assert extract_pdf(pdf.write_bytes()).markdown == (
        f"{lead}\n\n{lead} {lead}\n\n1 Hors taxes, au jour de la vente.\n"
    )


def test_a_watermark_across_the_pages_is_taken_off() -> None:
    pdf = contract("", "", 3)
    for page in (1, 2, 3):
        pdf.page = page
        with pdf.rotation(45, x=100, y=150):
            pdf.set_font("Helvetica", "B", 40)
            pdf.text(60, 150, "SPÉCIMEN")
    pdf.page = 3
    extracted = extract_pdf(pdf.write_bytes())
    assert "SPÉCIMEN" not in extracted.markdown
    assert extracted.running == ("SPÉCIMEN",)


def test_a_note_set_sideways_on_one_page_is_kept_after_its_text() -> None:
    pdf = contract("", "", 3)
    with pdf.rotation(90, x=10, y=200):
        pdf.text(10, 200, "Version remise au notaire")
    assert extract_pdf(pdf.write_bytes()).markdown.endswith(f"{TEXT}\n\nVersion remise au notaire\n")
