"""A small invented market: a signatory, a platform that never signed, and a service that no file declares."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from warehouse.merge_rows import merge_rows

OLD, NEW = "Thirty days of notice are given.", "Ten days of notice are given."
FACT = {"old": "30 days", "new": "10 days", "unit": "day", "role": "notice", "obligor": "platform"}


def day(number: int, hour: int = 9) -> datetime:
    """A moment in March 2024, in UTC."""
    return datetime(2024, 3, number, hour, tzinfo=UTC)


def fill_market(con: duckdb.DuckDBPyConnection) -> None:
    """Documents 1 (signatory), 2 (not) and 3 (undeclared), each with a notice period cut on a day of its own.

    Document 1: baseline, noise, a change that alerts, then two failures. A superseded verdict, change, match
    and alert lie beside those in force. Document 4 was never observed.
    """
    _fill_reference(con)
    observations, verdicts = [], []
    for document, number, verdict, comparison in [
        (1, 1, "baseline", None),
        (1, 2, "cosmetic", 11),
        (1, 5, "changed", 12),
        (1, 9, "quarantined", None),
        (1, 10, "unreachable", None),
        (2, 1, "baseline", None),
        (2, 20, "changed", 21),
        (3, 3, "changed", 31),
    ]:
        key = 100 * document + number
        observations.append(_observation(key, document, day(number)))
        verdicts.append(_verdict(key, document, verdict, comparison))
    verdicts.append(_verdict(105, 1, "oscillation", 12) | {"verdict_id": 9, "superseded_at": day(30)})
    merge_rows(con, "observation", observations, ["observation_id"])
    merge_rows(con, "verdict", verdicts, ["verdict_id"])
    _fill_changes(con)
    _fill_alerts(con)


def fill_alternation(con: duckdb.DuckDBPyConnection) -> None:
    """Document 5, whose page alternates: two returns and a difference of noise within 30 days of its newest sight,
    a return long before them, and document 6 with two returns only."""
    _fill_documents(con, {5: "dune", 6: "dune"})
    observations, verdicts, extractions = [], [], []
    for document, number, verdict, text in [
        (5, -60, "oscillation", "a"),
        (5, 1, "changed", "a"),
        (5, 4, "oscillation", "b"),
        (5, 8, "cosmetic", "c"),
        (5, 9, "oscillation", "a"),
        (5, 10, "unchanged", "a"),
        (6, 4, "oscillation", "a"),
        (6, 5, "oscillation", "b"),
    ]:
        key = 1000 * document + 100 + number
        observations.append(_observation(key, document, day(1) + timedelta(days=number - 1)))
        verdicts.append(_verdict(key, document, verdict, None) | {"is_alert": False})
        extractions.append({"extraction_id": key, "observation_id": key, "text_hash": text})
    merge_rows(con, "observation", observations, ["observation_id"])
    merge_rows(con, "verdict", verdicts, ["verdict_id"])
    merge_rows(con, "extraction", extractions, ["extraction_id"])


def _fill_reference(con: duckdb.DuckDBPyConnection) -> None:
    merge_rows(
        con,
        "platform",
        [
            {"platform_id": "quay", "name": "Quayside", "locale": "fr-FR", "is_declared": True},
            {"platform_id": "dune", "name": "Dunes", "locale": "fr-FR", "is_declared": True},
            {"platform_id": "undeclared:reef", "name": "Reef", "locale": None, "is_declared": False},
        ],
        ["platform_id"],
    )
    merge_rows(
        con,
        "platform_status",
        [
            {"platform_id": "quay", "status": "none", "valid_from": None, "valid_until": date(2024, 3, 5)},
            {
                "platform_id": "quay",
                "status": "joined-2020",
                "valid_from": date(2024, 3, 5),
                "valid_until": None,
            },
        ],
        ["platform_id", "status"],
    )
    commitments = [("notice", "sourced"), ("mediation", "inferred")]
    merge_rows(
        con,
        "commitment",
        [
            {"commitment_id": key, "title_fr": key.title(), "evidence_level": level}
            for key, level in commitments
        ],
        ["commitment_id"],
    )
    _fill_documents(con, {1: "quay", 2: "dune", 3: "undeclared:reef", 4: "quay"})


def _fill_documents(con: duckdb.DuckDBPyConnection, platforms: dict[int, str]) -> None:
    merge_rows(
        con,
        "document",
        [
            {
                "document_id": number,
                "platform_id": platform,
                "service": platform,
                "terms_type": f"Terms {number}",
                "origin": "ota:harbour",
                "attribution": "Harbour archive",
            }
            for number, platform in platforms.items()
        ],
        ["document_id"],
    )


def _observation(key: int, document: int, at: datetime) -> dict[str, Any]:
    return {
        "observation_id": key,
        "document_id": document,
        "observed_at": at,
        "source_id": f"commit {key}",
        "evidence": "recorded text only",
    }


def _verdict(observation: int, document: int, verdict: str, comparison: int | None) -> dict[str, Any]:
    return {
        "verdict_id": observation,
        "observation_id": observation,
        "document_id": document,
        "verdict": verdict,
        "reason": f"it is {verdict}",
        "comparison_id": comparison,
        "is_alert": verdict == "changed",
        "superseded_at": None,
    }


def _change(key: int, document: int, comparison: int, nature: str) -> dict[str, Any]:
    is_real = nature == "substantive"
    return {
        "change_id": key,
        "document_id": document,
        "comparison_id": comparison,
        "ordinal": key % 10,
        "kind": "modified",
        "nature": nature,
        "noise_class": "" if is_real else "counter",
        "clause_before": OLD,
        "clause_after": NEW,
        "facts": json.dumps([FACT] if is_real else []),
        "direction": "worse" if is_real else "neutral",
        "superseded_at": None,
    }


def _fill_changes(con: duckdb.DuckDBPyConnection) -> None:
    changes = [
        _change(110, 1, 11, "noise"),
        _change(120, 1, 12, "substantive"),
        _change(121, 1, 12, "substantive") | {"clause_before": "", "kind": "added", "direction": "better"},
        _change(122, 1, 12, "substantive") | {"clause_after": "A change that touches no commitment."},
        _change(123, 1, 12, "substantive") | {"superseded_at": day(30)},
        _change(210, 2, 21, "substantive"),
        _change(310, 3, 31, "substantive"),
    ]
    merge_rows(con, "change", changes, ["change_id"])
    matches = [
        (1, 120, "notice", "rule a", 0.9),
        (2, 120, "notice", "rule b", 0.5),
        (3, 120, "mediation", "rule c", 0.6),
        (4, 121, "notice", "rule a", 0.8),
        (5, 210, "notice", "rule a", 0.9),
        (6, 310, "notice", "rule a", 0.9),
    ]
    names = ("match_id", "change_id", "commitment_id", "rule_id", "confidence")
    rows: list[dict[str, Any]] = [
        dict(zip(names, match, strict=True)) | {"superseded_at": None} for match in matches
    ]
    rows.append(rows[0] | {"match_id": 9, "commitment_id": "superseded", "superseded_at": day(30)})
    merge_rows(con, "match", rows, ["match_id"])


def _fill_alerts(con: duckdb.DuckDBPyConnection) -> None:
    alert: dict[str, Any] = {
        "alert_id": 1,
        "document_id": 1,
        "observation_id": 105,
        "comparison_id": 12,
        "changed_after": day(2),
        # Just before midnight in UTC is the next day in Paris: the day on which Quayside's status changed.
        "changed_before": day(4, 23),
        "state": "in_force",
        "is_sendable": True,
        "superseded_at": None,
    }
    alerts = [
        alert,
        alert | {"alert_id": 2, "document_id": 2, "observation_id": 220, "comparison_id": 21},
        alert | {"alert_id": 3, "document_id": 3, "observation_id": 303, "comparison_id": 31},
        alert | {"alert_id": 9, "superseded_at": day(30)},
    ]
    merge_rows(con, "alert", alerts, ["alert_id"])
    deliveries = [(1, 1, "slack", "refused"), (2, 2, "file", "refused"), (3, 2, "slack", "sent")]
    names = ("delivery_id", "alert_id", "channel", "status")
    rows = [dict(zip(names, row, strict=True)) for row in deliveries]
    merge_rows(con, "alert_delivery", rows, ["delivery_id"])
    refused: dict[str, Any] = {
        "subject_table": "observation",
        "subject_key": "109",
        "document_id": 1,
        "expectation": "not empty",
        "reason": "the text is empty",
        "recorded_at": day(9),
    }
    quarantine = [
        refused | {"quarantine_id": 1, "decision": None},
        refused | {"quarantine_id": 2, "decision": "rejected"},
        refused | {"quarantine_id": 3, "decision": None, "document_id": None},
    ]
    merge_rows(con, "quarantine", quarantine, ["quarantine_id"])
