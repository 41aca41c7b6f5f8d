"""Choosing what of a page is its policy: `remove` on the whole page first, then `select`.

As in Open Terms Archive, several `select` follow each other in their own order; one that fits several
elements gives them in document order; an element that two selectors fit appears twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.cut_range import extract_range, inside, locate_range
from transforms.extraction_rules import ExtractionError, RangeSelector
from transforms.query_page import find_nodes

# Elements that the parser would unwrap when they stand alone, and what has to stand around them.
_WRAPPERS = {
    **dict.fromkeys(("thead", "tbody", "tfoot", "tr", "caption"), ("<table>", "</table>")),
    **dict.fromkeys(("td", "th"), ("<table><tr>", "</tr></table>")),
    "li": ("<ul>", "</ul>"),
}


def remove_content(tree: LexborHTMLParser, selectors: Sequence[str | RangeSelector]) -> list[int]:
    """Remove what the selectors fit, in place; returns how many elements (ranges: 1) each fitted.

    All are resolved before anything goes, so that their order does not matter.

    Raises:
        ExtractionError: a selector is not CSS, or an end of a range fits nothing.
    """
    doomed: list[list[LexborNode]] = []
    hits: list[int] = []
    for selector in selectors:
        if isinstance(selector, RangeSelector):
            doomed.append(inside(tree, locate_range(tree, selector)))
            hits.append(1)
        else:
            doomed.append(find_nodes(tree, selector))
            hits.append(len(doomed[-1]))
    drop_nodes(node for nodes in doomed for node in nodes)
    return hits


def drop_nodes(nodes: Iterable[LexborNode]) -> None:
    """Remove nodes from their tree, some of which may hold others of them."""
    by_id = {node.mem_id: node for node in nodes}
    # Removing a node frees what it holds, so only the outermost are touched.
    for node in [node for node in by_id.values() if not _is_below(node, by_id.keys())]:
        node.decompose()


def select_content(tree: LexborHTMLParser, selectors: Sequence[str | RangeSelector]) -> tuple[str, list[int]]:
    """HTML of what the selectors fit, and how many elements (ranges: 1) each fitted.

    Raises:
        ExtractionError: a selector is not CSS, an end of a range fits nothing, or nothing at all is selected.
    """
    parts: list[str] = []
    hits: list[int] = []
    for selector in selectors:
        if isinstance(selector, RangeSelector):
            parts.append(extract_range(tree, locate_range(tree, selector)))
            hits.append(1)
        else:
            found = find_nodes(tree, selector)
            for (opening, closing), group in groupby(found, key=_wrapper_of):
                parts += [opening, *(node.html or "" for node in group), closing]
            hits.append(len(found))
    if not any(hits):
        named = ", ".join(f'"{selector}"' for selector in selectors) or "(none declared)"
        raise ExtractionError(f"select {named} fits nothing in the page")
    return "".join(parts), hits


def _wrapper_of(node: LexborNode) -> tuple[str, str]:
    return _WRAPPERS.get(node.tag or "", ("", ""))


def _is_below(node: LexborNode, holders: Iterable[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in holders:
            return True
        parent = parent.parent
    return False
