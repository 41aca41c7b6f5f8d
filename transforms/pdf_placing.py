"""What surrounds each line of a PDF: the edge it could have reached, its distance from the line above."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.pdf_lines import Line
from transforms.pdf_regions import Region
from transforms.pdf_tables import Table

# Parts of the size of the text, of the body's size, of the usual distance of lines.
_LEADING = (0.8, 2.3)
_USUAL_LEADING = 1.25
_NOTE = 0.92
_SAME_SIZE = 0.08
_RUN_GAP = 1.3
# A stretch of text narrower than its region has an edge of its own when most of its lines reach it.
_RUN_LINES = 4
_RUN_FULL = 0.85
_RUN_SHARE = 0.6
_RUN_INDENT = 2.5
_RUN_OVER = 0.05
_SAME_LEFT = 15.0
_MANY_LINES = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the right edge of its text and the distance from the line above; None at a region's start.

    `leading` is the document's usual distance between lines of this size. Points.
    """

    line: Line
    right: float
    gap: float | None
    leading: float


@dataclass(frozen=True, slots=True)
class PlacedRegion:
    """A region's lines and tables, and apart from them the small print at its foot."""

    page: int
    items: tuple[Placed | Table, ...]
    notes: tuple[Placed, ...]
    is_box: bool


def place_lines(regions: Sequence[Region], body: float) -> list[PlacedRegion]:
    """Every line of every region with its surroundings. `body` is the size of running text."""
    leading = _read_leading(regions)
    usual = _usual_rights(regions)
    return [
        _place_region(region, max(_reach(region), usual.get(index, 0.0)), leading, body)
        for index, region in enumerate(regions)
    ]


def _place_region(region: Region, right: float, leading: dict[float, float], body: float) -> PlacedRegion:
    rights = _own_rights(region.items, right, leading)
    placed: list[Placed | Table] = []
    above: Line | None = None
    for item, own_right in zip(region.items, rights, strict=True):
        if isinstance(item, Table):
            placed.append(item)
            above = None
            continue
        gap = item.y - above.y if above else None
        placed.append(Placed(item, own_right, gap, _leading_of(item, leading)))
        above = item
    cut = len(placed)
    while cut and isinstance(last := placed[cut - 1], Placed) and last.line.size < _NOTE * body:
        cut -= 1
    foot = [item for item in placed[cut:] if isinstance(item, Placed)]
    has_body = any(isinstance(item, Placed) and item.line.size >= _NOTE * body for item in placed[:cut])
    if not has_body:
        return PlacedRegion(region.page, tuple(placed), (), region.is_box)
    return PlacedRegion(region.page, tuple(placed[:cut]), tuple(foot), region.is_box)


def _reach(region: Region) -> float:
    """Right edge of a region's text; a few lines may run over it."""
    edges = sorted((item.x1 for item in region.items if isinstance(item, Line)), reverse=True)
    return edges[int(_RUN_OVER * len(edges))] if edges else region.right


def _own_rights(items: Sequence[Line | Table], right: float, leading: dict[float, float]) -> list[float]:
    """Right edge of each item: the region's, or that of a narrower stretch of running text that it belongs to."""
    rights = [right] * len(items)
    start = 0
    for place in range(1, len(items) + 1):
        if place < len(items) and _runs_on(items[place - 1], items[place], leading):
            continue
        run = [item for item in items[start:place] if isinstance(item, Line)]
        if len(run) >= _RUN_LINES:
            left, reach = min(line.x0 for line in run), max(line.x1 for line in run)
            full = [line for line in run if line.x1 - left >= _RUN_FULL * (reach - left)]
            if len(full) >= _RUN_SHARE * len(run):
                rights[start:place] = [reach] * (place - start)
        start = place
    return rights


def _runs_on(before: Line | Table, item: Line | Table, leading: dict[float, float]) -> bool:
    if isinstance(before, Table) or isinstance(item, Table):
        return False
    is_near = item.y - before.y <= _RUN_GAP * _leading_of(item, leading)
    is_alike = abs(item.size - before.size) <= _SAME_SIZE * item.size
    return is_near and is_alike and abs(item.x0 - before.x0) <= _RUN_INDENT * item.size


def _usual_rights(regions: Sequence[Region]) -> dict[int, float]:
    """For pages of one region: the right edge that pages with the same left edge and more lines reach."""
    alone = [index for index, count in _count_by_page(regions) if count == 1]
    long = [regions[index] for index in alone if len(regions[index].items) >= _MANY_LINES]
    edges = {(region.left, _reach(region)) for region in long}
    return {
        index: max(
            (right for left, right in edges if abs(left - regions[index].left) <= _SAME_LEFT), default=0.0
        )
        for index in alone
    }


def _count_by_page(regions: Sequence[Region]) -> list[tuple[int, int]]:
    counts = Counter(region.page for region in regions)
    return [(index, counts[region.page]) for index, region in enumerate(regions)]


def _read_leading(regions: Sequence[Region]) -> dict[float, float]:
    """Most common distance between lines of one size where the upper one is full: inside paragraphs, then."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for region in regions:
        for before, line in pairwise(region.items):
            if isinstance(before, Table) or isinstance(line, Table):
                continue
            gap, size = line.y - before.y, line.size
            is_full = before.x1 - region.left >= _RUN_FULL * (region.right - region.left)
            if abs(before.size - size) <= _SAME_SIZE * size and _LEADING[0] <= gap / size <= _LEADING[1]:
                gaps[_round(size)][_round(gap)] += 8 if is_full else 1
    return {size: max(counts, key=lambda gap: (counts[gap], -gap)) for size, counts in gaps.items()}


def _leading_of(line: Line, leading: dict[float, float]) -> float:
    return leading.get(_round(line.size), _USUAL_LEADING * line.size)


def _round(value: float) -> float:
    return round(2 * value) / 2
