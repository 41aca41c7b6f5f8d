"""`vigie explain`: every rule that fires on a clause, with the words it read, and the change from an older wording."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cli.show_explanation import show_explanation
from pipeline.explain_text import explain_text

CLAUSE = "Nous pouvons suspendre votre boutique sans préavis si votre taux d'annulation dépasse 5 %."
OLDER = "Nous pouvons suspendre votre boutique avec un préavis de 30 jours si votre taux d'annulation dépasse 5 %."


def shown(text: str, **given: str) -> str:
    page = io.StringIO()
    show_explanation(explain_text(text, **given), text, Console(file=page, width=160))  # type: ignore[arg-type]
    return page.getvalue()


def test_the_addends_of_a_commitment_sum_to_its_score() -> None:
    explained = explain_text(CLAUSE, heading="Article 9 - Suspension")
    assert {match.commitment_id for match in explained.matches} >= {"suspension-process"}
    for item in explained.considered:
        assert sum(firing.weight for firing in item.firings) == pytest.approx(item.score, abs=0.002)


def test_each_rule_is_shown_with_its_weight_and_the_words_it_read() -> None:
    page = shown(CLAUSE)
    assert "suspension-process/" in page and '"suspendre votre boutique sans préavis' in page
    assert "5 %" in page and "more than" in page


def test_a_commitment_that_is_considered_and_does_not_match_says_why() -> None:
    page = shown("Le médiateur est choisi par les parties.")
    assert "no match: " in page


def test_the_change_from_an_older_wording_names_the_rules_that_decided() -> None:
    page = shown(CLAUSE, before=OLDER)
    assert "substantive (guard:negation)" in page
    assert "[-avec un-]" in page.replace(" -]", "-]") and "{+sans" in page
    assert "30 jours -> (none) (notice" in page
    assert "worse (" in page


def test_buyer_terms_match_nothing_and_say_so() -> None:
    explained = explain_text(CLAUSE, terms_type="Buyer Terms")
    assert explained.matches == ()
    assert "terms for buyers" in shown(CLAUSE, terms_type="Buyer Terms")


def test_a_blank_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="blank"):
        explain_text("  \n")
