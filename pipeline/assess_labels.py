"""`vigie label` and `vigie assess`: predictions in the format of the code book, and how they compare with labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transforms.assess_changes import assess_change
from transforms.diff_words import diff_words
from transforms.label_rows import describe_row, label_clause, score_rows
from transforms.model import ClauseChange
from transforms.split_clauses import clause_from_text

Row = dict[str, Any]


def label_file(subject: str, source: Path, target: Path) -> int:
    """Label the rows of a JSON-lines file and write one prediction per row, in order; returns their number."""
    label = LABELLERS[subject]
    rows = read_rows(source)
    with target.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(label(row), ensure_ascii=False) + "\n")
    return len(rows)


def assess_file(subject: str, labels: Path, split: str | None = None) -> dict[str, object]:
    """Scores of today's rules on labelled rows, of one half of the platforms when `split` is given.

    The halves are read from `SPLIT.json` beside the labels (by service, the part of `doc` before "/").
    """
    rows = read_rows(labels)
    if split is not None:
        services = set(json.loads((labels.parent / "SPLIT.json").read_text(encoding="utf-8"))[split])
        rows = [row for row in rows if row["doc"].split("/")[0] in services]
    label = LABELLERS[subject]
    scores = score_rows(rows, [label(row) for row in rows])
    return {"subject": subject, "split": split or "all", "rows": len(rows)} | scores


def read_rows(path: Path) -> list[Row]:
    """Rows of a JSON-lines file.

    Raises:
        ValueError: a line is not a JSON object with an id; the message names file and line.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{number}: not JSON ({error})") from error
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


LABELLERS: dict[str, Callable[[Row], Row]] = {"clauses": label_clause, "changes": label_change}
