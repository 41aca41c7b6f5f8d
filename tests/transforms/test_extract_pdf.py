"""Text of PDF policies: what is kept, in which order, as what."""

from __future__ import annotations

import gc
import re

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.pdf_builder import FEES, MARGIN, NOTICE, RANKING, PolicyPdf, words, words_of_clauses
from transforms.extract_pdf import extract_pdf, pdf_extractor_version
from transforms.split_clauses import split_clauses
from transforms.strip_markdown import strip_markdown
from transforms.write_pdf_markdown import escape_marks


def test_a_contract_becomes_headings_paragraphs_and_nested_items() -> None:
    pdf = PolicyPdf()
    pdf.add_title("Conditions générales des vendeurs")
    pdf.add_title("Article 1 - Préavis", 12)
    pdf.add_paragraph(NOTICE)
    pdf.add_title("1.1 Modalités", 10)
    pdf.add_paragraph("Le Vendeur est prévenu :")
    pdf.add_item(
        "•", "par courriel, à l’adresse que son compte indique au jour de l’envoi et qu’il tient à jour ;"
    )
    pdf.add_item("–", "en français ;", depth=2)
    pdf.add_item("–", "sans frais ;", depth=2)
    pdf.add_item("•", "sur son tableau de bord.")
    pdf.add_title("Article 2 - Commissions", 12)
    pdf.add_paragraph(FEES)
    assert extract_pdf(pdf.write_bytes()).markdown == (
        "# Conditions générales des vendeurs\n\n"
        "## Article 1 - Préavis\n\n"
        f"{NOTICE}\n\n"
        "### 1.1 Modalités\n\n"
        "Le Vendeur est prévenu :\n\n"
        "* par courriel, à l’adresse que son compte indique au jour de l’envoi et qu’il tient à jour ;\n"
        "  * en français ;\n"
        "  * sans frais ;\n"
        "* sur son tableau de bord.\n\n"
        "## Article 2 - Commissions\n\n"
        f"{FEES}\n"
    )


def test_clauses_of_a_contract_have_their_headings_above_them() -> None:
    pdf = PolicyPdf()
    pdf.add_title("Conditions des vendeurs")
    pdf.add_title("Article 4 - Frais", 12)
    pdf.add_title("4.2 Reversements", 10)
    pdf.add_paragraph(FEES)
    clause = split_clauses(extract_pdf(pdf.write_bytes()).markdown)[-1]
    assert clause.text == FEES
    assert clause.heading_path == ("Conditions des vendeurs", "Article 4 - Frais", "4.2 Reversements")


def test_items_with_numbers_or_letters_read_as_they_are_printed() -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph("Sont retirées les offres :")
    for mark, text in (
        ("1.", "trompeuses ;"),
        ("2.", "sans prix."),
        ("a)", "en double ;"),
        ("b)", "contrefaites."),
    ):
        pdf.add_item(mark, text)
    assert extract_pdf(pdf.write_bytes()).markdown == (
        "Sont retirées les offres :\n\n1. trompeuses ;\n2. sans prix.\n\na) en double ;\n\nb) contrefaites.\n"
    )


def test_bullets_that_are_drawn_count_as_bullets_and_rows_of_dots_do_not() -> None:
    pdf = PolicyPdf()
    pdf.add_paragraph("Le Vendeur est prévenu :")
    for text in ("par courriel ;", "sur son tableau de bord."):
        pdf.ellipse(MARGIN + 3, pdf.get_y() + 2, 1, 1, style="F")
        pdf.add_item("", text)
    for place in range(20):
        pdf.ellipse(MARGIN + 3 * place, pdf.get_y() + 4, 1, 1, style="F")
    pdf.text(MARGIN + 62, pdf.get_y() + 5.5, "Fin")
    assert extract_pdf(pdf.write_bytes()).markdown == (
        "Le Vendeur est prévenu :\n\n* par courriel ;\n* sur son tableau de bord.\n\nFin\n"
    )


def test_a_number_or_a_dash_at_the_start_of_a_printed_line_does_not_break_a_sentence() -> None:
    text = f"{NOTICE} {FEES} {RANKING}"
    for cut in range(12, 40, 4):
        listed = text.split()
        listed[cut : cut + 1] = [listed[cut], "–", "30.", "12 %"]
        pdf = PolicyPdf()
        pdf.add_paragraph(" ".join(listed))
        assert extract_pdf(pdf.write_bytes()).markdown == " ".join(listed) + "\n"


