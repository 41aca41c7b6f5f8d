"""How past alerts would differ under today's rules: what a change of the lexicon does, before anybody feels it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pipeline.detect_changes import Progress, stage_changes
from pipeline.settings import Settings
from pipeline.staging import list_batches, read_batch, remove_run
from warehouse.connect import open_build
from warehouse.fetch_rows import fetch_rows

STORED = """
SELECT
    a.alert_id, a.document_id, a.changed_before, coalesce((
        SELECT list(DISTINCT m.commitment_id ORDER BY m.commitment_id)
        FROM change AS c
        INNER JOIN match AS m ON c.change_id = m.change_id AND m.superseded_at IS NULL
        WHERE c.comparison_id = a.comparison_id AND c.superseded_at IS NULL AND c.nature = 'substantive'
    ), []) AS commitments
FROM alert AS a
WHERE a.superseded_at IS NULL
"""
DOCUMENTS = "SELECT document_id, service, terms_type, origin FROM document"


@dataclass(frozen=True, slots=True)
class AlertDifference:
    """An alert that today's rules judge otherwise: `gone`, `new`, or `other` commitments than recorded."""

    what: Literal["gone", "new", "other"]
    service: str
    terms_type: str
    origin: str
    changed_before: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """Alerts that stay as they are, and those that differ, by date."""

    same: int
    differences: tuple[AlertDifference, ...]


@dataclass(frozen=True, slots=True)
class _Owed:
    document_id: int
    changed_before: datetime
    commitments: tuple[str, ...]


def rejudge_alerts(settings: Settings, run_id: str, *, progress: Progress | None = None) -> Rejudgement:
    """Fold every document with today's rules and compare the alerts with the recorded ones.

    Nothing is promoted, published or sent: the staged rows are removed.
    """
    folder = stage_changes(settings, run_id, everything=True, progress=progress)
    try:
        today = _read_staged(list_batches(folder))
    finally:
        remove_run(folder)
    with open_build(settings.location, "read recorded alerts") as con:
        recorded = {
            row["alert_id"]: _Owed(row["document_id"], row["changed_before"], tuple(row["commitments"]))
            for row in fetch_rows(con, STORED)
        }
        documents = {row["document_id"]: row for row in fetch_rows(con, DOCUMENTS)}
    return _compare(recorded, today, documents)


def _read_staged(batches: Iterable[Path]) -> dict[int, _Owed]:
    owed: dict[int, _Owed] = {}
    for batch in batches:
        tables = {name: table.to_pylist() for name, table in read_batch(batch).items()}
        matches: dict[int, list[str]] = {}
        for match in tables.get("match", []):
            matches.setdefault(match["change_id"], []).append(match["commitment_id"])
        touched: dict[int, set[str]] = {}
        for change in tables.get("change", []):
            if change["nature"] == "substantive":
                touched.setdefault(change["comparison_id"], set()).update(
                    matches.get(change["change_id"], [])
                )
        for alert in tables.get("alert", []):
            commitments = tuple(sorted(touched.get(alert["comparison_id"], ())))
            owed[alert["alert_id"]] = _Owed(alert["document_id"], alert["changed_before"], commitments)
    return owed


def _compare(
    recorded: dict[int, _Owed], today: dict[int, _Owed], documents: dict[int, dict[str, Any]]
) -> Rejudgement:
    differences = []
    for alert_id in recorded.keys() | today.keys():
        old, new = recorded.get(alert_id), today.get(alert_id)
        one = new or old
        assert one is not None
        if old and new and old.commitments == new.commitments:
            continue
        document = documents[one.document_id]
        differences.append(
            AlertDifference(
                what="other" if old and new else "gone" if old else "new",
                service=document["service"],
                terms_type=document["terms_type"],
                origin=document["origin"],
                changed_before=one.changed_before,
                before=old.commitments if old else (),
                after=new.commitments if new else (),
            )
        )
    differences.sort(key=lambda item: (item.changed_before, item.service, item.terms_type, item.what))
    same = len(recorded.keys() | today.keys()) - len(differences)
    return Rejudgement(same, tuple(differences))
