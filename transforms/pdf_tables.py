"""Tables of a PDF page: cells between drawn lines, or rows between drawn lines with blank columns between words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.pdf_lines import Line, cut_strips
from transforms.pdf_page import Graphics, Page, Rule, Word

# Points.
_NEAR = 3.0
_MIN_ROW = 5.0
# Parts of a row's height, of a word's size.
_COVERS = 0.6
_GUTTER = 0.8
MAX_CELL_WORDS = 250
# A table of so few stretches between lines across has rows that only its text shows.
_FEW_BANDS = 2
# A drawing, not a table.
_MAX_RULES = 600
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each the texts of its lines. Points; `y` is the top edge.

    Cells that hold running text are `boxes` instead: the lines of each, to be read one cell after the other.
    """

    rows: tuple[tuple[Cell, ...], ...]
    x0: float
    x1: float
    y: float
    bottom: float
    size: float
    boxes: tuple[tuple[Line, ...], ...] = ()


def find_tables(page: Page, words: list[Word]) -> tuple[list[Table], list[Word]]:
    """Tables of a page by their drawn lines, and the words outside them."""
    tables: list[Table] = []
    rest = words
    for across, down in _group_rules(page.graphics):
        heights = _levels([rule.at for rule in across])
        left, right = min(rule.start for rule in across) - _NEAR, max(rule.end for rule in across) + _NEAR
        inside = [word for word in rest if _is_within(word, left, right, heights[0], heights[-1])]
        bands = [pair for pair in pairwise(heights) if pair[1] - pair[0] >= _MIN_ROW]
        if not inside or not bands:
            continue
        separators = [
            rule for rule in down or _find_gutters(inside) if left + 2 * _NEAR < rule.at < right - 2 * _NEAR
        ]
        may_split = len(bands) <= _FEW_BANDS
        rows = [row for band in bands for row in _read_band(inside, band, separators, may_split)]
        if _has_columns(rows):
            tables.append(_make_table(rows, (left, right, heights[0], heights[-1], inside[0].size)))
            taken = {word.order for word in inside}
            rest = [word for word in rest if word.order not in taken]
    return tables, rest


def _has_columns(rows: list[list[list[Word]]]) -> bool:
    wide = [row for row in rows if sum(map(bool, row)) > 1]
    return bool(wide) and 2 * len(wide) >= len([row for row in rows if any(row)])


def _make_table(rows: list[list[list[Word]]], place: tuple[float, float, float, float, float]) -> Table:
    cells = [[tuple(cut_strips(cell)) for cell in row] for row in rows if any(row)]
    if max(len(cell) for row in rows for cell in row) > MAX_CELL_WORDS:
        return Table((), *place, tuple(cell for row in cells for cell in row if cell))
    return Table(tuple(tuple(tuple(line.text for line in cell) for cell in row) for row in cells), *place)


def _is_within(word: Word, left: float, right: float, top: float, bottom: float) -> bool:
    return left < (word.x0 + word.x1) / 2 < right and top < word.y - word.size / 3 < bottom


def _read_band(
    words: list[Word], band: tuple[float, float], separators: Sequence[Rule], may_split: bool
) -> list[list[list[Word]]]:
    """Rows between two lines across: one, or one for each line of text if each has all of its cells."""
    top, bottom = band
    inside = [word for word in words if top < word.y - word.size / 3 <= bottom]
    needed = _COVERS * (bottom - top)
    bounds = _levels(
        [rule.at for rule in separators if min(rule.end, bottom) - max(rule.start, top) >= needed]
    )
    cut = [_cut_cells(list(line.words), bounds) for line in cut_strips(inside)]
    if may_split and len(cut) > 1 and bounds and all(all(row) for row in cut):
        return cut
    return [_cut_cells(inside, bounds)] if inside else []


def _cut_cells(words: list[Word], bounds: list[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(bounds) + 1)]
    for word in words:
        cells[sum((word.x0 + word.x1) / 2 > at for at in bounds)].append(word)
    return cells


def _find_gutters(words: list[Word]) -> list[Rule]:
    """Blank columns that no word crosses, as lines down their middle."""
    gutters: list[Rule] = []
    end = None
    for word in sorted(words, key=lambda one: one.x0):
        if end is not None and word.x0 - end >= _GUTTER * word.size:
            gutters.append(Rule((word.x0 + end) / 2, float("-inf"), float("inf")))
        end = max(end or word.x1, word.x1)
    return gutters


def _group_rules(graphics: Graphics) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines across with the lines down that touch them; three or more lines across of one extent without any."""
    across, down = _merge(graphics.across), _merge(graphics.down)
    if len(across) + len(down) > _MAX_RULES:
        return []
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in across:
        touching = [one for one in down if _touch(rule, one)]
        joined = [group for group in groups if any(one in group[1] for one in touching)]
        merged = ([rule], list(touching))
        for group in joined:
            merged[0].extend(group[0])
            merged[1].extend(one for one in group[1] if one not in merged[1])
            groups.remove(group)
        groups.append(merged)
    framed = [group for group in groups if group[1] and len(group[0]) > 1]
    bare: dict[tuple[int, int], list[Rule]] = {}
    for rules, found in groups:
        if not found:
            bare.setdefault((round(rules[0].start / _NEAR), round(rules[0].end / _NEAR)), []).extend(rules)
    plain: list[tuple[list[Rule], list[Rule]]] = [(rules, []) for rules in bare.values() if len(rules) > 2]
    return sorted(framed + plain, key=lambda group: min(rule.at for rule in group[0]))


def _touch(across: Rule, down: Rule) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _merge(rules: list[Rule]) -> list[Rule]:
    """Lines of one direction with those that lie upon or continue each other made one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.at), one.start, one.end, one.at)):
        last = merged[-1] if merged else None
        if last and abs(last.at - rule.at) <= 1.5 and rule.start <= last.end + _NEAR:
            merged[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _levels(places: list[float]) -> list[float]:
    """Distinct places, in order; places closer than a line is thick count as one."""
    levels: list[float] = []
    for place in sorted(places):
        if not levels or place - levels[-1] > _NEAR:
            levels.append(place)
    return levels