def test_a_bold_sentence_is_no_heading() -> None:
    sentence = (
        "Le Vendeur qui ne répond pas sous deux jours ouvrés voit ses offres suspendues par la Plateforme."
    )
    pdf = PolicyPdf()
    pdf.add_paragraph(NOTICE)
    pdf.add_title(sentence, 10)
    pdf.add_paragraph(FEES)
    assert extract_pdf(pdf.write_bytes()).markdown == f"{NOTICE}\n\n{sentence}\n\n{FEES}\n"


def test_a_title_over_two_lines_is_one_heading() -> None:
    title = (
        "Conditions particulières applicables aux vendeurs professionnels établis hors de l’Union européenne"
    )
    pdf = PolicyPdf()
    pdf.add_title(title, 18)
    pdf.add_paragraph(NOTICE)
    assert extract_pdf(pdf.write_bytes()).markdown == f"# {title}\n\n{NOTICE}\n"


def test_a_table_of_contents_loses_its_page_numbers_and_a_price_after_dots_stays() -> None:
    pdf = PolicyPdf()
    pdf.add_lines(f"Article 1 - Préavis {'.' * 60} 2", f"Abonnement en euros {'. ' * 30} 39")
    pdf.add_title("Article 1 - Préavis", 12)
    pdf.add_paragraph(NOTICE)
    assert extract_pdf(pdf.write_bytes()).markdown == (
        f"Article 1 - Préavis\n\nAbonnement en euros 39\n\n# Article 1 - Préavis\n\n{NOTICE}\n"
    )


def test_extracting_twice_gives_the_same_value_and_leaves_nothing_open() -> None:
    pdf = PolicyPdf(footer_text="- {page} -")
    pdf.add_paragraph(" ".join([NOTICE, FEES, RANKING] * 12))
    data = pdf.write_bytes()
    assert extract_pdf(data) == extract_pdf(data)
    gc.collect()
    kinds = (pypdfium2.PdfDocument, pypdfium2.PdfPage, pypdfium2.PdfTextPage)
    assert [item for item in gc.get_objects() if isinstance(item, kinds) and item.raw] == []


def test_the_extractor_version_names_the_library_and_its_build() -> None:
    assert re.fullmatch(r"\d+ \(pypdfium2 [\d.]+, PDFium \d+\)", pdf_extractor_version())


@given(st.text(st.sampled_from("abé 12.*_`~<>&;#|[]()\\/-+=:!§€"), max_size=40))
def test_plain_text_survives_the_marks_of_markdown(text: str) -> None:
    assert strip_markdown(escape_marks(text))[0] == " ".join(text.split())


TERMS = st.sampled_from(
    (
        *(
            "vendeur",
            "Plateforme",
            "commission",
            "délai",
            "préavis",
            "l’acheteur",
            "d’une",
            "œuvre",
            "peut-être",
            "et",
        ),
        *(
            "rendez-vous",
            "30",
            "12 €",
            "« Offre »",
            "(ou)",
            "à",
            "réclamation,",
            "suspension;",
            "frais:",
            "2,5 %",
            "à",
        ),
        *(
            "Bazar de Brume",
            "c’est-à-dire",
            "contestation",
            "–",
            "qui",
            "Société",
            "vigueur.",
            "n° 3",
            "www.brume.example",
        ),
    )
)
SENTENCE = st.lists(TERMS, min_size=4, max_size=90).map(lambda terms: " ".join(terms) + ".")
PIECE = st.one_of(
    SENTENCE.map(lambda text: ("paragraph", text)),
    st.lists(TERMS, min_size=1, max_size=6).map(lambda terms: ("title", "Article " + " ".join(terms))),
    SENTENCE.map(lambda text: ("item", text)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECE, min_size=1, max_size=30), st.booleans(), st.booleans())
def test_every_word_of_the_body_survives_in_order(
    pieces: list[tuple[str, str]], is_justified: bool, is_numbered: bool
) -> None:
    pdf = PolicyPdf("Bazar de Brume", "Page {page}" if is_numbered else "")
    for kind, text in pieces:
        if kind == "title":
            pdf.add_title(text, 13)
        elif kind == "item":
            pdf.add_item("•", text)
        else:
            pdf.add_paragraph(text, justified=is_justified, space=2.5 if len(text) % 2 else 0)
    head = [] if pdf.page_no() > 1 else words("Bazar de Brume")
    expected = head + [word for _, text in pieces for word in words(text)]
    assert words_of_clauses(pdf.write_bytes()) == expected
