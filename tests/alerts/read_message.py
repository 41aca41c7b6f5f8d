"""What a person reads in a message, and where each run of text stands."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from alerts.build_message import build_message
from alerts.model import Message
from tests.alerts.sample_alerts import alert_content


def read_runs(message: Message) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind of paragraph, run) of the rich text blocks, in reading order."""
    for block in message.blocks:
        for part in block["elements"] if block["type"] == "rich_text" else ():
            paragraphs = part["elements"] if part["type"] == "rich_text_list" else [part]
            for paragraph in paragraphs:
                for run in paragraph["elements"]:
                    yield part["type"], run


def read_text(message: Message) -> str:
    """Header, body and footer as plain text, one line a paragraph."""
    lines: list[str] = []
    for block in message.blocks:
        if block["type"] == "header":
            lines.append(html.unescape(block["text"]["text"]))
        elif block["type"] == "context":
            lines.extend(html.unescape(element["text"]) for element in block["elements"])
        elif block["type"] == "rich_text":
            for part in block["elements"]:
                paragraphs = part["elements"] if part["type"] == "rich_text_list" else [part]
                lines.extend("".join(run["text"] for run in p["elements"]) for p in paragraphs)
    return "\n".join(lines)


def read_quote(message: Message) -> list[tuple[str, str]]:
    """Runs of the quoted clauses as (mark, text): "" unchanged, "old" struck through, "new" bold."""
    found = []
    for kind, run in read_runs(message):
        if kind == "rich_text_quote":
            style = run.get("style", {})
            found.append(("old" if style.get("strike") else "new" if style.get("bold") else "", run["text"]))
    return found


def read_french(**overrides: object) -> str:
    """Text of the French message of a sample alert, its no-break spaces made plain."""
    text = read_text(build_message(alert_content(**overrides)))
    return text.replace("\u00a0", " ").replace("\u202f", " ")
