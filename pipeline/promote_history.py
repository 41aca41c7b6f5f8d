"""Promote the validated batches of an import, or quarantine what failed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.note_validation import quarantine_row, validation_row
from pipeline.settings import Settings
from pipeline.staging import list_batches, read_batch, read_json
from pipeline.sync_charter import sync_charter
from pipeline.validate_history import FAILURES
from warehouse.connect import open_build
from warehouse.promote_rows import promote_rows
from warehouse.transaction import transaction

# Columns that staging adds for the expectations and for quarantine; the tables do not keep them.
OBSERVATION_ONLY = ("service", "terms_type", "text_hash", "char_count")
STAGING_ONLY = ("is_decodable", "replacement_share", "challenge_marker", "body_preview", "raw_base64")


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did: versions in the source, observations loaded, of which quarantined."""

    origin: str
    seen: int
    loaded: int
    quarantined: int


def promote_history(settings: Settings, folder: Path) -> ImportSummary:
    """Promote validated batches, one transaction each; a batch promoted before is left as it is.

    An observation whose text failed is recorded as `quarantined` without text, and the text waits in `quarantine`.
    """
    staged = read_json(folder / "staged.json")
    loaded = quarantined = 0
    with open_build(settings.location, f"promote {staged['origin']}") as con:
        sync_charter(con, settings)
        for batch in list_batches(folder):
            tables = _promotable(read_batch(batch), read_json(batch / FAILURES), staged["run_id"], batch.name)
            with transaction(con):
                counts = promote_rows(con, tables)
            loaded += counts.get("observation", 0)
            quarantined += counts.get("quarantine", 0)
    return ImportSummary(staged["origin"], staged["seen"], loaded, quarantined)


def _promotable(
    tables: dict[str, pa.Table], notes: dict[str, Any], run_id: str, batch: str
) -> dict[str, pa.Table]:
    """Staged tables split into what is promoted and what is quarantined."""
    now = datetime.now(UTC)
    texts = {(row["document_id"], row["text_hash"]): row for row in tables["text_body"].to_pylist()}
    failed_texts = _failures_by_row(notes["text_body"])
    refused = {key: failed_texts[position] for position, key in enumerate(texts) if position in failed_texts}
    failed = _failures_by_row(notes["observation"])
    observations, quarantine = [], []
    good: set[int] = set()
    kept_texts: set[tuple[int, str]] = set()
    for position, row in enumerate(tables["observation"].to_pylist()):
        broken = failed.get(position, []) + refused.get((row["document_id"], row["text_hash"]), [])
        kept = _stored(row, *OBSERVATION_ONLY) | {"recorded_at": now}
        if broken or row["outcome_reason"]:
            quarantine.append(_quarantine(row, broken, texts, run_id))
            kept |= {"outcome": "quarantined", "outcome_reason": quarantine[-1]["reason"]}
        # A row that is itself wrong (no date, a date to come) cannot stand in the table: quarantine alone keeps it.
        if all(failure["subject"] == "text" for failure in broken):
            observations.append(kept)
            if kept["outcome"] == "text":
                good.add(row["observation_id"])
                kept_texts.add((row["document_id"], row["text_hash"]))
    extractions = [row | {"recorded_at": now} for row in tables["extraction"].to_pylist()]
    promoted: dict[str, list[dict[str, Any]]] = {
        "platform": tables["platform"].to_pylist() if "platform" in tables else [],
        "document": tables["document"].to_pylist() if "document" in tables else [],
        "observation": observations,
        "text_body": [_stored(row) for key, row in texts.items() if key in kept_texts],
        "extraction": [row for row in extractions if row["observation_id"] in good],
        "quarantine": quarantine,
        "validation": [validation_row(suite, run_id, batch) for suite in notes.values()],
    }
    return {table: pa.Table.from_pylist(rows) for table, rows in promoted.items() if rows}


def _stored(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A staged row without the columns that its table does not keep."""
    return {name: value for name, value in row.items() if name not in STAGING_ONLY and name not in without}


def _failures_by_row(notes: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    failed: dict[int, list[dict[str, Any]]] = {}
    for failure in notes["failures"]:
        failed.setdefault(failure["row_position"], []).append(failure)
    return failed


def _quarantine(
    row: dict[str, Any],
    broken: list[dict[str, Any]],
    texts: dict[tuple[int, str], dict[str, Any]],
    run_id: str,
) -> dict[str, Any]:
    """Row of table `quarantine` with the refused text, or the raw bytes where they are not UTF-8."""
    body = texts[row["document_id"], row["text_hash"]]["body"] if row["text_hash"] else ""
    payload = json.dumps({"body": body, "raw_base64": row["raw_base64"]}, ensure_ascii=False)
    reasons = [
        reason for reason in [row["outcome_reason"], *(failure["reason"] for failure in broken)] if reason
    ]
    rules = ", ".join(dict.fromkeys(failure["rule_id"] for failure in broken)) or "readable"
    why = "; ".join(dict.fromkeys(reasons))
    return quarantine_row(
        "observation", row["observation_id"], row["document_id"], rules, why, payload, run_id
    )
