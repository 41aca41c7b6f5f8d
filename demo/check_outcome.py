"""Compare what the warehouse says with what the demo's script declares; every difference is one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from demo.build_history import Recorded, Script, build_texts
from pipeline.settings import Settings
from warehouse.query_published import query_published

CHANGES = """
SELECT c.comparison_id, c.change_id, c.kind, c.direction, m.commitment_id
FROM change AS c
INNER JOIN match AS m ON c.change_id = m.change_id AND m.superseded_at IS NULL
WHERE c.superseded_at IS NULL AND c.nature = 'substantive'
"""

ALERTS = """
SELECT d.service, a.changed_before, a.state, a.state_since
FROM alert AS a
INNER JOIN document AS d ON a.document_id = d.document_id
WHERE a.superseded_at IS NULL
"""


def check_outcome(settings: Settings, script: Script, verdicts: Sequence[dict[str, Any]]) -> list[str]:
    """Differences between the outcome and the script's expectations; none when the demo did what it declares."""
    by_key = {(verdict["service"], verdict["observed_at"]): verdict for verdict in verdicts}
    changes: dict[int, dict[int, dict[str, Any]]] = {}
    for row in _rows(settings, CHANGES):
        change = changes.setdefault(row["comparison_id"], {}).setdefault(
            row["change_id"], {"kind": row["kind"], "direction": row["direction"], "commitments": set()}
        )
        change["commitments"].add(row["commitment_id"])
    alerts = _rows(settings, ALERTS)
    recorded = build_texts(script)
    differences = []
    for record in recorded:
        where = f"round {record.round_number}, {record.service}"
        verdict = by_key.pop((record.service, record.observed_at), None)
        if verdict is None:
            differences.append(f"{where}: no verdict")
            continue
        told = list(changes.get(verdict["comparison_id"], {}).values())
        differences += [f"{where}: {what}" for what in _differences(record, verdict, told, alerts)]
    differences += [f"{service} at {at}: a verdict that no round declares" for service, at in by_key]
    return differences


def _differences(
    record: Recorded, verdict: dict[str, Any], told: list[dict[str, Any]], alerts: list[dict[str, Any]]
) -> Iterator[str]:
    expect = record.expect
    if verdict["verdict"] != expect.verdict:
        yield f"expected {expect.verdict}, got {verdict['verdict']} ({verdict['reason']})"
        return
    classes = {name for name in verdict["noise_classes"].split(", ") if name}
    if expect.noise and classes != set(expect.noise):
        yield f"expected noise {sorted(expect.noise)}, got {sorted(classes)}"
    if verdict["is_alert"] != expect.alert:
        yield f"expected {'an' if expect.alert else 'no'} alert"
    if expect.alert and not any(
        change["kind"] == expect.kind
        and change["direction"] == expect.direction
        and change["commitments"] >= set(expect.commitments)
        for change in told
    ):
        wanted = f"{expect.kind}, {expect.direction}, {', '.join(expect.commitments)}"
        yield f"no announced change is {wanted}; got {told}"
    if expect.alert_state:
        states = {
            alert["state"]
            for alert in alerts
            if alert["service"] == record.service and alert["state_since"] == record.observed_at
        }
        if states != {expect.alert_state}:
            yield f"expected its earlier alert to be {expect.alert_state}, got {sorted(states) or 'no such alert'}"


def _rows(settings: Settings, query: str) -> list[dict[str, Any]]:
    result = query_published(settings.location, query)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]
