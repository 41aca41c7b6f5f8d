"""Compare what the warehouse says with what the demo's script declares; every difference is one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from demo.build_history import Recorded, Script, build_texts
from demo.compare_verdict import compare_verdict, read_changes, read_rows
from pipeline.settings import Settings

ALERTS = """
SELECT d.service, a.changed_before, a.state, a.state_since
FROM alert AS a
INNER JOIN document AS d ON a.document_id = d.document_id
WHERE a.superseded_at IS NULL AND d.origin <> 'live'
"""


def check_outcome(settings: Settings, script: Script, verdicts: Sequence[dict[str, Any]]) -> list[str]:
    """Differences between the outcome and the script's expectations; none when the demo did what it declares.

    `verdicts` are those of recorded documents.
    """
    by_key = {(verdict["service"], verdict["observed_at"]): verdict for verdict in verdicts}
    changes = read_changes(settings)
    alerts = read_rows(settings, ALERTS)
    differences = []
    for record in build_texts(script):
        where = f"{script.file}, round {record.round_number}, {record.service}"
        verdict = by_key.pop((record.service, record.observed_at), None)
        if verdict is None:
            differences.append(f"{where}: no verdict")
            continue
        told = changes.get(verdict["comparison_id"], [])
        found = [*compare_verdict(record.expect, verdict, told), *_compare_state(record, alerts)]
        differences += [f"{where}: {what}" for what in found]
    differences += [f"{service} at {at}: a verdict that no round declares" for service, at in by_key]
    return differences


def _compare_state(record: Recorded, alerts: Sequence[dict[str, Any]]) -> Iterator[str]:
    wanted = record.expect.alert_state
    states = {
        alert["state"]
        for alert in alerts
        if alert["service"] == record.service and alert["state_since"] == record.observed_at
    }
    if wanted and states != {wanted}:
        yield f"expected its earlier alert to be {wanted}, got {sorted(states) or 'no such alert'}"
