"""Promote the validated batches of an import or a round, or quarantine what failed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.note_validation import quarantine_row, validation_row
from pipeline.settings import Settings
from pipeline.staging import list_batches, read_batch, read_json
from pipeline.sync_charter import sync_charter
from pipeline.validate_staged import FAILURES
from warehouse.connect import open_build
from warehouse.promote_rows import promote_rows
from warehouse.transaction import transaction

# Columns that staging adds for the expectations and for quarantine; the tables do not keep them.
OBSERVATION_ONLY = ("service", "terms_type", "text_hash", "char_count")
STAGING_ONLY = ("is_decodable", "replacement_share", "challenge_marker", "body_preview", "raw_base64")
NO_FAILURES: dict[str, Any] = {"failures": []}
Rows = list[dict[str, Any]]


@dataclass(slots=True)
class PromotedRun:
    """What a run brought: candidate observations seen, loaded and quarantined, and pages by fetch outcome.

    `incidents` has one sentence for each document that gave no text or a refused one.
    """

    origin: str
    seen: int
    loaded: int = 0
    quarantined: int = 0
    fetches: Counter[str] = field(default_factory=Counter)
    incidents: list[str] = field(default_factory=list)


def promote_staged(settings: Settings, folder: Path) -> PromotedRun:
    """Promote validated batches, one transaction each; a batch promoted before is left as it is.

    An observation whose text failed is recorded as `quarantined` without text, and the text waits in `quarantine`.
    """
    staged = read_json(folder / "staged.json")
    summary = PromotedRun(staged["origin"], staged["seen"])
    with open_build(settings.location, f"promote {staged['origin']}") as con:
        sync_charter(con, settings)
        for batch in list_batches(folder):
            tables = {name: table.to_pylist() for name, table in read_batch(batch).items()}
            promoted = _promotable(tables, read_json(batch / FAILURES), staged["run_id"], batch.name)
            with transaction(con):
                counts = promote_rows(
                    con, {n: pa.Table.from_pylist(rows) for n, rows in promoted.items() if rows}
                )
            summary.loaded += counts.get("observation", 0)
            summary.quarantined += counts.get("quarantine", 0)
            summary.fetches.update(row["outcome"] for row in promoted["fetch"])
            if promoted["fetch"]:
                summary.incidents += _incidents(tables, promoted["observation"])
    return summary


def _promotable(tables: dict[str, Rows], notes: dict[str, Any], run_id: str, batch: str) -> dict[str, Rows]:
    """Staged rows split into what is promoted and what is quarantined."""
    now = datetime.now(UTC)
    texts = {(row["document_id"], row["text_hash"]): row for row in tables.get("text_body", [])}
    extractions = {row["observation_id"]: row for row in tables.get("extraction", [])}
    failed_texts = _failures_by_row(notes.get("text_body", NO_FAILURES))
    refused = {key: failed_texts[position] for position, key in enumerate(texts) if position in failed_texts}
    failed = _failures_by_row(notes["observation"])
    observations, quarantine = [], []
    good: set[int] = set()
    kept_texts: set[tuple[int, str]] = set()
    for position, row in enumerate(tables["observation"]):
        broken = failed.get(position, []) + refused.get((row["document_id"], row["text_hash"]), [])
        kept = _stored(row, *OBSERVATION_ONLY) | {"recorded_at": now}
        if broken or _is_refused(row):
            body = texts[row["document_id"], row["text_hash"]]["body"] if row["text_hash"] else ""
            extraction = extractions.get(row["observation_id"])
            quarantine.append(_quarantine(row, broken, body, extraction, run_id))
            kept |= {"outcome": "quarantined", "outcome_reason": quarantine[-1]["reason"]}
        # A row that is itself wrong (no date, a date to come) cannot stand in the table: quarantine alone keeps it.
        if all(failure["subject"] == "text" for failure in broken):
            observations.append(kept)
            if kept["outcome"] == "text":
                good.add(row["observation_id"])
                previous = extractions[row["observation_id"]].get("previous_text_hash")
                kept_texts |= {(row["document_id"], row["text_hash"]), (row["document_id"], previous or "")}
    fetches, bad_fetches = _split_fetches(tables.get("fetch", []), notes, run_id)
    return {
        "platform": tables.get("platform", []),
        "document": tables.get("document", []),
        "declaration": tables.get("declaration", []),
        "observation": observations,
        "snapshot": tables.get("snapshot", []),
        "fetch": [row | {"recorded_at": now} for row in fetches],
        "text_body": [_stored(row) for key, row in texts.items() if key in kept_texts],
        "extraction": [
            row | {"recorded_at": now} for row in extractions.values() if row["observation_id"] in good
        ],
        "quarantine": quarantine + bad_fetches,
        "validation": [validation_row(suite, run_id, batch) for suite in notes.values()],
    }


def _is_refused(row: dict[str, Any]) -> bool:
    """Whether staging itself says that no text can be taken: a damaged record, a page that is no policy."""
    return row["outcome"] == "quarantined" or (row["outcome"] == "text" and bool(row["outcome_reason"]))


def _split_fetches(rows: Rows, notes: dict[str, Any], run_id: str) -> tuple[Rows, Rows]:
    """Fetches that are recorded, and rows of `quarantine` for those that failed."""
    failed = _failures_by_row(notes.get("fetch", NO_FAILURES))
    good = [row for position, row in enumerate(rows) if position not in failed]
    refused = [
        quarantine_row(
            "fetch", rows[position]["fetch_id"], rows[position]["document_id"], _rules(broken), _reasons(broken),
            json.dumps(rows[position], default=str), run_id,
        )
        for position, broken in failed.items()
    ]  # fmt: skip
    return good, refused


def _stored(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A staged row without the columns that its table does not keep."""
    return {name: value for name, value in row.items() if name not in STAGING_ONLY and name not in without}


def _failures_by_row(notes: dict[str, Any]) -> dict[int, Rows]:
    failed: dict[int, Rows] = {}
    for failure in notes["failures"]:
        failed.setdefault(failure["row_position"], []).append(failure)
    return failed


def _quarantine(
    row: dict[str, Any], broken: Rows, body: str, extraction: dict[str, Any] | None, run_id: str
) -> dict[str, Any]:
    """Row of table `quarantine` with the refused text, or the raw bytes where they are not UTF-8."""
    payload = {"body": body, "raw_base64": row["raw_base64"], "extraction": extraction}
    reasons = "; ".join(
        dict.fromkeys(reason for reason in (row["outcome_reason"], _reasons(broken)) if reason)
    )
    return quarantine_row(
        "observation", row["observation_id"], row["document_id"], _rules(broken) or "readable", reasons,
        json.dumps(payload, ensure_ascii=False, default=str), run_id, text_hash=row["text_hash"],
    )  # fmt: skip


def _rules(broken: Rows) -> str:
    return ", ".join(dict.fromkeys(failure["rule_id"] for failure in broken))


def _reasons(broken: Rows) -> str:
    return "; ".join(dict.fromkeys(failure["reason"] for failure in broken))


def _incidents(tables: dict[str, Rows], observations: Rows) -> list[str]:
    """One sentence for each document that gave no text."""
    named = {row["document_id"]: f"{row['service']} / {row['terms_type']}" for row in tables["document"]}
    return [
        f"{named[row['document_id']]}: {row['outcome']}, {row['outcome_reason']}"
        for row in observations
        if row["outcome"] != "text"
    ]
