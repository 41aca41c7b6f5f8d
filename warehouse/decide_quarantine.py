"""Decisions of people on refused rows: read what waits, write what was decided. One decision holds for a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import duckdb

from warehouse.fetch_rows import fetch_rows

Decision = Literal["accepted", "rejected"]


def read_refused(con: duckdb.DuckDBPyConnection, quarantine_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Refused rows by id, with the decision taken so far; ids that do not exist are not among them."""
    rows = fetch_rows(
        con,
        """
        SELECT quarantine_id, subject_table, subject_key, document_id, text_hash, reason, payload, decision, decided_by
        FROM quarantine
        WHERE list_contains(?, quarantine_id)
        """,
        [list(quarantine_ids)],
    )
    return {row["quarantine_id"]: row for row in rows}


def record_decision(
    con: duckdb.DuckDBPyConnection, row: dict[str, Any], decision: Decision, decided_by: str, reason: str
) -> None:
    """Record a decision on a refused row and on every other open row of the same text of the same document."""
    con.execute(
        """
        UPDATE quarantine SET decision = ?, decided_by = ?, decided_reason = ?, decided_at = ?
        WHERE decision IS NULL
            AND (quarantine_id = ? OR (document_id = ? AND text_hash = ? AND subject_table = ?))
        """,
        [
            decision, decided_by, reason, datetime.now(UTC), row["quarantine_id"], row["document_id"],
            row["text_hash"], row["subject_table"],
        ],
    )  # fmt: skip


def judge_again(con: duckdb.DuckDBPyConnection, document_id: int) -> None:
    """Make the next detection fold a document: the verdicts of its quarantined observations no longer stand."""
    con.execute(
        """
        UPDATE verdict SET superseded_at = ?
        WHERE document_id = ? AND verdict = 'quarantined' AND superseded_at IS NULL
        """,
        [datetime.now(UTC), document_id],
    )


def read_same_text(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Every refused observation of the same text of the same document, with its payload."""
    return fetch_rows(
        con,
        """
        SELECT quarantine_id, subject_key, payload
        FROM quarantine
        WHERE subject_table = 'observation'
            AND (quarantine_id = ? OR (document_id = ? AND text_hash = ?))
        """,
        [row["quarantine_id"], row["document_id"], row["text_hash"]],
    )
