"""Whether a printed line goes on with the block above it or begins another: by place, style, marks and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.pdf_contents import LEADERS
from transforms.pdf_lines import BULLETS, DASHES, Line
from transforms.pdf_placing import Placed
from transforms.read_number import read_number

# Parts of the size of the text, of the usual distance of lines.
_SAME_SIZE = 0.08
_WIDER = 1.25
_INDENT = 0.8
_O_GAP = 0.45
_ROOM = 0.3
_CENTRED = 1.0
_BULLET = re.compile(rf"(?:[{re.escape(BULLETS)}*]\s*)+|[{DASHES}]\s+(?=\S)|o\s(?=\S)|[{DASHES}o]$")
_ENDED = re.compile(r"[.;:!?…][»”\")\]’'\s]*$")
_CUT_WORD = re.compile(r"[^\W\d_][-\u00ad‐]$")
# A line does not end a text on these.
_TAIL = re.compile(
    r"(?<![^\W\d_])(?:à|au|aux|avec|ce|ces|cette|chez|dans|de|des|du|en|entre|la|le|les|leurs?|où|par|pas|pour|que?|qui|"
    r"sa|sans|se|ses|si|son|sous|sur|une?|vers|an?|as|at|by|for|from|if|in|is|of|on|such|that|the|their|this|to|with)$"
)
_LIST_TAIL = re.compile(r"(?:,|(?<![^\W\d_])(?:et|ou|et/ou|and|or|and/or))$")
_STICKS_LEFT = re.compile(r"[:;!?»%€$)\]]+[.,;]?$")
_STICKS_RIGHT = re.compile(r"[«(\[]$|\d[\d.,]*$")


@dataclass(slots=True)
class Block:
    """A paragraph, item or heading. `mark` is its bullet or number; `x` its left edge, `hang` that of its text."""

    lines: list[Line] = field(default_factory=list)
    mark: str = ""
    is_bullet: bool = False
    x: float = 0.0
    hang: float = 0.0
    right: float = 0.0

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.is_bold for line in self.lines)


def open_block(placed: Placed) -> Block:
    """A block that begins with a line."""
    line = placed.line
    bullet = read_bullet(line)
    mark = bullet or read_number(line.text).number
    second = line.words[1].x0 if mark and len(line.words) > 1 else line.x0
    return Block([line], mark, bool(bullet), line.x0, second, placed.right)


def read_bullet(line: Line) -> str:
    """The bullet that a line begins with, or "". A letter "o" is one if a gap follows it."""
    found = _BULLET.match(line.text)
    if not found:
        return ""
    if (
        found[0][0] == "o"
        and len(line.words) > 1
        and line.words[1].x0 - line.words[0].x1 < _O_GAP * line.size
    ):
        return ""
    return found[0].strip()


def continues(block: Block, placed: Placed, body: float) -> bool:
    """Whether a line belongs to the block above it. A gap of None: a column or a page lies between them."""
    line, last = placed.line, block.lines[-1]
    if LEADERS.search(last.text) or not _is_alike(last, line):
        return False
    if placed.gap is not None and not 0 <= placed.gap <= _WIDER * placed.leading + 0.5:
        return False
    if block.is_bullet and last.text == block.mark:
        return True
    is_full = not _would_fit(last, line, block.right)
    is_open = not _ENDED.search(last.text)
    if is_open and _reads_on(last.text, line):
        return True
    if _opens_item(block, line, is_full, is_open):
        return False
    if _CUT_WORD.search(last.text) and line.text[:1].islower():
        return True
    if block.is_bold != line.is_bold:
        return is_full and is_open
    return _goes_on(block, placed, body, is_full, is_open)


def _goes_on(block: Block, placed: Placed, body: float, is_full: bool, is_open: bool) -> bool:
    """Whether a line of the same kind goes on with a block, by where the lines end and begin."""
    line, last = placed.line, block.lines[-1]
    is_lower = line.text[:1].islower()
    if line.size > (1 + _SAME_SIZE) * body or block.is_bold:
        is_whole = placed.gap is None or not (is_full or _is_centred(last, line))
        return is_open and (is_lower or not is_whole)
    if is_open and (is_full or is_lower):
        return True
    return placed.gap is not None and is_full and not _is_indented(block, line)


def _reads_on(last: str, line: Line) -> bool:
    """Whether a text cannot end where its last line does. Before another item "," and "and" can stand at an end."""
    if read_bullet(line):
        return False
    return bool(_TAIL.search(last)) or (bool(_LIST_TAIL.search(last)) and not read_number(line.text).number)


def _is_alike(last: Line, line: Line) -> bool:
    return abs(last.size - line.size) <= _SAME_SIZE * max(last.size, line.size)


def _would_fit(last: Line, line: Line, right: float) -> bool:
    """Whether the line's first word had room at the end of the line above: who wrote the text broke it there."""
    end = 1
    if _STICKS_RIGHT.search(line.words[0].text):
        end += 1
    while end < len(line.words) and (line.words[end].is_glued or _STICKS_LEFT.match(line.words[end].text)):
        end += 1
    first = line.words[:end]
    return last.x1 + _ROOM * line.size + first[-1].x1 - line.x0 <= right


def _opens_item(block: Block, line: Line, is_full: bool, is_open: bool) -> bool:
    bullet = read_bullet(line)
    if bullet and bullet[0] not in DASHES + "o":
        return True
    if not bullet and not read_number(line.text).number:
        return False
    if not is_open or not is_full:
        return True
    is_listed = bool(block.mark) and block.hang - block.x > _INDENT / 2 * line.size
    at_mark = abs(line.x0 - block.x) <= _INDENT / 2 * line.size
    return (
        (is_listed and at_mark)
        or (bool(bullet) and block.is_bullet)
        or line.x0 < block.x - _INDENT * line.size
    )


def _is_indented(block: Block, line: Line) -> bool:
    """Whether a line after a full, finished one begins further right than the text it would continue."""
    if len(block.lines) > 1:
        return line.x0 > block.lines[-1].x0 + _INDENT * line.size
    return line.x0 > max(block.x, block.hang) + _INDENT * line.size


def _is_centred(last: Line, line: Line) -> bool:
    is_shifted = abs(last.x0 - line.x0) > _INDENT * line.size
    return is_shifted and abs(last.x0 + last.x1 - line.x0 - line.x1) <= 2 * _CENTRED * line.size
