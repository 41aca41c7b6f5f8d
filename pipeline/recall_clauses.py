"""The texts of labels that are keyed by hash: read from a recorded history, for third-party text is not kept here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from crawlers.read_history import read_history
from pipeline.settings import Settings
from transforms.detect_language import detect_language
from transforms.model import Clause
from transforms.split_clauses import split_clauses

Row = dict[str, Any]


def recall_clauses(settings: Settings, history: str, names: Iterable[str]) -> dict[str, Clause]:
    """Clauses by text hash, of every recorded version of the documents `names` ("<service>/<terms type>").

    Raises:
        HistoryError: the history cannot be read.
    """
    wanted = set(names)
    clauses: dict[str, Clause] = {}
    seen: set[bytes] = set()
    _count, records = read_history(history, settings.data_folder / "archives")
    for record in records:
        if f"{record.service}/{record.terms_type}" not in wanted or record.body in seen:
            continue
        seen.add(record.body)
        for clause in split_clauses(record.body.decode("utf-8", "replace")):
            clauses.setdefault(clause.text_hash, clause)
    return clauses


def is_keyed(row: Row) -> bool:
    """Whether a row names its texts by hash."""
    return any(key in row for key in ("clause_hash", "before_hashes", "after_hashes"))


def fill_texts(rows: Sequence[Row], clauses: dict[str, Clause]) -> tuple[list[Row], list[str]]:
    """Rows with the texts of their hashes, and the ids of rows whose text is in no recorded version.

    `clause_hash` gives text, heading and lead-in; `before_hashes` and `after_hashes` give both sides of a change.
    """
    filled: list[Row] = []
    missing: list[str] = []
    for row in rows:
        hashes = [row["clause_hash"]] if "clause_hash" in row else []
        hashes += [*row.get("before_hashes", ()), *row.get("after_hashes", ())]
        if any(name not in clauses for name in hashes):
            missing.append(str(row["id"]))
            continue
        texts = _texts(row, clauses)
        language = row.get("lang") or detect_language(texts.get("text") or texts.get("after") or "")
        filled.append(row | texts | {"lang": language})
    return filled, missing


def _texts(row: Row, clauses: dict[str, Clause]) -> Row:
    if "clause_hash" in row:
        clause = clauses[row["clause_hash"]]
        return {"text": clause.text, "heading": clause.heading, "lead": clause.context}
    if "before_hashes" not in row and "after_hashes" not in row:
        return {}
    sides = {
        side: "\n".join(clauses[name].text for name in row.get(f"{side}_hashes", ()))
        for side in ("before", "after")
    }
    newest = (row.get("after_hashes") or row.get("before_hashes"))[0]  # type: ignore[index]
    return sides | {"heading": clauses[newest].heading}


def find_split(labels: Path, corpus: Path) -> dict[str, list[str]]:
    """Services of each half: `SPLIT.json` beside the labels, else that of the shared corpus.

    Raises:
        ValueError: neither exists.
    """
    for path in (labels.parent / "SPLIT.json", corpus / "labels" / "SPLIT.json"):
        if path.is_file():
            split: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
            return split
    raise ValueError(f"no SPLIT.json beside {labels}, nor in {corpus / 'labels'}")
