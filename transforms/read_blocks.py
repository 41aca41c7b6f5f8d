"""Markdown lines to blocks: headings, paragraphs, list items, table rows. One pass, no look-back beyond a line.

A general Markdown parser was not used: it costs 5 to 10 times the whole segmentation, and recorded policies hold much
that is not Markdown (bullet characters, text drawn from PDF files, links spread over blocks).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]

_ATX = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,})$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*$")
_LIST_ITEM = re.compile(r"(\s*)([*+-]|\d{1,3}[.)])\s+(?=\S)")
_BULLET_MARK = r"(?:[•●○▪▫■□◦‣∙·⚫➢➤►▶✓✔❖\uf0b7\uf0a7]+\s*|[–—]\s+)"
_BULLET = re.compile(rf"([\s*_]*){_BULLET_MARK}")
LEADING_BULLET = re.compile(rf"(?:{_BULLET_MARK}|-\s+)+(?=\S)")
_SEPARATOR_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*$")
_NUMBERED = re.compile(
    r"[\s*_\[]*(?:\(?[a-z]{1,4}\)|\(?\d{1,2}\)|\d{1,3}\\?[.°]|\d{1,2}(?:\.\d{1,2})+|§)", re.IGNORECASE
)
_ENDED = re.compile(r"[.;:!?…][\s*_»”\")\]]*$")
_FIRST_CHARACTER = re.compile(r"[^\s*_\[(«\"“'‘\\]")


@dataclass(slots=True)
class Block:
    """One block of raw Markdown. `level` is 1-6 for a heading; `indent` counts columns; a row has cells."""

    kind: BlockKind
    raw: str
    level: int = 0
    indent: int = 0
    is_ordered: bool = False
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    hard: list[bool] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    indent: int = 0
    is_ordered: bool = False
    columns: tuple[str, ...] = ()
    has_pending_bullet: bool = False

    def start(self, kind: BlockKind, indent: int, is_ordered: bool = False) -> None:
        self.flush()
        self.kind, self.indent, self.is_ordered = kind, indent, is_ordered

    def add(self, text: str, is_hard: bool) -> None:
        self.lines.append(text)
        self.hard.append(is_hard)

    def flush(self) -> None:
        """Close the open block; a hard line break ends it where the line before it is complete."""
        if not self.lines:
            return
        kind, start = self.kind, 0
        for index in range(1, len(self.lines) + 1):
            if index == len(self.lines) or (
                self.hard[index - 1] and _is_break(self.lines[index - 1], self.lines[index])
            ):
                raw = " ".join(self.lines[start:index])
                self.blocks.append(Block(kind, raw, indent=self.indent, is_ordered=self.is_ordered))
                kind, start, self.is_ordered = "paragraph", index, False
        self.lines, self.hard = [], []
        self.kind, self.indent = "paragraph", 0


def read_blocks(markdown: str) -> list[Block]:
    """Blocks in the order of the text. Rules, fences, quote marks and table borders are dropped: they hold no word."""
    reader = _Reader()
    for line in markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        _read_line(reader, line)
    reader.flush()
    return reader.blocks


def _read_line(reader: _Reader, line: str) -> None:
    stripped = line.strip()
    if not stripped:
        reader.flush()
        reader.columns = ()
        return
    if stripped[0] == ">":
        line = _QUOTE.sub("", line)
        stripped = line.strip()
        if not stripped:
            reader.flush()
            return
    if stripped[0] == "|" or reader.columns:
        _read_row(reader, stripped)
    elif not (_read_mark(reader, line, stripped) or _read_item(reader, line, stripped)):
        _read_text(reader, line, stripped)


def _read_mark(reader: _Reader, line: str, stripped: str) -> bool:
    """Headings, rules and fences: what a line of marks makes of the text before it."""
    first = stripped[0]
    if first in "=-" and reader.lines and _SETEXT.match(line):
        raw = " ".join(reader.lines)
        reader.blocks.append(Block("heading", raw, level=1 if first == "=" else 2))
        reader.lines, reader.hard = [], []
        return True
    if first == "#" and (found := _ATX.match(line)):
        reader.flush()
        reader.blocks.append(Block("heading", found[2], level=len(found[1])))
        return True
    if (first in "*-_=" and _RULE.match(stripped)) or (first in "`~" and _FENCE.match(line)):
        reader.flush()
        return True
    return False


def _read_item(reader: _Reader, line: str, stripped: str) -> bool:
    found = _LIST_ITEM.match(line)
    if found:
        is_ordered = found[2][0].isdigit()
        if is_ordered and reader.lines and not (reader.kind == "item" or _ENDED.search(reader.lines[-1])):
            return False  # a figure at the start of a wrapped line
        heading = _ATX.match(line[found.end() :].strip())
        if heading:
            reader.flush()
            title = f"{found[2]} {heading[2]}" if is_ordered else heading[2]
            reader.blocks.append(Block("heading", title, level=len(heading[1])))
            return True
        text = stripped if is_ordered else line[found.end() :].strip()
        reader.start("item", len(found[1].expandtabs(4)), is_ordered)
        reader.add(text, line.endswith("  "))
        return True
    found = _BULLET.match(line)
    if not found:
        return False
    if found.end() == len(line.rstrip()) or not line[found.end() :].strip():
        reader.flush()
        reader.has_pending_bullet = True
        return True
    reader.start("item", len(found[1]))
    reader.add(stripped, line.endswith("  "))
    return True


def _read_text(reader: _Reader, line: str, stripped: str) -> None:
    if not reader.lines:
        is_item = reader.has_pending_bullet
        reader.start(
            "item" if is_item else "paragraph", len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        )
        reader.has_pending_bullet = False
    is_hard = line.endswith("  ") or stripped.endswith("\\")
    reader.add(stripped.rstrip("\\") if stripped.endswith("\\") else stripped, is_hard)


def _read_row(reader: _Reader, stripped: str) -> None:
    """One line of a GFM table. The first row names the columns when a separator follows it."""
    reader.flush()
    if _SEPARATOR_ROW.match(stripped) and "-" in stripped:
        if reader.blocks and reader.blocks[-1].kind == "row" and not reader.columns:
            reader.columns = reader.blocks[-1].cells or ("",)
        return
    inner = stripped.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = tuple(cell.strip() for cell in _CELL_BORDER.split(inner))
    reader.blocks.append(Block("row", " | ".join(cells), cells=cells, columns=reader.columns))


def _is_break(before: str, after: str) -> bool:
    """Whether a hard line break separates two clauses, or only two lines of one (as in text drawn from PDF)."""
    if _ENDED.search(before) or _NUMBERED.match(after) or _BULLET.match(after):
        return True
    first = _FIRST_CHARACTER.search(after)
    return first is not None and first[0].isupper()
