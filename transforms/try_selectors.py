"""What each selector of a declaration fits on a page, told for all of them, also where extraction would give up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.cut_range import inside, locate_range
from transforms.decode_page import decode_page
from transforms.extraction_rules import (
    ExtractionError,
    ExtractionRules,
    RangeSelector,
    SelectorRole,
    Snapshot,
)
from transforms.filters import filter_page
from transforms.name_encoding import charset_of
from transforms.query_page import find_nodes
from transforms.recognise_format import recognise_format
from transforms.select_html import remove_content

# Where pages usually hold their text: offered to whoever looks for a selector.
LANDMARKS = ("main", '[role="main"]', "article", "#content", "#main-content", ".article-body", ".content")
SAMPLES = 3
SAMPLE_CHARS = 60


@dataclass(frozen=True, slots=True)
class TriedSelector:
    """How many elements a selector fits (a range: 1 or 0), and the first words of some of them.

    `number` is the selector's place among those of its role, `error` why it cannot be applied ("" where it can).
    """

    page: int
    role: SelectorRole
    number: int
    selector: str
    count: int = 0
    samples: tuple[str, ...] = ()
    error: str = ""


def try_selectors(page: Snapshot, rules: ExtractionRules, number: int = 0) -> tuple[TriedSelector, ...]:
    """Each `remove` on the whole page, then each `select` on what they leave; none where the page is not HTML.

    `number` is the page's place in its document, from 0.
    """
    try:
        if recognise_format(page) != "html":
            return ()
    except ExtractionError:
        return ()
    tree = LexborHTMLParser(decode_page(page.body, charset_of(page.content_type))[0])
    filter_page(tree, rules.filters)
    removed = [_try(tree, number, "remove", *item) for item in enumerate(rules.remove)]
    remove_content(tree, [rules.remove[tried.number] for tried in removed if not tried.error])
    selected = [_try(tree, number, "select", *item) for item in enumerate(rules.select)]
    return (*removed, *selected)


def offer_selectors(page: Snapshot) -> tuple[tuple[str, int], ...]:
    """Landmarks of an HTML page that fit one element, with the number of characters they hold; the longest first."""
    tree = LexborHTMLParser(decode_page(page.body, charset_of(page.content_type))[0])
    found = [(landmark, find_nodes(tree, landmark)) for landmark in LANDMARKS]
    sized = [
        (name, len(" ".join(nodes[0].text(separator=" ").split())))
        for name, nodes in found
        if len(nodes) == 1
    ]
    return tuple(sorted(sized, key=lambda offer: -offer[1]))


def _try(
    tree: LexborHTMLParser, page: int, role: SelectorRole, place: int, selector: str | RangeSelector
) -> TriedSelector:
    try:
        if isinstance(selector, RangeSelector):
            nodes = inside(tree, locate_range(tree, selector))
            count = 1
        else:
            nodes = find_nodes(tree, selector)
            count = len(nodes)
    except ExtractionError as error:
        return TriedSelector(page, role, place, str(selector), error=str(error))
    return TriedSelector(page, role, place, str(selector), count, _sample(nodes))


def _sample(nodes: Sequence[LexborNode]) -> tuple[str, ...]:
    samples: list[str] = []
    for node in nodes:
        text = " ".join(node.text(separator=" ").split())
        if text and text not in samples:
            samples.append(text if len(text) <= SAMPLE_CHARS else f"{text[: SAMPLE_CHARS - 1].rstrip()}…")
        if len(samples) == SAMPLES:
            break
    return tuple(samples)
