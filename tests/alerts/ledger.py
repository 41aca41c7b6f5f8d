"""An outbox that keeps the contract in memory, for tests of delivery; it survives the "crash" of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from alerts.model import Message
from alerts.outbox import Due, FailureOutcome


class CrashError(Exception):
    """The process dies here."""


@dataclass
class Row:
    """What is recorded of one alert in one channel."""

    message: Message
    message_ts: str | None = None
    sent_hash: str = ""
    refused_hash: str = ""
    unresolved_since: datetime | None = None
    error: str = ""


class Ledger:
    """Outbox over a dictionary. `crash_before` names a call whose next use raises CrashError, once."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.claimed_elsewhere: set[int] = set()
        self.crash_before = ""

    def owe(self, alert_id: int, message: Message) -> None:
        """Record an alert, or its new state."""
        if alert_id in self.rows:
            self.rows[alert_id].message = message
        else:
            self.rows[alert_id] = Row(message)

    def due(self, channel: str) -> Sequence[Due]:
        return [
            Due(alert_id, row.message, row.message_ts, row.unresolved_since)
            for alert_id, row in self.rows.items()
            if row.message.payload_hash not in (row.sent_hash, row.refused_hash)
        ]

    def claim(self, alert_id: int, channel: str, payload_hash: str) -> bool:
        if alert_id in self.claimed_elsewhere:
            return False
        row = self.rows[alert_id]
        if row.message_ts is None and row.unresolved_since is None:
            row.unresolved_since = datetime.now(UTC)
        self._maybe_crash("network")
        return True

    def mark_sent(self, alert_id: int, channel: str, message_ts: str, payload_hash: str) -> None:
        self._maybe_crash("mark_sent")
        row = self.rows[alert_id]
        row.message_ts, row.sent_hash, row.unresolved_since, row.error = message_ts, payload_hash, None, ""

    def mark_failed(
        self, alert_id: int, channel: str, payload_hash: str, error: str, outcome: FailureOutcome
    ) -> None:
        row = self.rows[alert_id]
        row.error = error
        if outcome != "unknown":
            row.unresolved_since = None
        if outcome == "refused":
            row.refused_hash = payload_hash

    def _maybe_crash(self, point: str) -> None:
        if self.crash_before == point:
            self.crash_before = ""
            raise CrashError(point)
