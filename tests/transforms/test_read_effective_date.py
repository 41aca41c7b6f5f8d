"""Stated effective dates: read from the changed words, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.assess_changes import assess_change
from transforms.model import ClauseChange, DocumentContext
from transforms.read_effective_date import read_effective_date
from transforms.split_clauses import clause_from_text

CONTEXT = DocumentContext("Marketplace Sellers Conditions", "fr", "seller")


def stated(before: str, after: str) -> date | None:
    """The effective date stated by a change from one wording to another."""
    change = ClauseChange(
        "modified" if before else "added",
        (clause_from_text("Conditions", before),) if before else (),
        (clause_from_text("Conditions", after),),
    )
    return read_effective_date((assess_change(change, CONTEXT),))


@pytest.mark.parametrize(
    "after",
    [
        "Les présentes conditions entreront en vigueur le 1er mars 2025.",
        "Le nouveau barème est applicable à compter du 1er mars 2025 pour tous les Vendeurs.",
        "These terms take effect on 1 March 2025 for every seller.",
        "Version effective as of 1 March 2025.",
    ],
)
def test_a_date_that_the_new_wording_announces_is_read(after: str) -> None:
    assert stated("", after) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Dernière mise à jour : 1er mars 2025."),
        ("", "Le Vendeur transmet ses factures avant le 1er mars 2025."),
        ("", "Le barème entre en vigueur dès sa publication. Fait à Brume, le 1er mars 2025."),
        (
            "Les conditions entrent en vigueur le 1er mars 2025 pour tous.",
            "Les conditions entrent en vigueur le 1er mars 2025 pour chacun.",
        ),
    ],
    ids=["a stamp", "a deadline", "another sentence", "known before"],
)
def test_other_dates_are_not_effective_dates(before: str, after: str) -> None:
    assert stated(before, after) is None
