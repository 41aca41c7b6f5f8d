"""A message, and the list of messages, as self-contained HTML pages: no script, no external resource."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from alerts.format_days import format_day, paris_day
from alerts.model import AlertContent, AlertState, Language, Message

_STATES: Final[dict[Language, dict[AlertState, str]]] = {
    "fr": {"in_force": "en vigueur", "undone": "annulé", "in_force_again": "de nouveau en vigueur"},
    "en": {"in_force": "in force", "undone": "undone", "in_force_again": "in force again"},
}


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """One line of the list of previews. `found_on` is the day, Europe/Paris, by which the change was seen."""

    alert_id: int
    headline: str
    document_title: str
    found_on: date
    state: AlertState
    origin: str
    is_digest: bool


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("alerts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unescape_slack"] = html.unescape
    return environment


def render_html(message: Message, language: Language = "fr", index_name: str | None = None) -> str:
    """Page that shows the message as Slack would. `index_name` adds a link to the list of previews."""
    template = _environment().get_template("message.html.j2")
    return template.render(message=message, language=language, index_name=index_name)


def render_index_html(entries: Sequence[PreviewEntry], language: Language = "fr") -> str:
    """Page that lists previews, latest first."""
    latest_first = sorted(entries, key=lambda entry: (entry.found_on, entry.alert_id), reverse=True)
    days = {entry.found_on: format_day(entry.found_on, language) for entry in latest_first}
    template = _environment().get_template("index.html.j2")
    return template.render(entries=latest_first, days=days, states=_STATES[language], language=language)


def list_preview(content: AlertContent, message: Message) -> PreviewEntry:
    """Entry of the list for one alert; its headline is that of the message."""
    return PreviewEntry(
        content.alert_id,
        html.unescape(message.blocks[0]["text"]["text"]),
        content.document_title,
        paris_day(content.changed_before),
        content.state,
        content.origin,
        content.is_digest,
    )
