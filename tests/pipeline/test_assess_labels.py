"""Labels that are keyed by hash: texts come from a recorded history, and what is not found is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.assess_labels import assess_splits
from pipeline.settings import Settings
from tests.pipeline.conftest import TERMS, WriteHistory
from transforms.split_clauses import split_clauses

DOC = "Bazar/Marketplace Sellers Conditions"
HALVES = {"tune": ["Elsewhere"], "check": ["Bazar"]}


def assess_file(
    subject: str, labels: Path, split: str | None = None, *, history: str = "", settings: Settings
) -> dict[str, object]:
    (scores,) = assess_splits(subject, labels, [split], history=history, settings=settings)
    return scores


def hash_of(terms: str, words: str) -> str:
    return next(clause.text_hash for clause in split_clauses(terms) if words in clause.text)


def write_rows(folder: Path, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "labels.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def history(write_history: WriteHistory) -> str:
    return str(write_history({"Bazar": [TERMS, TERMS.replace("30 jours", "10 jours")]}))


def test_a_clause_is_read_from_the_history_by_its_hash(home: Settings, history: str, tmp_path: Path) -> None:
    rows = [
        {"clause_hash": hash_of(TERMS, "prélève"), "doc": DOC, "commitments": ["fees-charges"]},
        {"clause_hash": "0" * 32, "doc": DOC, "commitments": ["mediation"]},
    ]
    scores = assess_file("clauses", write_rows(tmp_path / "l", rows), history=history, settings=home)
    assert scores["missing"] == ["0" * 32]
    assert scores["micro"]["hits"] == 1 and scores["micro"]["misses"] == 0  # type: ignore[index]


def test_facts_are_scored_on_both_sides_of_a_change_and_in_clauses(
    home: Settings, history: str, tmp_path: Path
) -> None:
    newer = TERMS.replace("30 jours", "10 jours")
    fact = {"low": 12, "high": 12, "unit": "percent", "calendar": "", "comparator": "", "text": "12 %"}
    rows = [
        {
            "id": "change",
            "doc": DOC,
            "before_hashes": [hash_of(TERMS, "résilier")],
            "after_hashes": [hash_of(newer, "résilier")],
            "facts": [["30 jours", "10 jours"], ["5 %", "6 %"]],
        },
        {
            "id": "clause",
            "doc": DOC,
            "clause_hash": hash_of(TERMS, "prélève"),
            "facts": [fact | {"role": "commission", "obligor": "buyer"}],
        },
    ]
    scores = assess_file("facts", write_rows(tmp_path / "l", rows), history=history, settings=home)
    both, attributes = scores["both"], scores["attributes"]
    assert (both["hits"], both["false_hits"], both["misses"]) == (2, 0, 1)  # type: ignore[index]
    assert attributes["role"] == {"right": 1, "of": 1, "share": 1.0}  # type: ignore[index]
    assert attributes["obligor"]["right"] == 0  # type: ignore[index]
    assert scores["wrong"] == ["change"]


def test_keyed_labels_without_a_history_are_an_error_that_says_so(home: Settings, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "l", [{"clause_hash": "0" * 32, "doc": DOC, "commitments": []}])
    with pytest.raises(ValueError, match="--history"):
        assess_file("clauses", path, settings=home)


def test_the_halves_are_read_beside_the_labels_else_from_the_corpus(home: Settings, tmp_path: Path) -> None:
    row = {"id": "a", "doc": DOC, "text": "Le Vendeur paie une commission de 12 %.", "commitments": []}
    path = write_rows(tmp_path / "l", [row])
    alone = home.model_copy(update={"corpus": tmp_path / "nowhere"})
    with pytest.raises(ValueError, match=r"no SPLIT\.json"):
        assess_file("clauses", path, "check", settings=alone)
    (tmp_path / "corpus" / "labels").mkdir(parents=True)
    (tmp_path / "corpus" / "labels" / "SPLIT.json").write_text(json.dumps(HALVES), encoding="utf-8")
    near = home.model_copy(update={"corpus": tmp_path / "corpus"})
    assert assess_file("clauses", path, "check", settings=near)["rows"] == 1
    assert assess_file("clauses", path, "tune", settings=near)["rows"] == 0
    both = assess_splits("clauses", path, ["tune", "check"], settings=near)
    assert [scores["rows"] for scores in both] == [0, 1]
