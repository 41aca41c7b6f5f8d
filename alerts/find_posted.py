"""Messages that an earlier run posted and could not record, found again by the metadata they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk import WebClient

EVENT_TYPE: Final = "vigie_alert"
# Slack's clock and ours may differ.
_CLOCK_MARGIN: Final = timedelta(minutes=10)
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours in the channel."""

    message_ts: str
    payload_hash: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are in Slack's messages: the field that names the sender (bot_id, or user for a user token)."""

    field: str
    value: str


def identify_sender(client: WebClient) -> Sender:
    """Ask Slack whose token this is (auth.test). Raises SlackApiError, OSError or HTTPException."""
    answer = client.auth_test()
    if answer.get("bot_id"):
        return Sender("bot_id", str(answer["bot_id"]))
    return Sender("user", str(answer["user_id"]))


def write_metadata(alert_id: int, payload_hash: str) -> dict[str, Any]:
    """Metadata that ties a message to its alert. Ids go as text: 63 bits do not fit a JavaScript number."""
    payload = {"alert_id": str(alert_id), "payload_hash": payload_hash}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def find_posted(
    client: WebClient, channel: str, alert_id: int, since: datetime, sender: Sender
) -> Posted | None:
    """The message of this alert posted by this sender since then (aware), or None.

    Needs the scope `channels:history` (`groups:history` for a private channel). Raises SlackApiError, OSError
    or HTTPException when the channel cannot be read to the end: nothing may be posted then.
    """
    oldest = f"{(since - _CLOCK_MARGIN).timestamp():.6f}"
    pages = client.conversations_history(
        channel=channel, oldest=oldest, limit=_PAGE, include_all_metadata=True
    )
    for page in pages:
        for message in page.get("messages") or []:
            payload = _read_payload(message)
            if payload.get("alert_id") == str(alert_id) and message.get(sender.field) == sender.value:
                return Posted(str(message["ts"]), str(payload.get("payload_hash", "")))
    return None


def _read_payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload") or {} if metadata.get("event_type") == EVENT_TYPE else {}
