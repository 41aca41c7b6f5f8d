"""Phrases that a text must contain."""

from __future__ import annotations

import pytest

from transforms.find_phrases import find_missing_phrases

TEXT = (
    "## Conditions générales de l’**Œuvre**\n\n* Le Vendeur reçoit un [préavis](https://brume.example/p)\n"
    "de\u202f30 jours.\n\n| Famille | Taux |\n| --- | --- |\n| Lampes | 12 % |\n\n1\\. Objet\n"
)


@pytest.mark.parametrize(
    "phrase",
    [
        "conditions GENERALES de l'oeuvre",
        "un préavis de 30 jours",
        "préavis  de\n30",
        "Lampes 12 %",
        "1. Objet",
    ],
)
def test_marks_case_accents_spaces_and_apostrophes_do_not_matter(phrase: str) -> None:
    assert find_missing_phrases(TEXT, [phrase]) == ()


def test_missing_phrases_are_given_as_they_were_declared() -> None:
    assert find_missing_phrases(TEXT, ["Vendeur", "Préavis de 15 jours", "Médiation"]) == (
        "Préavis de 15 jours",
        "Médiation",
    )


def test_the_address_of_a_link_is_no_text() -> None:
    assert find_missing_phrases(TEXT, ["brume.example"]) == ("brume.example",)


def test_nothing_is_missing_where_nothing_is_wanted() -> None:
    assert find_missing_phrases("", ()) == ()
