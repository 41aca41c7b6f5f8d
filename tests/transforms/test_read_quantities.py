"""Quantities read in invented clauses, French and English, digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.role_sentences import SENTENCES
from transforms.model import Quantity
from transforms.read_quantities import read_digits, read_quantities

READ = [
    (
        "un préavis de trente (30) jours calendaires",
        "trente (30) jours calendaires",
        30,
        30,
        "day",
        "calendar",
    ),
    ("sous quinze jours ouvrés", "quinze jours ouvrés", 15, 15, "day", "business"),
    ("sous 3 jours ouvrables", "3 jours ouvrables", 3, 3, "day", "working"),
    ("dix jours francs", "dix jours francs", 10, 10, "day", "clear"),
    ("for three (3) consecutive months", "three (3) consecutive months", 3, 3, "month", ""),
    ("within 10 business days' notice", "10 business days", 10, 10, "day", "business"),
    ("a 30-day notice", "30-day", 30, 30, "day", ""),
    ("a fee of 1.5 to 3 %", "1.5 to 3 %", 1.5, 3, "percent", ""),
    ("12,5 % de commission", "12,5 %", 12.5, 12.5, "percent", ""),
    ("cinq pour cent (5 %) des ventes", "cinq pour cent (5 %)", 5, 5, "percent", ""),
    ("12.5% (twelve and a half percent)", "12.5% (twelve and a half percent)", 12.5, 12.5, "percent", ""),
    ("up to €500,000 a year", "€500,000", 500000, 500000, "EUR", ""),
    (
        "Seven Hundred Thousand Euros (€700,000)",
        "Seven Hundred Thousand Euros (€700,000)",
        700000,
        700000,
        "EUR",
        "",
    ),
    ("1 250,50 euros HT", "1 250,50 euros", 1250.5, 1250.5, "EUR", ""),
    ("PLN 2,250,000 in total", "PLN 2,250,000", 2250000, 2250000, "PLN", ""),
    ("a turnover of EUR 10 million", "EUR 10 million", 10000000, 10000000, "EUR", ""),
    ("les quatre-vingt-dix (90) jours", "quatre-vingt-dix (90) jours", 90, 90, "day", ""),
    ("30 (thirty) days before", "30 (thirty) days", 30, 30, "day", ""),
    ("within one month", "one month", 1, 1, "month", ""),
    ("pendant 24 heures ouvrées", "24 heures ouvrées", 24, 24, "hour", "business"),
    ("entre 10 et 15 jours", "10 et 15 jours", 10, 15, "day", ""),
    ("two mediators", "two mediators", 2, 2, "item", ""),
    ("résiliation effective sous 72h ouvrées", "72h ouvrées", 72, 72, "hour", "business"),
    ("réponse sous 48 h", "48 h", 48, 48, "hour", ""),
    ("no more than two shops each", "two shops", 2, 2, "item", ""),
    ("rated by 3 criteria", "3 criteria", 3, 3, "item", ""),
    ("Paid out on the 15th of each month.", "15th of each month", 15, 15, "date", ""),
    ("suspended for a week", "a week", 1, 1, "week", ""),
    ("no more than one tour", "one tour", 1, 1, "item", ""),
    ("no more than once in any 12-consecutive-month period", "12-consecutive-month", 12, 12, "month", ""),
    ("débité 24h avant le début", "24h", 24, 24, "hour", ""),
    ("was warned 3 or more times", "3 or more times", 3, 3, "item", ""),
    ("après 4 avertissements ou plus", "4 avertissements", 4, 4, "item", ""),
    ("dans les 5 ou plus jours ouvrés", "5 ou plus jours ouvrés", 5, 5, "day", "business"),
]
NO_FACTS = [
    "ouvert de 9h à 18h30, 7 jours sur 7",
    "open from 9:00 to 17:30, 24/7",
    "les personnes âgées de 18 ans",
    "You must be at least 18 years old.",
    "voir l'article 30 du contrat et le règlement (UE) 2019/1150",
    "Téléphone : 01 23 45 67 89",
    "un jour viendra",
    "display a Proposition 65 warning on the page",
    "toute commande reçue avant 14 heures",
    "Bazaarium, SAS au capital social de 37 000 euros, dont le siège est à Lyon",
    "a company with a share capital of EUR 120,000",
    "Version n° 4 en vigueur au 12 mars 2031",
    "Last updated: May 3, 2031",
    "This policy was published on May 3, 2031.",
]


def read_one(text: str) -> Quantity:
    (quantity,) = read_quantities(text, "fr")
    return quantity


@pytest.mark.parametrize(("text", "written", "low", "high", "unit", "calendar"), READ)
def test_a_quantity_is_read_as_written_with_value_unit_and_calendar(
    text: str, written: str, low: float, high: float, unit: str, calendar: str
) -> None:
    quantity = read_one(text)
    assert (quantity.text, quantity.low, quantity.high) == (written, low, high)
    assert (quantity.unit, quantity.calendar) == (unit, calendar)


@pytest.mark.parametrize("text", NO_FACTS)
def test_times_ages_references_and_telephone_numbers_are_no_facts(text: str) -> None:
    assert read_quantities(text, "fr") == ()


def test_two_quantities_with_their_own_units_stay_two() -> None:
    texts = [item.text for item in read_quantities("annulation entre 3 heures et 6 heures ouvrées", "fr")]
    assert texts == ["3 heures", "6 heures ouvrées"]


@pytest.mark.parametrize(
    "written", ["4 juin 2021", "June 4, 2021", "4th of June 2021", "04.06.2021", "2021-06-04"]
)
def test_a_date_inside_a_clause_is_a_quantity_of_role_date(written: str) -> None:
    quantity = read_one(f"la décision du {written} s'applique")
    assert (quantity.text, quantity.unit, quantity.role) == (written, "date", "date")
    assert quantity.low == 737945


def test_an_impossible_date_is_none() -> None:
    assert read_quantities("le 31.02.2024", "fr") == ()


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("at least 15 days", "at least"),
        ("au moins 15 jours", "at least"),
        ("no later than 15 days", "at most"),
        ("dans un délai de 15 jours", "at most"),
        ("plus de 15 jours", "more than"),
        ("égal ou supérieur à 5 %", "at least"),
        ("less than 15 days", "less than"),
        ("5 orders or more", "at least"),
        ("15 days", ""),
    ],
)
def test_the_comparator_is_read_on_either_side(text: str, comparator: str) -> None:
    assert read_one(text).comparator == comparator


@pytest.mark.parametrize(
    ("text", "role", "obligor"),
    [
        ("Nous informons le vendeur 15 jours avant l'entrée en vigueur.", "notice", "platform"),
        ("Vendoria s'engage à reverser les ventes sous 14 jours.", "payout", "platform"),
        ("The seller must respond to the buyer within 48 hours.", "response", "seller"),
        ("The merchant shall pay a commission of 9 %.", "commission", "seller"),
        ("Le contrat est résilié par le vendeur avec un préavis de 30 jours.", "notice", "seller"),
        ("You may appeal our decision within 20 days.", "appeal", "seller"),
        ("Le vendeur est redevable d'une pénalité de 40 euros.", "penalty", "seller"),
        *SENTENCES,
    ],
)
def test_role_and_obligor_are_read_from_the_sentence(text: str, role: str, obligor: str) -> None:
    quantity = read_one(text)
    assert (quantity.role, quantity.obligor) == (role, obligor)


@pytest.mark.parametrize(
    ("written", "value"),
    [("500,000", 500000), ("1 000", 1000), ("1.5", 1.5), ("12,5", 12.5), ("1.234,50", 1234.5)],
)
def test_digits_are_read_in_both_conventions(written: str, value: float) -> None:
    assert read_digits(written) == value


@given(st.text(alphabet="abc 0123456789.,%€()-jours days", max_size=80))
def test_quantities_come_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for quantity in read_quantities(text, "fr"):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        end = quantity.end


@given(st.integers(min_value=2, max_value=5000), st.sampled_from(["jours", "days", "%", "euros", "mois"]))
def test_any_whole_number_before_a_unit_is_read(number: int, unit: str) -> None:
    assert read_one(f"soit {number} {unit} pleins").low == number
