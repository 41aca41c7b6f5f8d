"""What changed between two texts of one clause, as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.pair_facts import pair_facts

PAIRS = [
    ("Préavis de 30 jours.", "Préavis de 15 jours.", [("30 jours", "15 jours")]),
    (
        "Paiement sous trente (30) jours.",
        "Paiement sous vingt (20) jours.",
        [("trente (30) jours", "vingt (20) jours")],
    ),
    (
        "annulation entre 3 heures et 6 heures ouvrées",
        "annulation entre 4 heures et 8 heures",
        [("3 heures", "4 heures"), ("6 heures ouvrées", "8 heures")],
    ),
    ("A fee of 1.5 to 3 % applies.", "A fee of 2 to 4 % applies.", [("1.5 to 3 %", "2 to 4 %")]),
    (
        "cover of Six Hundred Thousand Euros (€600,000)",
        "cover of Six Thousand Euros (€6,000)",
        [("Six Hundred Thousand Euros (€600,000)", "Six Thousand Euros (€6,000)")],
    ),
    ("la loi du 3 mai 2010", "la loi du 4 juin 2021", [("3 mai 2010", "4 juin 2021")]),
    (
        "if sales exceed the limit in three (3) consecutive months",
        "if sales exceed the limit in any month",
        [("three (3) consecutive months", "any month")],
    ),
    ("within 10 days and 5 % of sales", "within 12 days and 5 % of sales", [("10 days", "12 days")]),
    ("within 5 business days", "within 5 working days", [("5 business days", "5 working days")]),
    ("notice of 30 days", "notice of thirty (30) days", []),
    (
        "Less than € 30 waits; we pay above € 30.",
        "Less than € 50 waits; we pay above € 50.",
        [("€ 30", "€ 50")],
    ),
    (
        "This policy was published on June 6, 2031. It will take effect on August 1, 2031.",
        "This policy was published on October 9, 2031. It will take effect on December 1, 2031.",
        [("August 1, 2031", "December 1, 2031")],
    ),
    (
        "New users from 3 May 2031. The version before applied from 2 April 2030.",
        "New users from 9 June 2032. The version before applied from 3 May 2031.",
        [("3 May 2031", "9 June 2032"), ("2 April 2030", "3 May 2031")],
    ),
    (
        "Before 3 May 2031 we keep 70%. After 3 May 2031 we keep the greater of the two.",
        "We keep the greater of the two.",
        [("3 May 2031", ""), ("70%", "")],
    ),
    ("Payouts take 7 days; appeals 30 days.", "Appeals 30 days; payouts take 7 days.", []),
]


@pytest.mark.parametrize(("before", "after", "wanted"), PAIRS)
def test_old_and_new_are_paired_as_written(before: str, after: str, wanted: list[tuple[str, str]]) -> None:
    assert [(fact.old, fact.new) for fact in pair_facts(before, after, "en")] == wanted


def test_a_quantity_that_was_added_has_no_old_side() -> None:
    (fact,) = pair_facts("We notify you.", "We notify you 15 days in advance.", "en")
    assert (fact.old, fact.new, fact.old_value, fact.new_value) == ("", "15 days", None, 15)


def test_a_clause_that_was_added_as_a_whole_changed_no_quantity() -> None:
    assert pair_facts("", "Notice of 15 days.", "en") == ()


def test_a_shorter_notice_of_changes_is_noted_against_the_regulation_not_the_charter() -> None:
    (fact,) = pair_facts(
        "Changes to the terms need 20 days' notice.", "Changes to the terms need 10 days' notice.", "en"
    )
    assert "2019/1150" in fact.note
    assert "article 3" in fact.note
    assert "passe sous" in fact.note


def test_a_termination_notice_that_reaches_thirty_days_is_noted() -> None:
    (fact,) = pair_facts(
        "La résiliation suppose un préavis de 15 jours.",
        "La résiliation suppose un préavis de 30 jours.",
        "fr",
    )
    assert fact.note.startswith("atteint")
    assert "article 4" in fact.note


def test_a_notice_that_crosses_no_floor_has_no_note() -> None:
    (fact,) = pair_facts(
        "Les modifications sont notifiées 20 jours avant.",
        "Les modifications sont notifiées 25 jours avant.",
        "fr",
    )
    assert fact.note == ""


@given(st.text(alphabet="ab .0123456789%jours", max_size=60))
def test_a_text_compared_with_itself_has_no_facts(text: str) -> None:
    assert pair_facts(text, text, "fr") == ()


@given(st.integers(2, 400), st.integers(2, 400))
def test_a_changed_number_of_days_is_one_fact_and_an_equal_one_none(old: int, new: int) -> None:
    facts = pair_facts(f"Un délai de {old} jours court.", f"Un délai de {new} jours court.", "fr")
    assert [(fact.old_value, fact.new_value) for fact in facts] == ([] if old == new else [(old, new)])
