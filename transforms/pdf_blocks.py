"""Lines of a PDF to blocks: paragraphs, items, headings and tables made whole across lines, columns and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from transforms.pdf_breaks import Block, continues, open_block
from transforms.pdf_lines import Line
from transforms.pdf_placing import Placed, PlacedRegion
from transforms.pdf_regions import Region
from transforms.pdf_tables import Table

_SAME_EDGE = 5.0


def read_body(regions: Sequence[Region]) -> tuple[float, bool]:
    """Size of running text, and whether that is bold: what most characters of the document are set in."""
    sizes, bold = Counter[float](), Counter[bool]()
    for region in regions:
        for item in region.items:
            size = round(2 * item.size) / 2
            if isinstance(item, Line):
                sizes[size] += len(item.text)
                bold[item.is_bold] += len(item.text)
            else:
                sizes[size] += sum(len(line) for row in item.rows for cell in row for line in cell)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0), bold[True] > bold[False]


def build_blocks(regions: Sequence[PlacedRegion], body: float) -> list[Block | Table]:
    """Blocks in reading order. Notes at a page's foot follow the paragraph that the page's end interrupts."""
    blocks: list[Block | Table] = []
    notes: list[Block | Table] = []
    was_box = False
    for region in regions:
        for place, item in enumerate(region.items):
            is_apart = not place and (region.is_box or was_box)
            last = blocks[-1] if blocks and not is_apart else None
            if isinstance(item, Placed) and isinstance(last, Block) and continues(last, item, body):
                last.lines.append(item.line)
                last.right = item.right
                continue
            if isinstance(item, Table) and isinstance(last, Table) and not place and _goes_on(last, item):
                blocks[-1] = _extend(last, item)
                continue
            blocks += notes
            notes = []
            blocks.append(item if isinstance(item, Table) else open_block(item))
        notes += _build_notes(region.notes, body)
        was_box = region.is_box
    return blocks + notes


def _build_notes(lines: Sequence[Placed], body: float) -> list[Block | Table]:
    blocks: list[Block | Table] = []
    for line in lines:
        last = blocks[-1] if blocks else None
        if isinstance(last, Block) and continues(last, line, body):
            last.lines.append(line.line)
        else:
            blocks.append(open_block(line))
    return blocks


def _goes_on(last: Table, table: Table) -> bool:
    """Whether a table at the top of a page is the one at the foot of the page before."""
    is_same_place = abs(last.x0 - table.x0) <= _SAME_EDGE and abs(last.x1 - table.x1) <= _SAME_EDGE
    return is_same_place and len(last.rows[0]) == len(table.rows[0])


def _extend(last: Table, table: Table) -> Table:
    """The table with the next page's rows; column names that the page repeats are left out."""
    rows = table.rows[1:] if table.rows[0] == last.rows[0] else table.rows
    return replace(last, rows=last.rows + rows)
