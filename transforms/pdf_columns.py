"""Columns of a PDF page: text on both sides of a gutter that is read on one side first, unlike a table's cells."""

from __future__ import annotations

from statistics import median

from transforms.pdf_lines import Line
from transforms.pdf_tables import Table

# Parts of the page's or the column's width, of the size of the text.
_MIN_COLUMN = 0.2
_FULL = 0.8
_WIDE = 0.4
_FULL_SHARE = 0.4
_GUTTER = 0.6
_BESIDE = 0.3
_SAME_EDGE = 3.0
_SAME_BASELINE = 0.3
_MIN_LETTERS = 15
_LOWER_SHARE = 0.3
_MIN_LINES = 3
_LONG_COLUMN = 8
_LIST_SHARE = 0.5
_LEVEL_SHARE = 0.7
_MAX_CANDIDATES = 24
_MAX_DEPTH = 6
Item = Line | Table


def split_columns(items: list[Item], depth: int = 0) -> list[list[Item]]:
    """Items of a page, sorted from top to bottom, in parts to read one after the other."""
    found = _find_columns(items) if depth < _MAX_DEPTH else None
    if found is None:
        return [items]
    above, left, right, below = found
    return [part for one in (above, left, right, below) if one for part in split_columns(one, depth + 1)]


def _find_columns(items: list[Item]) -> tuple[list[Item], list[Item], list[Item], list[Item]] | None:
    """The largest stretch of the page with text on both sides of a gutter: what is above, left, right, below."""
    if len(items) < 2 * _MIN_LINES:
        return None
    start, end = min(item.x0 for item in items), max(item.x1 for item in items)
    least = _MIN_COLUMN * (end - start)
    best: tuple[list[Item], list[Item], list[Item], list[Item]] | None = None
    for gutter in _gutters(items, start + least, end - least):
        for first, last in _stretches(items, gutter):
            left = [item for item in items[first:last] if item.x1 <= gutter]
            right = [item for item in items[first:last] if item.x1 > gutter]
            is_larger = best is None or last - first > len(best[1]) + len(best[2])
            if is_larger and left and right and _are_columns(left, right, end - start):
                best = items[:first], left, right, items[last:]
    return best


def _gutters(items: list[Item], least: float, most: float) -> list[float]:
    """Places just beside the edges that several items share, the most common first."""
    edges = [item.x0 - _BESIDE * item.size for item in items] + [
        item.x1 + _BESIDE * item.size for item in items
    ]
    shared: list[list[float]] = []
    for edge in sorted(edge for edge in edges if least <= edge <= most):
        if shared and edge - shared[-1][0] <= _SAME_EDGE:
            shared[-1].append(edge)
        else:
            shared.append([edge])
    common = sorted((one for one in shared if len(one) >= _MIN_LINES), key=lambda one: (-len(one), one[0]))
    return [one[-1] if one[-1] < most else one[0] for one in common[:_MAX_CANDIDATES]]


def _stretches(items: list[Item], gutter: float) -> list[tuple[int, int]]:
    """Runs of items, from top to bottom, none of which crosses a gutter."""
    runs = []
    first = 0
    for place, item in enumerate(items):
        if item.x0 < gutter < item.x1:
            runs.append((first, place))
            first = place + 1
    runs.append((first, len(items)))
    return [(first, last) for first, last in runs if last - first >= 2 * _MIN_LINES]


def _are_columns(left_items: list[Item], right_items: list[Item], width: float) -> bool:
    if (
        min(item.x0 for item in right_items) - max(item.x1 for item in left_items)
        < _GUTTER * right_items[0].size
    ):
        return False
    sides = [rows_of([one for one in side if isinstance(one, Line)]) for side in (left_items, right_items)]
    shorter, longer = sorted(sides, key=len)
    prose = [side for side in sides if len(side) >= _MIN_LINES and _is_prose(side, width)]
    baselines = [row[0].y for row in longer]
    level = sum(any(abs(row[0].y - y) < 1.0 for y in baselines) for row in shorter)
    if len(prose) == 2:
        # Cells of one line stand level too, but lines of running text begin in lower case.
        return level < _LEVEL_SHARE * len(shorter) or min(map(_lower_share, sides)) >= _LOWER_SHARE
    if not prose or len(prose[0]) < _LONG_COLUMN or not shorter or _letters(shorter) < _MIN_LETTERS:
        return False
    # Beside running text: the last lines of the other column, or a list. Labels stand level with their texts.
    if prose[0] is longer and len(shorter) < _MIN_LINES:
        return True
    return len(shorter) >= _LIST_SHARE * len(longer) and level < _LEVEL_SHARE * len(shorter)


def _is_prose(rows: list[list[Line]], width: float) -> bool:
    """Whether most lines fill their column and no blank runs down through it: tables and labels are not so."""
    lines = [line for row in rows for line in row]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = [
        row
        for row in rows
        if row[-1].x1 - left >= _FULL * (right - left) and row[-1].x1 - row[0].x0 >= _WIDE * (right - left)
    ]
    is_full = right - left >= _MIN_COLUMN * width and len(full) >= _FULL_SHARE * len(rows)
    return is_full and _letters(rows) >= _MIN_LETTERS and not _has_gutter(lines)


def _lower_share(rows: list[list[Line]]) -> float:
    return sum(row[0].text[:1].islower() for row in rows) / len(rows)


def _letters(rows: list[list[Line]]) -> float:
    return median(sum(len(line.text) for line in row) for row in rows)


def _has_gutter(lines: list[Line]) -> bool:
    ordered = sorted(lines, key=lambda one: one.x0)
    end = ordered[0].x1
    for line in ordered:
        if line.x0 - end > _GUTTER * line.size:
            return True
        end = max(end, line.x1)
    return False


def rows_of(lines: list[Line]) -> list[list[Line]]:
    """Segments by baseline, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.y, one.x0)):
        if rows and line.y - rows[-1][0].y <= _SAME_BASELINE * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]
