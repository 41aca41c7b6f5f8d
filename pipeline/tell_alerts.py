"""Alerts from the warehouse to people: previews for all, Slack for those that may be sent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alerts.build_message import build_message
from alerts.deliver import deliver
from alerts.model import AlertContent, AlertedChange, Signatory, TouchedCommitment
from alerts.outbox import DeliveryReport
from alerts.preview import list_preview, write_preview, write_preview_index
from pipeline.outbox import PreparedAlert, WarehouseOutbox
from pipeline.settings import Settings
from transforms.model import Edit, Fact
from transforms.text_library import LEAST_TOLD
from warehouse.connect import open_build
from warehouse.read_alerts import read_alerts, read_signatories

# Days of messages and of the dated charter status.
PARIS = ZoneInfo("Europe/Paris")


def prepare_alerts(settings: Settings) -> list[PreparedAlert]:
    """Messages of all alerts in force, oldest change first. Nothing is sent."""
    with open_build(settings.location, "read alerts") as con:
        rows, signatories = read_alerts(con, LEAST_TOLD), read_signatories(con)
    prepared = []
    for row in rows:
        content = alert_content(row, signatories)
        message = build_message(content, settings.language)
        prepared.append(
            PreparedAlert(content, message, row["is_sendable"], row["service"], row["terms_type"])
        )
    return prepared


def preview_alerts(settings: Settings) -> Path:
    """Write every alert's preview (JSON and HTML) and their index page; returns the index."""
    folder = settings.data_folder / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for alert in prepare_alerts(settings):
        write_preview(folder, alert.content.alert_id, alert.message, settings.language)
        entries.append(list_preview(alert.content, alert.message))
    return write_preview_index(folder, entries, settings.language)


def why_preview_only(settings: Settings) -> str:
    """Why nothing may leave this machine, or ""."""
    if not settings.slack_token.get_secret_value():
        return "no token configured: preview only"
    if settings.replay_url and not settings.slack_url:
        return "VIGIE_REPLAY_URL is set, so nothing here is news: preview only"
    return ""


def deliver_alerts(settings: Settings) -> DeliveryReport | None:
    """Post or edit the messages of sendable alerts; None when they are only previewed (see `why_preview_only`)."""
    if why_preview_only(settings):
        return None
    if not settings.slack_channel:
        raise ValueError("VIGIE_SLACK_TOKEN is set but VIGIE_SLACK_CHANNEL is not: where shall alerts go?")
    outbox = WarehouseOutbox(
        settings.location, [alert for alert in prepare_alerts(settings) if alert.is_sendable]
    )
    token = settings.slack_token.get_secret_value()
    return deliver(outbox, settings.slack_channel, token, base_url=settings.slack_url or None)


def alert_content(row: dict[str, Any], signatories: list[dict[str, Any]]) -> AlertContent:
    """What a message says, from a row of `read_alerts`."""
    day = row["changed_before"].astimezone(PARIS).date()
    return AlertContent(
        alert_id=row["alert_id"],
        platform_name=row["platform_name"] or row["service"],
        platform_status=row["status"],
        document_title=row["title"],
        origin=row["origin"],
        attribution=row["attribution"] or "",
        changed_after=row["changed_after"],
        changed_before=row["changed_before"],
        changes=tuple(_alerted_change(change) for change in row["changes"]),
        stated_effective_date=row["stated_effective_date"],
        state=row["state"],
        state_since=row["state_since"],
        signatories=tuple(_signatories_on(signatories, day)),
    )


def _alerted_change(change: dict[str, Any]) -> AlertedChange:
    return AlertedChange(
        kind=change["kind"],
        heading=change["heading"],
        number=change["number"],
        before=change["clause_before"],
        after=change["clause_after"],
        edits=tuple(Edit(*edit) for edit in json.loads(change["edits"])),
        facts=tuple(Fact(**fact) for fact in json.loads(change["facts"])),
        direction=change["direction"],
        direction_rule=change["direction_rule"],
        commitments=tuple(
            TouchedCommitment(
                commitment_id=match["commitment_id"],
                title_fr=match["title_fr"],
                title_en=match["title_en"],
                evidence_level=match["evidence_level"],
                confidence=match["confidence"],
                rule_id=match["rule_id"],
            )
            for match in change["commitments"]
        ),
    )


def _signatories_on(signatories: list[dict[str, Any]], day: date) -> list[Signatory]:
    return [
        Signatory(row["name"], row["status"])
        for row in signatories
        if row["valid_from"] <= day and (row["valid_until"] is None or day < row["valid_until"])
    ]
