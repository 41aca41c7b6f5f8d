"""Built-in filters that a declaration names: noise of a page, known to change without the policy changing.

A filter works on the parsed page before anything is removed or selected (as in Open Terms Archive), or on the
Markdown at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.clean_html import hide_protected_emails
from transforms.drop_rendering import drop_second_rendering
from transforms.extraction_rules import ExtractionError, FilterCall
from transforms.recover_characters import recover_replacement_characters
from transforms.select_html import drop_nodes
from transforms.strip_markdown import INVISIBLE

PageFilter = Callable[[LexborHTMLParser, tuple[str, ...]], None]
TextFilter = Callable[[str, tuple[str, ...]], str]

# Parameters that only follow people around.
TRACKING_PARAMETERS = re.compile(
    r"utm_\w+|mc_[ce]id|_?_hs\w+|hsCtaTracking|oly_\w+_id|vero_\w+|ml_subscriber\w*"
    r"|(?:fb|g|d|ms|y|tt|tw|rb_)cl(?:ic)?k?id|igshid|mkt_tok|s_cid|wickedid|_openstat|__s|_ga|_gl"
)
_COUNT = r"\d[\d.,\s\u00a0\u202f]*\s*[kKmM]?"
_COUNTER = re.compile(
    rf"(?:{_COUNT}\s*(?:views?|reads?|vues?|lectures?|visites?|consultations?)"
    rf"|(?:views?|vues?|lectures?|consultations?|reads?)\s*:?\s*{_COUNT}"
    rf"|(?:vu|lu|consulté|viewed|read)e?\s+{_COUNT}\s*(?:fois|times))",
    re.IGNORECASE,
)
_MAX_COUNTER_CHARS = 40
_HAS_DIGIT = re.compile(r"\d")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def remove_query_params(tree: LexborHTMLParser, names: tuple[str, ...]) -> None:
    """Take query parameters off link targets: those named, or known trackers when none is."""

    def is_unwanted(field: str) -> bool:
        name = unquote_plus(field.partition("=")[0])
        return name in names if names else TRACKING_PARAMETERS.fullmatch(name) is not None

    for link in tree.css('a[href*="?"]'):
        try:
            parts = urlsplit(link.attributes.get("href") or "")
        except ValueError:
            continue
        kept = [field for field in parts.query.split("&") if not is_unwanted(field)]
        link.attrs["href"] = urlunsplit(parts._replace(query="&".join(kept)))


def drop_view_counters(tree: LexborHTMLParser, _names: tuple[str, ...]) -> None:
    """Drop elements whose whole text is a number of views ("71.3k views"): one real page had 234 versions."""
    if tree.body is None:
        return
    counters = []
    for node in tree.body.traverse(include_text=True, skip_empty=True):
        if node.is_text_node and _HAS_DIGIT.search(node.text_content or "", 0, _MAX_COUNTER_CHARS):
            counters += [holder for holder in _holders(node) if _is_counter(holder)]
    drop_nodes(counters)


def _holders(node: LexborNode) -> Iterator[LexborNode]:
    """The element around a text and the one around that: figure and unit may stand in two spans."""
    if node.parent is not None:
        yield node.parent
        if node.parent.parent is not None:
            yield node.parent.parent


def _is_counter(node: LexborNode) -> bool:
    return _COUNTER.fullmatch(node.text().strip()) is not None


def strip_cloudflare_emails(tree: LexborHTMLParser, _names: tuple[str, ...]) -> None:
    """Hide protected e-mail addresses alike, before `select` (extraction does it afterwards in any case)."""
    hide_protected_emails(tree)


def normalise_nbsp(text: str, _names: tuple[str, ...]) -> str:
    """Every kind of space becomes the plain one: some servers alternate between them."""
    return _SPACES.sub(" ", text)


def remove_invisible_characters(text: str, _names: tuple[str, ...]) -> str:
    """Zero-width characters, direction marks and soft hyphens go: some servers sprinkle them anew each time."""
    return INVISIBLE.sub("", text)


PAGE_FILTERS: dict[str, PageFilter] = {
    "remove_query_params": remove_query_params,
    "drop_view_counters": drop_view_counters,
    "strip_cloudflare_emails": strip_cloudflare_emails,
    # Names under which Open Terms Archive's declarations call the same.
    "removeQueryParams": remove_query_params,
}
TEXT_FILTERS: dict[str, TextFilter] = {
    "recover_replacement_characters": lambda text, _names: recover_replacement_characters(text),
    "drop_second_rendering": lambda text, _names: drop_second_rendering(text),
    "remove_invisible_characters": remove_invisible_characters,
    "normalise_nbsp": normalise_nbsp,
    "convertSpacesToStandard": normalise_nbsp,
}


def check_filters(calls: Iterable[FilterCall]) -> None:
    """Refuse filters that do not exist.

    Raises:
        ExtractionError: naming the filter and those that exist.
    """
    for call in calls:
        if call.name not in PAGE_FILTERS and call.name not in TEXT_FILTERS:
            known = ", ".join(sorted({*PAGE_FILTERS, *TEXT_FILTERS}))
            raise ExtractionError(f"unknown filter {call.name}; there are {known}")


def filter_page(tree: LexborHTMLParser, calls: Iterable[FilterCall]) -> None:
    """Apply the filters that work on a parsed page, in order, in place."""
    for call in calls:
        if call.name in PAGE_FILTERS:
            PAGE_FILTERS[call.name](tree, call.arguments)


def filter_text(text: str, calls: Iterable[FilterCall]) -> str:
    """Apply the filters that work on Markdown, in order."""
    for call in calls:
        if call.name in TEXT_FILTERS:
            text = TEXT_FILTERS[call.name](text, call.arguments)
    return text
