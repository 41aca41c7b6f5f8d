"""Hashes and canonical forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.normalise_text import canonical_text, squash_text, text_hash


def test_the_hash_is_the_start_of_a_sha256_in_hexadecimal():
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("4.2 Les vendeurs paient.", "Article 7 - Les vendeurs paient"),
        ("1. a.If you sell, you pay.", "3.4 If you sell, you pay."),
        ("Mis à jour le 3 mars 2031", "mis a jour le 15 avril 2032"),
        ("Voir https://a.example/x?y=1 pour les frais", "Voir www.b.example pour les frais"),
        ("Sous réserve de l'article 7.5, le vendeur paie", "Sous réserve de l’article 8.1, le vendeur paie"),
        ("A fee of €500,000", "a fee of €500 000"),
    ],
)
def test_what_changes_without_a_meaning_is_ignored(one, two):
    assert canonical_text(one) == canonical_text(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("un délai de 30 jours", "un délai de 15 jours"),
        ("1.5 % of the price", "15 % of the price"),
        ("Section 3 and 30 days later", "Section 3 and 15 days later"),
        ("You may sell", "You may not sell"),
        ("a fee of 5 €", "a fee of 5 $"),
    ],
)
def test_quantities_and_words_are_kept(one, two):
    assert canonical_text(one) != canonical_text(two)


def test_a_clause_of_a_number_and_a_date_only_has_no_canonical_form():
    assert canonical_text("12.03.2031") == ""


@given(st.text(max_size=80))
def test_the_canonical_form_survives_any_text(text):
    assert canonical_text(text) == " ".join(canonical_text(text).split())


@given(st.lists(st.from_regex(r"[a-z]{1,8}|\d{1,3} %", fullmatch=True), max_size=8))
def test_the_squashed_text_is_the_same_however_it_is_cut(words):
    assert squash_text(" ".join(words)) == squash_text("\n\n".join(f"• {word}," for word in words))
