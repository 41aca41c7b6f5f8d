"""Built-in filters, one known noise each."""

from __future__ import annotations

import re

import pytest
from fpdf import FPDF

from tests.conftest import ROOT
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionRules, FilterCall
from transforms.filters import PAGE_FILTERS, TEXT_FILTERS
from transforms.recover_characters import recover_replacement_characters


def filtered(page: str, name: str, *arguments: str) -> str:
    rules = ExtractionRules(
        ("main",), filters=(FilterCall(name, arguments),), base_url="https://brume.example/"
    )
    return extract_text([f"<main>{page}</main>"], rules).markdown.strip()


@pytest.mark.parametrize("name", ["remove_query_params", "removeQueryParams"])
def test_tracking_parameters_are_taken_off_links_and_others_kept(name: str) -> None:
    page = "<a href='/cgv?utm_source=x&page=2&gclid=9&q=%C3%A9+a#fin'>CGV</a>"
    assert filtered(page, name) == "[CGV](https://brume.example/cgv?page=2&q=%C3%A9+a#fin)"


def test_named_parameters_alone_are_taken_off() -> None:
    page = "<a href='/cgv?sid=4f&utm_source=x'>CGV</a> <a href='/aide?sid=77'>aide</a>"
    expected = "[CGV](https://brume.example/cgv?utm_source=x) [aide](https://brume.example/aide)"
    assert filtered(page, "remove_query_params", "sid") == expected


@pytest.mark.parametrize(
    "counter",
    [
        "71.3k views",
        "1 284 vues",
        "Vues : 12",
        "Lu 1 204 fois",
        "viewed 3 times",
        "2,4 M vues",
        "<b>71.3k</b> views",
    ],
)
def test_a_view_counter_is_dropped_and_its_neighbours_kept(counter: str) -> None:
    page = f"<div>04/03/2024<span>{counter}</span></div><p>Le Vendeur perçoit le prix.</p>"
    assert filtered(page, "drop_view_counters") == "04/03/2024\n\nLe Vendeur perçoit le prix."


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous comptons 3 vues par annonce.",
        "Article 12",
        "15 jours",
        "Le rapport a été lu 3 fois par l'équipe.",
    ],
)
def test_a_sentence_that_speaks_of_views_or_figures_is_no_counter(sentence: str) -> None:
    assert filtered(f"<p>{sentence}</p>", "drop_view_counters") == sentence


def test_protected_addresses_are_hidden_before_anything_is_selected() -> None:
    page = "<p>Écrire à <span class=mail data-cfemail='3e5f'>x</span></p>"
    assert filtered(page, "strip_cloudflare_emails") == "Écrire à [email protected]"


@pytest.mark.parametrize("name", ["normalise_nbsp", "convertSpacesToStandard"])
def test_every_kind_of_space_becomes_the_plain_one(name: str) -> None:
    assert filtered("<p>12\u202f% du\u00a0prix\u2009TTC</p>", name) == "12 % du prix TTC"


def test_lost_letters_are_read_where_the_word_stands_whole() -> None:
    page = "<p>Le délai de préavis court.</p><p>D\ufffdlai de pr\ufffd\ufffdavis.</p>"
    recovered = filtered(page, "recover_replacement_characters")
    assert recovered == "Le délai de préavis court.\n\nDélai de préavis."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("délai, d\ufffdlai", "délai, délai"),
        ("délai, D\ufffdLAI", "délai, DÉLAI"),
        ("délai, D\ufffd\ufffdlai", "délai, Délai"),
        ("l\u2019acheteur, l\ufffd\ufffd\ufffdacheteur", "l\u2019acheteur, l\u2019acheteur"),
        ("Élysée, \ufffdlys\ufffde", "Élysée, Élysée"),
        ("côte côté, c\ufffdt\ufffd", "côte côté, côté"),
    ],
)
def test_a_word_known_from_the_text_is_recovered_in_its_own_case(text: str, expected: str) -> None:
    assert recover_replacement_characters(text) == expected


@pytest.mark.parametrize(
    "text",
    ["pêche pèche, p\ufffdche", "le d\ufffdlai", "dalai, d\ufffdlai", "à, \ufffd", "rien à faire"],
)
def test_what_could_be_two_words_or_is_nowhere_whole_stays_damaged(text: str) -> None:
    assert recover_replacement_characters(text) == text


def test_invisible_characters_are_taken_out() -> None:
    page = "<p>Pré\u00adavis\u200b de 30\u2060 jours\ufeff</p>"
    assert filtered(page, "remove_invisible_characters") == "Préavis de 30 jours"


RENDERED = "".join(f"<p>Article {n} : le Vendeur s'engage à respecter la règle {n}.</p>" for n in range(1, 6))


@pytest.mark.parametrize("heading", ["", "<h1>Conditions</h1><p>Version du 3 mars</p>"])
@pytest.mark.parametrize("footer", ["", "<p>Haut de page</p>"])
def test_a_page_that_was_filled_twice_reads_as_one_that_was_filled_once(heading: str, footer: str) -> None:
    once = filtered(heading + RENDERED + footer, "drop_second_rendering")
    twice = heading.replace("Version du 3 mars", "Version du 3 mars" * 2) + RENDERED * 2 + footer
    assert filtered(twice, "drop_second_rendering") == once
    assert once.count("Article 3") == 1


def test_what_a_policy_says_twice_for_its_own_reasons_is_kept() -> None:
    page = f"<h2>Annexe</h2>{RENDERED}<p>Sans objet.</p><p>Sans objet.</p>"
    assert filtered(page, "drop_second_rendering").count("Sans objet.") == 2
    apart = f"{RENDERED}<p>Conditions du pays voisin</p>{RENDERED}"
    assert filtered(apart, "drop_second_rendering").count("Article 3") == 2


def test_text_filters_hold_for_a_pdf_too() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, "Le prix est de 12\u00a0% du total.")
    rules = ExtractionRules(filters=(FilterCall("normalise_nbsp"), FilterCall("drop_view_counters")))
    assert extract_text([bytes(pdf.output())], rules).markdown == "Le prix est de 12 % du total.\n"


def test_the_documentation_lists_every_filter_and_no_other() -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*`) \|", page, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {*PAGE_FILTERS, *TEXT_FILTERS}
