"""Reads over the build file that the steps need: what is known already, what must be folded, with which texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.fetch_rows import fetch_rows


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document as the fold needs it."""

    document_id: int
    platform_id: str
    service: str
    terms_type: str
    origin: str
    language: str
    audience: str


@dataclass(frozen=True, slots=True)
class StoredObservation:
    """One observation with the text of its current extraction (None when no text was obtained).

    `previous_text_hash` is the text that the capture before gives under this observation's declaration and extractor,
    where they changed in between. `is_released`: a person accepted this text of the document after quarantine.
    """

    observation_id: int
    observed_at: datetime
    outcome: str
    outcome_reason: str
    technical_reason: str
    text_hash: str | None
    previous_text_hash: str | None
    is_released: bool


def read_observation_ids(con: duckdb.DuckDBPyConnection, origin: str) -> set[int]:
    """Ids of all observations of documents of one origin, quarantined ones included."""
    query = """
        SELECT o.observation_id FROM observation AS o INNER JOIN document AS d ON o.document_id = d.document_id
        WHERE d.origin = ?
    """
    return {row["observation_id"] for row in fetch_rows(con, query, [origin])}


def read_languages(con: duckdb.DuckDBPyConnection, origin: str) -> dict[int, str]:
    """Language of each known document of an origin ("" where none was recognised)."""
    rows = fetch_rows(con, "SELECT document_id, language FROM document WHERE origin = ?", [origin])
    return {row["document_id"]: row["language"] or "" for row in rows}


def read_documents_to_fold(
    con: duckdb.DuckDBPyConnection, *, everything: bool = False
) -> list[StoredDocument]:
    """Documents with an observation that has no verdict in force (all documents when `everything`)."""
    rows = fetch_rows(
        con,
        """
        SELECT d.document_id, d.platform_id, d.service, d.terms_type, d.origin, d.language, d.audience
        FROM document AS d
        WHERE ? OR EXISTS (
            SELECT 1 FROM observation AS o
            LEFT JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
            WHERE o.document_id = d.document_id AND v.verdict_id IS NULL
        )
        ORDER BY d.origin, d.service, d.terms_type
        """,
        [everything],
    )
    return [StoredDocument(**row) for row in rows]


def read_observations(con: duckdb.DuckDBPyConnection, document_id: int) -> list[StoredObservation]:
    """Observations of a document by time."""
    rows = fetch_rows(
        con,
        """
        SELECT
            o.observation_id, o.observed_at, o.outcome, coalesce(o.outcome_reason, '') AS outcome_reason,
            coalesce(o.technical_reason, '') AS technical_reason, e.text_hash, e.previous_text_hash,
            EXISTS (
                SELECT 1 FROM quarantine AS q
                WHERE q.document_id = o.document_id AND q.text_hash = e.text_hash AND q.decision = 'accepted'
            ) AS is_released
        FROM observation AS o
        LEFT JOIN extraction AS e ON o.observation_id = e.observation_id AND e.superseded_at IS NULL
        WHERE o.document_id = ?
        ORDER BY o.observed_at, o.observation_id
        """,
        [document_id],
    )
    return [StoredObservation(**row) for row in rows]


def read_texts(con: duckdb.DuckDBPyConnection, document_id: int) -> dict[str, str]:
    """Texts of a document by hash."""
    rows = fetch_rows(con, "SELECT text_hash, body FROM text_body WHERE document_id = ?", [document_id])
    return {row["text_hash"]: row["body"] for row in rows}


@dataclass(frozen=True, slots=True)
class Announced:
    """What was told of a document, and what was judged not worth telling.

    `alert_ids` stand in a channel; `newest` is the time of the newest observation among them. `passed_over` are the
    observations that an engine of another version judged without owing an alert: what today's rules say of them is
    news of ours, not of the platform. One that waits for its second fetch is not among them.
    """

    alert_ids: frozenset[int] = frozenset()
    newest: datetime | None = None
    passed_over: frozenset[int] = frozenset()


def read_announced(con: duckdb.DuckDBPyConnection, document_id: int, engine: str, awaiting: str) -> Announced:
    """Alerts of a document that stand in a channel, and what another version than `engine` passed over.

    `awaiting` ends the rules of verdicts that wait for a second fetch.
    """
    told = fetch_rows(
        con,
        """
        SELECT a.alert_id, a.changed_before
        FROM alert AS a
        INNER JOIN alert_delivery AS s ON a.alert_id = s.alert_id
        WHERE s.message_ts IS NOT NULL AND a.document_id = ?
        """,
        [document_id],
    )
    passed_over = fetch_rows(
        con,
        """
        SELECT DISTINCT observation_id FROM verdict
        WHERE document_id = ? AND engine_version <> ? AND NOT ends_with(rule_id, ?) AND NOT is_alert
        """,
        [document_id, engine, awaiting],
    )
    return Announced(
        frozenset(row["alert_id"] for row in told),
        max((row["changed_before"] for row in told), default=None),
        frozenset(row["observation_id"] for row in passed_over),
    )
