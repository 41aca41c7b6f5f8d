"""Frames with one broken row per rule among good rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tests.expectations.broken_rows import ALSO, BREAKERS, FIRST_ROW
from tests.expectations.staged_samples import FIRST_ID, good_frame


@dataclass(frozen=True)
class SpoiltFrame:
    """Good rows, then one row per rule that breaks it; `position_of` maps a rule to its row."""

    frame: pd.DataFrame
    position_of: Mapping[str, int]

    def expected(self, rule_id: str) -> set[int]:
        """Positions the rule must report, and no other: its row, its partner, rows that break it too."""
        rows = {self.position_of[rule_id]}
        if FIRST_ROW in BREAKERS[rule_id].values():
            rows.add(0)
        return rows | {self.position_of[other] for other, also in ALSO.items() if rule_id in also}


def spoil_frame(table: str) -> SpoiltFrame:
    """The good rows of a table and one spoilt row per row-level rule, each with an identity of its own."""
    good = good_frame(table)
    rows: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()} for row in good.astype("object").to_dict("records")
    ]
    position_of = {}
    for rule_id, values in BREAKERS.items():
        if rule_id.startswith(f"{table}:"):
            position_of[rule_id] = len(rows)
            row = {**rows[1], **{name: make(len(rows)) for name, make in _IDENTITY[table].items()}}
            broken = {name: rows[0][name] if value is FIRST_ROW else value for name, value in values.items()}
            rows.append({**row, **broken})
    frame = pd.DataFrame(rows, dtype="object")
    typed = {str(name): _as_staged(frame[name], good[name]) for name in frame}
    return SpoiltFrame(frame.assign(**typed), position_of)


def _as_staged(values: pd.Series[Any], like: pd.Series[Any]) -> pd.Series[Any]:
    kind = like.dtype
    if pd.api.types.is_datetime64_any_dtype(kind):
        return pd.to_datetime(values, utc=True)
    if pd.api.types.is_bool_dtype(kind):
        return values.astype("boolean")
    if pd.api.types.is_integer_dtype(kind):
        return values.astype("Int64")
    return values.astype("float64") if pd.api.types.is_float_dtype(kind) else values


def _some_id(row: int) -> int:
    return FIRST_ID + 1000 + row


def _some_hash(row: int) -> str:
    return f"{row:x}".rjust(32, "d")


# Columns that tell rows apart, and how to make a value that no other row has.
_IDENTITY: dict[str, dict[str, Callable[[int], object]]] = {
    "fetch": {"fetch_id": _some_id},
    "observation": {"observation_id": _some_id},
    "text_body": {"text_hash": _some_hash},
    "document": {"document_id": _some_id, "service": lambda row: f"Halle du Môle {row}"},
    "verdict": {"verdict_id": _some_id, "observation_id": _some_id},
    "version": {"version_id": _some_id, "document_id": _some_id},
    "change": {"change_id": _some_id},
    "match": {"match_id": _some_id, "change_id": _some_id},
    "alert": {"alert_id": _some_id, "document_id": _some_id},
}
