"""Regions of a PDF page in reading order: lines made whole, and rows with aligned cells made tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.pdf_columns import Item, rows_of, split_columns
from transforms.pdf_lines import Line, make_line
from transforms.pdf_tables import Table

# A number of rows; points.
_MIN_ROWS = 3
_ALIGNED = 5.0


@dataclass(frozen=True, slots=True)
class Region:
    """What is read from top to bottom between two edges. No text goes on into or out of a box."""

    page: int
    items: tuple[Item, ...]
    left: float
    right: float
    is_box: bool = False


def order_regions(page: int, segments: Sequence[Line], tables: Sequence[Table]) -> list[Region]:
    """Regions of a page in reading order, their lines whole."""
    items: list[Item] = sorted([*segments, *tables], key=lambda item: (item.y, item.x0))
    return [region for part in split_columns(items) for region in _open_boxes(page, part)]


def _open_boxes(page: int, items: list[Item]) -> list[Region]:
    regions: list[Region] = []
    plain: list[Item] = []
    for item in items:
        if isinstance(item, Table) and item.boxes:
            regions += [_make_region(page, plain)] if plain else []
            regions += [_make_region(page, list(box), is_box=True) for box in item.boxes]
            plain = []
        else:
            plain.append(item)
    return regions + ([_make_region(page, plain)] if plain else [])


def _make_region(page: int, items: list[Item], is_box: bool = False) -> Region:
    left, right = min(item.x0 for item in items), max(item.x1 for item in items)
    return Region(page, tuple(_join_rows(items)), left, right, is_box)


def _join_rows(items: list[Item]) -> list[Item]:
    """Segments on one baseline as one line; three or more such rows with aligned cells as a table."""
    joined: list[Item] = []
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        joined += [*_join_lines(lines), item]
        lines = []
    return joined + _join_lines(lines)


def _join_lines(lines: list[Line]) -> list[Item]:
    rows = rows_of(lines)
    joined: list[Item] = []
    place = 0
    while place < len(rows):
        end = place + 1
        while end < len(rows) and len(rows[place]) > 1 and _is_aligned(rows[end - 1], rows[end]):
            end += 1
        if end - place >= _MIN_ROWS:
            joined.append(_make_table(rows[place:end]))
            place = end
        else:
            words = [word for line in rows[place] for word in line.words]
            joined.append(make_line(sorted(words, key=lambda word: (word.x0, word.order))))
            place += 1
    return joined


def _is_aligned(before: list[Line], row: list[Line]) -> bool:
    if len(before) != len(row):
        return False
    return all(
        abs(one.x0 - two.x0) <= _ALIGNED
        or abs(one.x1 - two.x1) <= _ALIGNED
        or abs(one.x0 + one.x1 - two.x0 - two.x1) <= 2 * _ALIGNED
        for one, two in zip(before, row, strict=True)
    )


def _make_table(run: list[list[Line]]) -> Table:
    lines = [line for row in run for line in row]
    return Table(
        tuple(tuple((line.text,) for line in row) for row in run),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.y for line in lines),
        lines[0].size,
    )
