"""Letters of PDF policies: signs made plain, words made whole, turned and raised text read with the rest."""

from __future__ import annotations

from tests.transforms.pdf_builder import PolicyPdf, draw_glyphs
from transforms.extract_pdf import extract_pdf


def test_ligatures_accents_and_soft_hyphens_are_made_plain() -> None:
    maps = {1: "ﬁ", 2: "n", 3: "\u0303", 4: "\u00ad", 5: "\U0001f4e6", 6: "\u00a0", 7: "ﬃ"}
    assert extract_pdf(draw_glyphs("A", (1, 2, 3, 4, 7, 6, 5), maps)).markdown == "Afiñffi \U0001f4e6\n"


def test_words_cut_at_the_end_of_a_line_are_made_whole_and_compounds_kept() -> None:
    pdf = PolicyPdf()
    pdf.add_lines(
        "Le Vendeur publie ses tarifs et ses délais sur la page réservée aux exploi-",
        "tants, et répond aux réclamations sur rendez-",
        "vous, sauf si la Plateforme en décide autre-",
        "ment ; il lit https://brume.example/aide/",
        "vendeurs et les sous-",
        "traitants en font autant. Un sous-traitant est tenu de même.",
    )
    assert extract_pdf(pdf.write_bytes()).markdown == (
        "Le Vendeur publie ses tarifs et ses délais sur la page réservée aux exploitants, et répond aux réclamations "
        "sur rendez-vous, sauf si la Plateforme en décide autrement ; il lit https://brume.example/aide/vendeurs et "
        "les sous-traitants en font autant. Un sous-traitant est tenu de même.\n"
    )


def test_a_raised_ending_stays_with_its_word() -> None:
    pdf = PolicyPdf()
    pdf.write(5, "Au 1")
    pdf.char_vpos = "SUP"
    pdf.write(5, "er")
    pdf.char_vpos = "LINE"
    pdf.write(5, " mars, la commission change.")
    assert extract_pdf(pdf.write_bytes()).markdown == "Au 1er mars, la commission change.\n"


def test_a_page_on_its_side_reads_like_any_other() -> None:
    pdf = PolicyPdf()
    with pdf.rotation(90, x=100, y=150):
        pdf.set_xy(20, 150)
        for line in ("Le Vendeur répond aux", "acheteurs sous deux jours."):
            pdf.set_x(20)
            pdf.cell(0, 5, line, new_y="NEXT")
    assert extract_pdf(pdf.write_bytes()).markdown == "Le Vendeur répond aux acheteurs sous deux jours.\n"
