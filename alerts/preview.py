"""Where no Slack token is configured, a message is shown instead of sent: terminal, JSON and HTML.

The JSON is the payload itself: its blocks can be pasted into Slack's Block Kit Builder.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alerts.model import Language, Message
from alerts.render_html import PreviewEntry, list_preview, render_html, render_index_html
from alerts.render_terminal import render_terminal

__all__ = [
    "PreviewEntry",
    "PreviewFiles",
    "list_preview",
    "render_html",
    "render_json",
    "render_terminal",
    "write_preview",
    "write_preview_index",
]

INDEX_NAME: Final = "index.html"


@dataclass(frozen=True, slots=True)
class PreviewFiles:
    """The two files of one message."""

    json: Path
    html: Path


def render_json(message: Message) -> str:
    """The payload as indented JSON, accents kept."""
    return json.dumps(message.payload, ensure_ascii=False, indent=2) + "\n"


def write_preview(folder: Path, alert_id: int, message: Message, language: Language = "fr") -> PreviewFiles:
    """Write `<alert_id>.json` and `<alert_id>.html`; each appears whole or not at all. Raises OSError."""
    files = PreviewFiles(folder / f"{alert_id}.json", folder / f"{alert_id}.html")
    _write_whole(files.json, render_json(message))
    _write_whole(files.html, render_html(message, language, INDEX_NAME))
    return files


def write_preview_index(folder: Path, entries: Sequence[PreviewEntry], language: Language = "fr") -> Path:
    """Write the page that lists the previews of the folder. Raises OSError."""
    path = folder / INDEX_NAME
    _write_whole(path, render_index_html(entries, language))
    return path


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
