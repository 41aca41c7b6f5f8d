"""What a validation found, as values that travel in files and as rows of the warehouse."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from expectations.outcome import ValidationOutcome
from warehouse.keys import key_of


class BatchRefused(ValueError):
    """Nothing of a batch may be promoted: an expectation about the batch itself failed."""


def validation_notes(outcome: ValidationOutcome) -> dict[str, Any]:
    """The outcome as JSON values.

    Raises:
        BatchRefused: a rule whose failure stops the batch failed; the message names rules and rows.
    """
    if outcome.must_stop:
        stops = [
            f"{failure.rule_id} (row {failure.row_position}): {failure.reason}"
            for failure in outcome.failures
        ]
        raise BatchRefused(f"{outcome.table}: nothing of this batch is promoted: " + "; ".join(stops[:5]))
    return {
        "suite": outcome.table,
        "success": outcome.success,
        "row_count": outcome.row_count,
        "evaluated_count": outcome.evaluated_count,
        "failed_rules": list(outcome.failed_rules),
        "docs_path": str(outcome.docs_path or ""),
        "failures": [asdict(failure) for failure in outcome.failures],
    }


def validation_row(notes: dict[str, Any], run_id: str, batch: str) -> dict[str, Any]:
    """Row of table `validation`: one suite run on one staged batch, with the expectations that failed."""
    return {
        "validation_id": key_of("validation", run_id, batch, notes["suite"]),
        "run_id": run_id,
        "suite": notes["suite"],
        "is_success": notes["success"],
        "row_count": notes["row_count"],
        "failed_count": len({failure["row_position"] for failure in notes["failures"]}),
        "evaluated_count": notes["evaluated_count"],
        "failed_expectations": ", ".join(notes["failed_rules"]),
        "docs_path": notes["docs_path"],
        "recorded_at": datetime.now(UTC),
    }


def quarantine_row(
    table: str,
    key: int | str,
    document_id: int,
    expectation: str,
    reason: str,
    payload: str,
    run_id: str,
    *,
    text_hash: str | None = None,
) -> dict[str, Any]:
    """Row of table `quarantine`: the payload keeps whatever was refused, so that a person may still accept it.

    `text_hash` names the text in question: a decision holds for every sight of the same text of the document.
    """
    return {
        "quarantine_id": key_of("quarantine", table, key),
        "subject_table": table,
        "subject_key": str(key),
        "document_id": document_id,
        "expectation": expectation,
        "reason": reason,
        "payload": payload,
        "text_hash": text_hash,
        "run_id": run_id,
        "recorded_at": datetime.now(UTC),
    }
