"""Delivery to a Slack channel: each alert once, edited in place when its state changes.

Exactly once as far as Slack permits. Slack offers no idempotency key for posting, so a claim is recorded
before the call, the message carries the alert's id as metadata, and whatever ended without a recorded answer
(a crash, a dropped connection, a server error) is looked up in the channel before anything is posted again.
Where the channel cannot be read, nothing is posted: a late alert is better than a second one.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.handler import RetryHandler

from alerts.find_posted import Posted, Sender, find_posted, identify_sender, write_metadata
from alerts.judge_failure import Failure, judge_failure
from alerts.outbox import Action, Delivery, DeliveryReport, Due, FailureOutcome, Outbox

_LOG: Final = logging.getLogger(__name__)
_TIMEOUT_SECONDS: Final = 30
_RATE_LIMIT_RETRIES: Final = 5
_CALL_ERRORS: Final = (SlackApiError, OSError, HTTPException)


def deliver(outbox: Outbox, channel: str, token: str, *, base_url: str | None = None) -> DeliveryReport:
    """Send what the outbox owes to the channel, given by its id. Scopes: chat:write, channels:history.

    A refused alert is recorded with Slack's error and does not stop the others; a refused token does.
    `base_url` is that of the Web API, ending in "/", for a server other than Slack's. Raises ValueError for a
    channel name instead of an id: Slack edits messages and reads histories by id only.
    """
    if not re.fullmatch(r"[CGD][A-Z0-9]{6,}", channel):
        raise ValueError(
            f"Slack channel {channel!r} is not an id: take it from the channel's details in Slack"
        )
    dues = list(outbox.due(channel))
    if not dues:
        return DeliveryReport()
    client = _connect(token, base_url)
    try:
        sender = identify_sender(client)
    except _CALL_ERRORS as error:
        return DeliveryReport(stopped_by=judge_failure(error).error, left_count=len(dues))
    return _Courier(outbox, channel, client, sender).deliver_all(dues)


def _connect(token: str, base_url: str | None) -> WebClient:
    # Only rate limits are retried by the client: its default also repeats a post after a dropped connection,
    # which makes a duplicate when Slack had already taken the first.
    retries: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)]
    address = base_url or WebClient.BASE_URL
    return WebClient(token, base_url=address, timeout=_TIMEOUT_SECONDS, retry_handlers=retries)


class _Courier:
    """One run over one channel."""

    def __init__(self, outbox: Outbox, channel: str, client: WebClient, sender: Sender) -> None:
        self._outbox = outbox
        self._channel = channel
        self._client = client
        self._sender = sender

    def deliver_all(self, dues: list[Due]) -> DeliveryReport:
        deliveries: list[Delivery] = []
        for due in dues:
            delivery, stops_all = self._deliver_one(due)
            deliveries.append(delivery)
            _LOG.info("alert %d: %s %s", due.alert_id, delivery.action, delivery.error)
            if stops_all:
                return DeliveryReport(tuple(deliveries), delivery.error, len(dues) - len(deliveries))
        return DeliveryReport(tuple(deliveries))

    def _deliver_one(self, due: Due) -> tuple[Delivery, bool]:
        started_at = datetime.now(UTC)
        if not self._outbox.claim(due.alert_id, self._channel, due.message.payload_hash):
            return Delivery(due.alert_id, "skipped", "claimed by another process"), False
        if due.message_ts is not None:
            return self._edit(due, due.message_ts, "updated")
        if due.unresolved_since is None:
            return self._post(due, started_at)
        try:
            posted = self._find(due, due.unresolved_since)
        except _CALL_ERRORS as error:
            failure = judge_failure(error)
            # A token may post without the right to read: only alerts in doubt have to wait then.
            stops_all = failure.stops_all and failure.error != "missing_scope"
            in_doubt = Failure(f"conversations.history: {failure.error}", "unknown", stops_all)
            return self._record_failure(due, in_doubt)
        return self._adopt(due, posted) if posted else self._post(due, started_at)

    def _adopt(self, due: Due, posted: Posted) -> tuple[Delivery, bool]:
        """Record what stands in the channel, then bring it up to date."""
        self._outbox.mark_sent(due.alert_id, self._channel, posted.message_ts, posted.payload_hash)
        if posted.payload_hash == due.message.payload_hash:
            return Delivery(due.alert_id, "recovered"), False
        return self._edit(due, posted.message_ts, "recovered")

    def _post(self, due: Due, started_at: datetime) -> tuple[Delivery, bool]:
        try:
            answer = self._client.chat_postMessage(
                channel=self._channel,
                text=due.message.text,
                blocks=due.message.blocks,
                metadata=write_metadata(due.alert_id, due.message.payload_hash),
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except _CALL_ERRORS as error:
            failure = judge_failure(error)
            posted = self._find_quietly(due, started_at) if failure.outcome == "unknown" else None
            return self._adopt(due, posted) if posted else self._record_failure(due, failure)
        return self._record_sent(due, str(answer["ts"]), "posted")

    def _edit(self, due: Due, message_ts: str, action: Action) -> tuple[Delivery, bool]:
        try:
            self._client.chat_update(
                channel=self._channel,
                ts=message_ts,
                text=due.message.text,
                blocks=due.message.blocks,
                metadata=write_metadata(due.alert_id, due.message.payload_hash),
            )
        except _CALL_ERRORS as error:
            failure = judge_failure(error)
            # Editing twice gives the same message: no doubt to settle before the next try.
            outcome: FailureOutcome = "refused" if failure.outcome == "refused" else "later"
            return self._record_failure(due, Failure(failure.error, outcome, failure.stops_all))
        return self._record_sent(due, message_ts, action)

    def _find(self, due: Due, since: datetime) -> Posted | None:
        return find_posted(self._client, self._channel, due.alert_id, since, self._sender)

    def _find_quietly(self, due: Due, since: datetime) -> Posted | None:
        try:
            return self._find(due, since)
        except _CALL_ERRORS as error:
            _LOG.warning("alert %d: channel not readable after a post in doubt: %s", due.alert_id, error)
            return None

    def _record_sent(self, due: Due, message_ts: str, action: Action) -> tuple[Delivery, bool]:
        self._outbox.mark_sent(due.alert_id, self._channel, message_ts, due.message.payload_hash)
        return Delivery(due.alert_id, action), False

    def _record_failure(self, due: Due, failure: Failure) -> tuple[Delivery, bool]:
        payload_hash = due.message.payload_hash
        self._outbox.mark_failed(due.alert_id, self._channel, payload_hash, failure.error, failure.outcome)
        return Delivery(due.alert_id, failure.outcome, failure.error), failure.stops_all
