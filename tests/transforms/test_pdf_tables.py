"""Tables and columns of PDF policies: rows stay rows, columns of running text are read one after the other."""

from __future__ import annotations

from tests.transforms.pdf_builder import FEES, NOTICE, RANKING, PolicyPdf
from transforms.extract_pdf import extract_pdf


def test_a_framed_table_keeps_wrapped_cells_whole() -> None:
    family = "Tapis et objets de décoration de la maison, du jardin et de la terrasse, vendus seuls ou par lot de trois"
    pdf = PolicyPdf()
    pdf.add_framed_table(
        [["Famille", "Taux"], ["Lampes", "12 %"], [family, "15 % du prix, port compris"]], (3, 1)
    )
    assert extract_pdf(pdf.write_bytes()).markdown == (
        f"| Famille | Taux |\n| --- | --- |\n| Lampes | 12 % |\n| {family} | 15 % du prix, port compris |\n"
    )


def test_a_table_over_two_pages_is_one_table_with_its_column_names_once() -> None:
    rows = [[f"Famille n° {place}", f"{place} %"] for place in range(10, 80)]
    pdf = PolicyPdf(footer_text="Page {page}")
    pdf.add_framed_table([["Famille", "Taux"], *rows], (2, 1))
    lines = extract_pdf(pdf.write_bytes()).markdown.splitlines()
    assert pdf.page_no() == 2
    assert lines == ["| Famille | Taux |", "| --- | --- |", *(f"| {one} | {two} |" for one, two in rows)]


def test_rows_without_lines_are_a_table_when_three_are_aligned() -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    pdf.add_bare_rows([["Lampes", "12 %"], ["Tapis", "15 %"], ["Rideaux", "9 %"]], 50)
    table = "| Lampes | 12 % |\n| --- | --- |\n| Tapis | 15 % |\n| Rideaux | 9 % |"
    assert extract_pdf(pdf.write_bytes()).markdown == f"{NOTICE}\n\n{table}\n"


def test_two_long_texts_side_by_side_in_a_frame_are_read_one_after_the_other() -> None:
    one, two = " ".join([NOTICE, FEES] * 5), " ".join([RANKING] * 8)
    pdf = PolicyPdf()
    pdf.add_framed_table([["Le Vendeur", "La Plateforme"], [one, two]], (1, 1))
    assert extract_pdf(pdf.write_bytes()).markdown == f"# Le Vendeur\n\n# La Plateforme\n\n{one}\n\n{two}\n"


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = PolicyPdf()
    pdf.add_title("Charte")
    pdf.add_columns((NOTICE, FEES), (RANKING, NOTICE))
    pdf.add_paragraph(FEES)
    assert extract_pdf(pdf.write_bytes()).markdown.split("\n\n") == (
        ["# Charte", NOTICE, FEES, RANKING, NOTICE, f"{FEES}\n"]
    )
