"""`vigie label` and `vigie assess`: predictions in the format of the code book, and how they compare with labels."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.read_json_lines import read_json_lines
from pipeline.recall_clauses import fill_texts, find_split, is_keyed, recall_clauses
from pipeline.settings import Settings
from transforms.assess_changes import assess_change
from transforms.diff_words import diff_words
from transforms.label_rows import describe_row, label_clause, score_rows
from transforms.model import ClauseChange
from transforms.score_facts import score_facts
from transforms.split_clauses import clause_from_text

Row = dict[str, Any]


def label_file(subject: str, source: Path, target: Path) -> int:
    """Label the rows of a JSON-lines file and write one prediction per row, in order; returns their number."""
    if subject not in LABELLERS:
        raise ValueError(f"{subject} cannot be labelled as rows; known are {', '.join(LABELLERS)}")
    label = LABELLERS[subject]
    rows = read_rows(source)
    with target.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(label(row), ensure_ascii=False) + "\n")
    return len(rows)


def assess_splits(
    subject: str, labels: Path, splits: Sequence[str | None], *, history: str = "", settings: Settings
) -> list[dict[str, object]]:
    """Scores of today's rules on labelled rows, for each half of the platforms in `splits` (None: all rows).

    The halves are by service, the part of `doc` before "/". Rows keyed by hash take their texts from `history`, read
    once; those whose text it does not hold are named under `missing` and not scored.

    Raises:
        ValueError: a row or `SPLIT.json` cannot be used, or rows are keyed by hash and no history is named.
        HistoryError: the history cannot be read.
    """
    rows = read_rows(labels)
    parts = [(split, _select(rows, split, labels, settings)) for split in splits]
    keyed = {row["doc"] for _split, part in parts for row in part if is_keyed(row)}
    if keyed and not history:
        raise ValueError(
            f"{labels}: the rows are keyed by hash; name the history with their texts (--history)"
        )
    clauses = recall_clauses(settings, history, keyed) if keyed else {}
    return [
        _score(subject, split, *fill_texts(part, clauses)) if keyed else _score(subject, split, part, [])
        for split, part in parts
    ]


def _select(rows: list[Row], split: str | None, labels: Path, settings: Settings) -> list[Row]:
    if split is None:
        return rows
    services = set(find_split(labels, settings.corpus)[split])
    return [row for row in rows if row["doc"].split("/")[0] in services]


def _score(subject: str, split: str | None, rows: list[Row], missing: list[str]) -> dict[str, object]:
    if subject == "facts":
        scores = score_facts(
            [row if "text" in row else row | {"paired": label_change(row)["facts"]} for row in rows]
        )
    else:
        label = LABELLERS[subject]
        scores = score_rows(rows, [label(row) for row in rows])
    return {"subject": subject, "split": split or "all", "rows": len(rows), "missing": missing} | scores


def read_rows(path: Path) -> list[Row]:
    """Rows of a JSON-lines file; one keyed by the hash of its clause needs no id of its own.

    Raises:
        ValueError: a line is not a JSON object with an id; the message names file and line.
    """
    rows = []
    for number, row in read_json_lines(path):
        if isinstance(row, dict) and "clause_hash" in row:
            row.setdefault("id", row["clause_hash"])
        if not isinstance(row, dict) or "id" not in row:
            raise ValueError(f"{path}:{number}: not an object with an id")
        rows.append(row)
    return rows


def label_change(row: Row) -> Row:
    """Prediction for one labelled change: nature, commitments, direction, facts."""
    before, after = row.get("before") or "", row.get("after") or ""
    heading = row.get("heading") or ""
    change = ClauseChange(
        kind="modified" if before and after else "added" if after else "removed",
        before=(clause_from_text(heading, before),) if before else (),
        after=(clause_from_text(heading, after),) if after else (),
        edits=diff_words(before, after) if before and after else (),
    )
    assessed = assess_change(change, describe_row(row))
    return {
        "id": row["id"],
        "nature": assessed.nature.nature,
        "commitments": [match.commitment_id for match in assessed.matches],
        "direction": assessed.direction,
        "facts": [[fact.old, fact.new] for fact in assessed.facts],
    }


# A clause set of facts has no labeller: what is read there has more parts than the code book's rows.
LABELLERS: dict[str, Callable[[Row], Row]] = {"clauses": label_clause, "changes": label_change}
