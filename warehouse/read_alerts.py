"""Alerts with everything their message says, and the outbox that delivery works through."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.fetch_rows import fetch_rows

ALERTS = """
SELECT
    a.alert_id, a.comparison_id, a.document_id, a.changed_after, a.changed_before, a.stated_effective_date, a.state,
    a.state_since, a.is_sendable, d.service, d.platform_id, d.terms_type, d.title, d.origin, d.attribution,
    p.name AS platform_name, p.is_declared,
    coalesce((
        SELECT max(s.status) FROM charter_status AS s
        WHERE s.platform_id = d.platform_id
            AND CAST(timezone('Europe/Paris', a.changed_before) AS DATE) >= s.valid_from
            AND CAST(timezone('Europe/Paris', a.changed_before) AS DATE) < s.valid_until
    ), CASE WHEN p.is_declared THEN 'none' ELSE 'unknown' END) AS status
FROM alert AS a
INNER JOIN document AS d ON a.document_id = d.document_id
LEFT JOIN platform AS p ON d.platform_id = p.platform_id
WHERE a.superseded_at IS NULL
ORDER BY a.changed_before, a.alert_id
"""

CHANGES = """
SELECT
    c.comparison_id, c.change_id, c.ordinal, c.kind, c.heading, c.number, c.clause_before, c.clause_after, c.edits,
    c.facts, c.direction, c.direction_rule, m.commitment_id, m.rule_id, m.confidence,
    k.title_fr, k.title_en, k.evidence_level
FROM change AS c
INNER JOIN match AS m ON c.change_id = m.change_id AND m.superseded_at IS NULL
INNER JOIN commitment AS k ON m.commitment_id = k.commitment_id
WHERE c.superseded_at IS NULL AND c.nature = 'substantive' AND list_contains(?, c.comparison_id)
ORDER BY c.comparison_id, c.ordinal, m.confidence DESC, m.commitment_id
"""


def read_alerts(con: duckdb.DuckDBPyConnection, least_confidence: float = 0.0) -> list[dict[str, Any]]:
    """Alerts in force, oldest change first, each with `changes`: its alerting changes with their `commitments`.

    Matches below `least_confidence` are left out, unless an alert has no other: one that was recorded under earlier
    rules keeps what it said.
    """
    alerts = fetch_rows(con, ALERTS)
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in fetch_rows(con, CHANGES, [[alert["comparison_id"] for alert in alerts]]):
        rows.setdefault(row["comparison_id"], []).append(row)
    for alert in alerts:
        found = rows.get(alert["comparison_id"], [])
        told = [row for row in found if row["confidence"] >= least_confidence] or found
        changes: dict[int, dict[str, Any]] = {}
        for row in told:
            changes.setdefault(row["change_id"], row | {"commitments": []})["commitments"].append(row)
        alert["changes"] = list(changes.values())
    return alerts


def read_signatories(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Platforms with a charter status other than none, with its dates."""
    return fetch_rows(
        con,
        """
        SELECT p.name, s.status, s.valid_from, s.valid_until
        FROM platform_status AS s
        INNER JOIN platform AS p ON s.platform_id = p.platform_id
        WHERE s.status <> 'none' AND p.is_declared
        ORDER BY s.valid_from, p.name
        """,
    )
