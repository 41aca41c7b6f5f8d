"""Running headers, running footers and page numbers of a PDF: found by repetition at the same height, and taken off.

A line is running when most pages have, at its distance from the edge, a line that comes back. A number that counts with
the pages counts as the same; the number of an article does not, so a heading over a page is never taken for a header.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from transforms.pdf_lines import Line, cut_strips
from transforms.pdf_page import Page, Word

# Parts of the page's height; parts of the pages; points.
_ZONE = 0.2
_MOST = 0.5
_REPEATED = 0.6
_SAME_HEIGHT = 3.0
_MIN_PAGES = 2
_STRONG = 0.6
_STRONG_PAGES = 3
_APART = 1.6
_MAX_LINES = 6
_MAX_CLOSE_LINES = 2
_MAX_NUMBERS = 8
_MAX_DIGITS = 4
_NUMBER = re.compile(r"\d+")
_NAMED = re.compile(
    r"(?:articles?|art|section|chapitre|chapter|titre|title|annexe?s?|appendix|schedule|partie|part|clause|§)\W{0,3}$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?|\d{1,4}\s*(?:/|of|sur)\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4})$",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxl]{1,6}$")


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A line near an edge, its distance from it and from the next line further in."""

    page: int
    line: Line
    edge: str
    distance: float
    gap: float
    is_outermost: bool = False


def remove_running(pages: list[Page]) -> tuple[list[list[Word]], tuple[str, ...]]:
    """Words of each page without its running lines, and those lines' texts, each once as first read."""
    strips = [cut_strips(page.words) for page in pages]
    places = [place for page, lines in zip(pages, strips, strict=True) for place in _read_edges(page, lines)]
    found = _find_running(places, len(pages)) | _find_page_numbers(places)
    gone: dict[int, set[int]] = defaultdict(set)
    texts: dict[object, str] = {}
    for place in [place for place in places if place in found]:
        key = (place.edge, _NUMBER.sub("0", place.line.text))
        is_first = key not in texts
        texts.setdefault(key, place.line.text)
        # A row in a frame may head a table on each page: it is kept where it first stands.
        if not (is_first and _is_framed(pages[place.page], place.line)):
            gone[place.page].update(word.order for word in place.line.words)
    body = [[word for word in page.words if word.order not in gone[page.number]] for page in pages]
    return body, tuple(texts.values())


def _read_edges(page: Page, lines: list[Line]) -> list[_Place]:
    """Lines near the edges of a page, each edge's from the outside inwards."""
    if not lines:
        return []
    gaps = [after.y - before.y for before, after in pairwise(lines)]
    # Where a page holds nothing further in, its lines are its text, but for a lone one or a stamp on a picture.
    inmost = page.height if len(lines) == 1 or page.graphics.images else 0.0
    top = [
        _Place(page.number, line, "top", line.y, gap)
        for line, gap in zip(lines, [*gaps, inmost], strict=True)
        if line.y < _ZONE * page.height
    ]
    bottom = [
        _Place(page.number, line, "bottom", page.height - line.y, gap)
        for line, gap in zip(lines, [inmost, *gaps], strict=True)
        if line.y > (1 - _ZONE) * page.height
    ]
    sides = top, bottom[::-1]
    return [
        place
        for side in sides
        for place in (*(replace(one, is_outermost=True) for one in side[:1]), *side[1:])
    ]


def _find_running(places: list[_Place], pages: int) -> set[_Place]:
    """Lines that come back, outermost and apart from the page's text; close to it if most pages have that very line."""
    strong: set[_Place] = set()
    weak: set[_Place] = set()
    for slot in _group_by_height(places):
        if len({place.page for place in slot}) < max(_MIN_PAGES, _MOST * pages):
            continue
        on = _pages_by_form(slot)
        repeated = {place for place in slot if any(_is_near(place, on[form]) for form in _forms(place))}
        if len(repeated) >= _REPEATED * len(slot):
            weak |= repeated
            least = max(_STRONG_PAGES, _STRONG * pages)
            strong |= {place for place in slot if any(len(on[form]) >= least for form in _forms(place))}
    found: set[_Place] = set()
    for _, edge in groupby(places, key=lambda place: (place.page, place.edge)):
        block = list(takewhile(lambda place: place in weak, edge))
        apart = next((at + 1 for at, place in enumerate(block) if place.gap >= _APART * place.line.size), 0)
        is_close = not apart and strong.issuperset(block) and all(place.gap for place in block)
        if 0 < apart <= _MAX_LINES or (is_close and len(block) <= _MAX_CLOSE_LINES):
            found.update(block[: apart or None])
    return found


def _pages_by_form(slot: list[_Place]) -> dict[str, set[int]]:
    on: dict[str, set[int]] = defaultdict(set)
    for place in slot:
        for form in _forms(place):
            on[form].add(place.page)
    return on


def _is_near(place: _Place, pages: set[int]) -> bool:
    """Whether the page before or after is among some, or the one beyond it where left and right pages differ.

    A text that a document holds twice comes back at the same heights too, but many pages later.
    """
    return any(place.page + step in pages for step in (-2, -1, 1, 2))


def _group_by_height(places: list[_Place]) -> list[list[_Place]]:
    slots: list[list[_Place]] = []
    for place in sorted(places, key=lambda one: (one.edge, one.distance, one.page)):
        last = slots[-1][0] if slots else None
        if last and last.edge == place.edge and place.distance - last.distance <= _SAME_HEIGHT:
            slots[-1].append(place)
        else:
            slots.append([place])
    return slots


def _forms(place: _Place) -> set[str]:
    """The line as it reads, and with numbers that count with the pages written as a distance from the page's own."""
    text = place.line.text
    found = list(_NUMBER.finditer(text))
    forms = {text}
    for one in found[:_MAX_NUMBERS]:
        if _NAMED.search(text[: one.start()]) or len(one[0]) > _MAX_DIGITS:
            continue
        forms.add(f"{text[: one.start()]}<{int(one[0]) - place.page}>{text[one.end() :]}")
    return forms


def _find_page_numbers(places: list[_Place]) -> set[_Place]:
    """Page numbers that stand outermost, on documents too short or pages too few to show what repeats."""
    apart = [place for place in places if place.is_outermost and place.gap >= _APART * place.line.size]
    numbers = {
        place: int(_NUMBER.findall(place.line.text)[0]) - place.page
        for place in apart
        if _PAGE_NUMBER.match(place.line.text)
    }
    steps = Counter(numbers.values())
    counted = {place for place, step in numbers.items() if step == 1 or steps[step] >= _MIN_PAGES}
    return counted | {place for place in apart if _ROMAN.match(place.line.text)}


def _is_framed(page: Page, line: Line) -> bool:
    middle = line.y - line.size / 3
    return sum(rule.start < middle < rule.end for rule in page.graphics.down) > 2


def keep_aside(pages: list[Page]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """Lines of each page at other angles than its text, without those that come back (a watermark), and these once."""
    lines = [[line for view in page.aside for line in cut_strips(view)] for page in pages]
    counts = Counter(text for found in lines for text in {line.text for line in found})
    repeated = {text for text, count in counts.items() if count >= max(_MIN_PAGES, _MOST * len(pages))}
    kept = [[line for line in found if line.text not in repeated] for found in lines]
    return kept, tuple(sorted(repeated))
