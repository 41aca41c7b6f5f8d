"""Stretches of a page between two elements, delimited as DOM ranges are (dom.spec.whatwg.org/#ranges)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.extraction_rules import ExtractionError, RangeSelector
from transforms.query_page import find_nodes

# A point between nodes: indices from the root down; (.., 3) lies before the fourth child, (.., 4) after it.
Boundary = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Start and end of a range in one tree."""

    start: Boundary
    end: Boundary


def locate_range(tree: LexborHTMLParser, selector: RangeSelector) -> Stretch:
    """Where a range lies in a page.

    Raises:
        ExtractionError: either element is absent or the range ends before it starts; the selector is named.
    """
    ends: list[Boundary] = []
    for side, query, is_after in (
        ("start", selector.start, not selector.takes_start),
        ("end", selector.end, selector.takes_end),
    ):
        found = find_nodes(tree, query)
        if not found:
            raise ExtractionError(f'range "{selector}": its {side} fits nothing in the page')
        path = _path_of(found[0])
        ends.append((*path[:-1], path[-1] + 1) if is_after else path)
    if ends[1] <= ends[0]:
        raise ExtractionError(f'range "{selector}" ends before it starts')
    return Stretch(ends[0], ends[1])


def inside(tree: LexborHTMLParser, stretch: Stretch) -> list[LexborNode]:
    """The outermost nodes that lie wholly inside a stretch, in document order."""
    return [node for node, is_inside in _classify(_root(tree), (), stretch) if is_inside]


def extract_range(tree: LexborHTMLParser, stretch: Stretch) -> str:
    """HTML of a stretch; an element that it cuts through keeps its tag and what of it lies inside."""
    copy = tree.clone()
    for node in [node for node, is_inside in _classify(_root(copy), (), stretch) if not is_inside]:
        node.decompose()
    # After the cut each step from the root to the ends' common ancestor is an only child.
    kept = _root(copy)
    for left, right in zip(stretch.start[:-1], stretch.end[:-1], strict=False):
        child = kept.first_child
        if left != right or child is None:
            break
        kept = child
    return kept.inner_html or ""


def _root(tree: LexborHTMLParser) -> LexborNode:
    assert tree.root is not None, "a parsed page has a root"
    return tree.root


def _path_of(node: LexborNode) -> Boundary:
    path: list[int] = []
    current: LexborNode | None = node
    while current is not None and current.parent is not None and current.tag != "html":
        index, sibling = 0, current.prev
        while sibling is not None:
            index, sibling = index + 1, sibling.prev
        path.append(index)
        current = current.parent
    return tuple(reversed(path))


def _classify(node: LexborNode, path: Boundary, stretch: Stretch) -> Iterator[tuple[LexborNode, bool]]:
    """Outermost nodes wholly inside (True) or outside (False); those that an end cuts through are entered."""
    child, index = node.first_child, 0
    while child is not None:
        following = child.next
        before, after = (*path, index), (*path, index + 1)
        if stretch.start <= before and after <= stretch.end:
            yield child, True
        elif after <= stretch.start or before >= stretch.end:
            yield child, False
        else:
            yield from _classify(child, before, stretch)
        child, index = following, index + 1
