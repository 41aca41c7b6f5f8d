"""What delivery needs from whoever keeps the alerts, and what it hands back.

An alert exists before it is sent. Each call of an `Outbox` is one short transaction of its own: none spans
the network, so a crash at any point leaves a state from which the next run goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from alerts.model import Message

# refused: Slack said no, and will again until the message or the set-up changes; later: known not to be
# posted, to be tried again; unknown: it may have been posted, so the channel is read before anything is
# posted again.
FailureOutcome = Literal["refused", "later", "unknown"]
Action = Literal["posted", "updated", "recovered", "skipped", "refused", "later", "unknown"]


@dataclass(frozen=True, slots=True)
class Due:
    """An alert owed to a channel, never sent there or sent with another payload.

    `message_ts` is Slack's id of the message already posted, which is then edited. `unresolved_since` is the
    aware time of the first claim whose end nobody recorded (a crash) or whose outcome was "unknown".
    """

    alert_id: int
    message: Message
    message_ts: str | None = None
    unresolved_since: datetime | None = None


class Outbox(Protocol):
    """Keeper of the alerts owed; only sendable ones (live origin) are ever handed out."""

    def due(self, channel: str) -> Sequence[Due]:
        """Alerts owed to the channel, oldest first."""

    def claim(self, alert_id: int, channel: str, payload_hash: str) -> bool:
        """Record durably that this payload is about to be sent; False when another process has claimed it."""

    def mark_sent(self, alert_id: int, channel: str, message_ts: str, payload_hash: str) -> None:
        """Record that the message stands there with this payload; due again when that is not the latest."""

    def mark_failed(
        self, alert_id: int, channel: str, payload_hash: str, error: str, outcome: FailureOutcome
    ) -> None:
        """Record a failure. "unknown" keeps or sets `unresolved_since`, others clear it; `message_ts` stays.

        A "refused" payload is not due again: only another payload, or a person who asks for it, makes it so.
        """


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one alert in one run; `error` is Slack's own word for it, or that of the connection."""

    alert_id: int
    action: Action
    error: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What became of every alert due. `stopped_by` is "" or the error that made going on pointless."""

    deliveries: tuple[Delivery, ...] = ()
    stopped_by: str = ""
    left_count: int = 0

    def ids(self, *actions: Action) -> tuple[int, ...]:
        """Ids of the alerts that ended with one of these actions."""
        return tuple(delivery.alert_id for delivery in self.deliveries if delivery.action in actions)

    @property
    def failures(self) -> tuple[Delivery, ...]:
        """Alerts that are not in the channel as they should be."""
        return tuple(d for d in self.deliveries if d.action in {"refused", "later", "unknown"})
