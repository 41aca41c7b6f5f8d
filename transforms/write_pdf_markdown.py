"""Paragraphs and tables of a PDF to Markdown in the dialect of the pages: `#` headings, `*` bullets, pipe tables."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from transforms.join_hyphens import HyphenJoiner
from transforms.pdf_structure import Paragraph
from transforms.pdf_tables import Table

_INDENT = "  "
_MARKS = re.compile(r"[\\*_`]|~~|<(?=[a-zA-Z/!])|\](?=\()")
_AT_START = re.compile(r"(?:#{1,6}|[+-])(?=\s)|[>|]")
_ORDERED = re.compile(r"\d{1,3}[.)]\s")


def write_blocks(items: Sequence[Paragraph | Table], joiner: HyphenJoiner) -> str:
    """Markdown with an empty line between blocks but for items in a row. What holds no letter or digit is left out."""
    parts: list[str] = []
    was_item = False
    for item in items:
        text = _write_table(item, joiner) if isinstance(item, Table) else _write_paragraph(item)
        if not any(map(str.isalnum, text)):
            continue
        is_item = isinstance(item, Paragraph) and not item.level and bool(item.depth or _ORDERED.match(text))
        if parts:
            parts.append("\n" if is_item and was_item else "\n\n")
        parts.append(text)
        was_item = is_item
    return "".join(parts)


def _write_paragraph(paragraph: Paragraph) -> str:
    text = escape_marks(paragraph.text)
    if paragraph.level:
        return f"{'#' * paragraph.level} {text}"
    if paragraph.depth:
        return f"{_INDENT * (paragraph.depth - 1)}* {text}"
    return text


def escape_marks(text: str) -> str:
    """Plain text as Markdown that reads as the same plain text; figures that open an ordered list are left alone."""
    escaped = _MARKS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)
    if html.unescape(escaped) != escaped:
        escaped = escaped.replace("&", "&amp;")
    return f"\\{escaped}" if _AT_START.match(escaped) else escaped


def _write_table(table: Table, joiner: HyphenJoiner) -> str:
    width = max(len(row) for row in table.rows)
    lines = []
    for row in table.rows:
        cells = [_escape_cell(joiner.join(cell)) for cell in row] + [""] * (width - len(row))
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, f"| {' | '.join(['---'] * width)} |")
    return "\n".join(lines)


def _escape_cell(text: str) -> str:
    return escape_marks(text).replace("|", "\\|")
