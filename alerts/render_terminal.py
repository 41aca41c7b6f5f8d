"""A message as a terminal shows it, readable too where colours and strike-through are lost (logs, pipes)."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from alerts.model import Message

_QUOTE_INDENT: Final = (0, 0, 0, 4)


def render_terminal(message: Message) -> Panel:
    """Rich renderable. Old words are written "~old~" and new ones "*new*" inside quoted clauses."""
    return Panel(Group(*(part for block in message.blocks for part in _render_block(block))), padding=(1, 2))


def _render_block(block: Mapping[str, Any]) -> Iterator[RenderableType]:
    kind = block["type"]
    if kind == "divider":
        yield Rule(style="dim")
    elif kind == "header":
        yield Text(html.unescape(block["text"]["text"]) + "\n", style="bold")
    elif kind == "context":
        for element in block["elements"]:
            yield Text(html.unescape(element["text"]), style="dim")
    elif kind == "rich_text":
        for part in block["elements"]:
            yield from _RENDERERS[part["type"]](part)
    else:
        raise ValueError(f"no terminal rendering for block type {kind!r}")


def _render_paragraph(part: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield _join_runs(part["elements"])


def _render_list(part: Mapping[str, Any]) -> Iterator[RenderableType]:
    for item in part["elements"]:
        yield Text("  • ").append_text(_join_runs(item["elements"]))


def _render_quote(part: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield Padding(_join_runs(part["elements"], old_mark="~", new_mark="*"), _QUOTE_INDENT)


_RENDERERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[RenderableType]]]] = {
    "rich_text_section": _render_paragraph,
    "rich_text_list": _render_list,
    "rich_text_quote": _render_quote,
}


def _join_runs(runs: list[Mapping[str, Any]], old_mark: str = "", new_mark: str = "") -> Text:
    line = Text()
    for run in runs:
        style = run.get("style", {})
        if style.get("strike"):
            line.append(f"{old_mark}{run['text']}{old_mark}", style="red strike")
        elif style.get("bold"):
            line.append(f"{new_mark}{run['text']}{new_mark}", style="bold green" if new_mark else "bold")
        elif run["type"] == "link":
            line.append(run["text"], style=f"link {run['url']}").append(f" ({run['url']})", style="dim")
        else:
            line.append(run["text"], style="italic" if style.get("italic") else "")
    return line
