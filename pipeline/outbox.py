"""The outbox that delivery works through, kept in the warehouse: each call is one short transaction."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from alerts.model import AlertContent, Message
from alerts.outbox import Due, FailureOutcome
from warehouse.connect import open_build
from warehouse.location import Location
from warehouse.record_deliveries import read_deliveries, record_delivery

# A claim of another machine is believed dead after this; on this machine the process itself is asked.
CLAIM_LIFE = timedelta(minutes=10)
PURPOSE = "deliver alerts"


@dataclass(frozen=True, slots=True)
class PreparedAlert:
    """One alert with its message, as the channel would show it."""

    content: AlertContent
    message: Message
    is_sendable: bool
    service: str
    terms_type: str


class WarehouseOutbox:
    """Alerts that may be sent, and what is recorded of their delivery (see `alerts.outbox.Outbox`)."""

    def __init__(self, location: Location, alerts: Sequence[PreparedAlert]) -> None:
        self._location = location
        self._alerts = alerts
        self._me = f"{socket.gethostname()}:{os.getpid()}"

    def due(self, channel: str) -> Sequence[Due]:
        """Alerts owed to the channel, oldest change first. A change undone before anybody was told stays untold."""
        with open_build(self._location, PURPOSE) as con:
            rows = read_deliveries(con, channel)
        return [
            Due(alert.content.alert_id, alert.message, row.get("message_ts"), row.get("unresolved_since"))
            for alert in self._alerts
            if self._is_owed(alert, row := rows.get(alert.content.alert_id, {}))
        ]

    def claim(self, alert_id: int, channel: str, payload_hash: str) -> bool:
        """Record durably that this payload is about to be sent; False when a living process has claimed it."""
        with open_build(self._location, PURPOSE) as con:
            row = read_deliveries(con, channel).get(alert_id, {})
            if row.get("status") == "claimed" and self._is_alive(row):
                return False
            since = row.get("unresolved_since") or datetime.now(UTC)
            attempts = (row.get("attempt_count") or 0) + 1
            record_delivery(
                con, alert_id, channel, status="claimed", payload_hash=payload_hash, claimed_by=self._me,
                unresolved_since=since, attempt_count=attempts,
            )  # fmt: skip
        return True

    def mark_sent(self, alert_id: int, channel: str, message_ts: str, payload_hash: str) -> None:
        """Record that the message stands in the channel with this payload."""
        self._record(
            alert_id, channel, status="sent", message_ts=message_ts, payload_hash=payload_hash, error=None,
            unresolved_since=None, claimed_by=None,
        )  # fmt: skip

    def mark_failed(
        self, alert_id: int, channel: str, payload_hash: str, error: str, outcome: FailureOutcome
    ) -> None:
        """Record a failure; only an unknown outcome keeps the doubt open."""
        doubt = {} if outcome == "unknown" else {"unresolved_since": None}
        self._record(
            alert_id,
            channel,
            status=outcome,
            payload_hash=payload_hash,
            error=error,
            claimed_by=None,
            **doubt,
        )

    def _record(self, alert_id: int, channel: str, **values: object) -> None:
        with open_build(self._location, PURPOSE) as con:
            record_delivery(con, alert_id, channel, **values)

    def _is_owed(self, alert: PreparedAlert, row: dict[str, Any]) -> bool:
        if not row.get("message_ts") and alert.content.state == "undone" and not row.get("unresolved_since"):
            return False
        done = {("sent", alert.message.payload_hash), ("refused", alert.message.payload_hash)}
        return (row.get("status"), row.get("payload_hash")) not in done

    def _is_alive(self, row: dict[str, Any]) -> bool:
        """Whether the process that claimed the row may still be sending."""
        host, _, pid = str(row["claimed_by"]).rpartition(":")
        if row["claimed_by"] == self._me:
            return False
        if host != socket.gethostname():
            return bool(datetime.now(UTC) - row["recorded_at"] < CLAIM_LIFE)
        try:
            os.kill(int(pid), 0)
        except OSError:
            return False
        return True
