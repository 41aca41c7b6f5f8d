"""Labelling and scoring of code book rows."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.label_rows import label_clause, score_rows

GOLD: list[dict[str, Any]] = [
    {"id": "a", "commitments": ["mediation"]},
    {"id": "b", "commitments": []},
    {"id": "c", "commitments": ["fees-charges", "mediation"]},
]
CHANGES: list[dict[str, Any]] = [
    {
        "id": "a",
        "nature": "substantive",
        "commitments": ["mediation"],
        "direction": "worse",
        "facts": [["1 day", "2 days"]],
    },
    {"id": "b", "nature": "noise", "commitments": [], "direction": "neutral", "facts": []},
]


def test_a_row_is_labelled_in_the_format_of_the_code_book() -> None:
    row = {
        "id": "x",
        "doc": "Bazaarium/Marketplace Sellers Conditions",
        "lang": "en",
        "heading": "Fees",
        "text": "The commission is deducted from the payout of the seller.",
    }
    assert label_clause(row) == {"id": "x", "commitments": ["fees-charges"]}


@pytest.mark.parametrize("row", [{"id": "x", "doc": "no terms type", "text": "t"}, {"id": "x", "doc": "a/b"}])
def test_a_row_that_lacks_something_is_an_error_that_names_it(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="row x"):
        label_clause(row)


def test_misses_and_false_hits_are_counted_and_listed_by_id() -> None:
    predicted = [
        {"id": "a", "commitments": ["mediation"]},
        {"id": "b", "commitments": ["mediation"]},
        {"id": "c", "commitments": ["mediation"]},
    ]
    figures = score_rows(GOLD, predicted)
    assert figures["micro"] == {
        "precision": 0.6667,
        "recall": 0.6667,
        "f1": 0.6667,
        "hits": 2,
        "false_hits": 1,
        "misses": 1,
    }
    assert figures["misses"] == {"fees-charges": ["c"]}
    assert figures["false_hits"] == {"mediation": ["b"]}
    assert figures["macro_f1"] == 0.4


def test_perfect_predictions_score_one() -> None:
    assert score_rows(GOLD, GOLD)["macro_f1"] == 1.0
    figures = score_rows(CHANGES, CHANGES)["changes"]
    assert isinstance(figures, dict)
    assert (
        figures["direction_accuracy"]
        == figures["alert"]["f1"]
        == figures["facts"]["f1"]
        == figures["noise"]["f1"]
        == 1.0
    )


def test_the_alert_decision_needs_substance_and_a_commitment() -> None:
    predicted = [{**CHANGES[0], "commitments": []}, {**CHANGES[1], "nature": "editorial"}]
    figures = score_rows(CHANGES, predicted)["changes"]
    assert isinstance(figures, dict)
    assert figures["alert"]["misses"] == 1
    assert figures["alert_wrong"] == ["a"]
    assert figures["noise"]["recall"] == 0.0


@pytest.mark.parametrize("predicted", [GOLD[:2], [*GOLD, {"id": "z", "commitments": []}], [*GOLD, GOLD[0]]])
def test_predictions_that_do_not_fit_the_rows_are_an_error(predicted: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError):
        score_rows(GOLD, predicted)
