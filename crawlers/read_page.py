"""What there is to see of an answer: text, title, addresses, what the declared selectors fit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from transforms.cut_range import inside, locate_range
from transforms.decode_page import decode_page
from transforms.extraction_rules import ExtractionError, RangeSelector
from transforms.query_page import find_nodes

READ_AS_TEXT = ("", "text/html", "application/xhtml+xml", "text/plain", "application/json")
# Below this a page says so little that what it tells browsers without JavaScript is its message.
NEARLY_EMPTY_CHARS = 200
_NOT_SHOWN = ["script", "style", "template"]
_ADDRESSES = "script[src], iframe[src], frame[src], form[action]"
# They fit a page of any kind, so that they fit says nothing of it.
_FITS_EVERYTHING = ("body", "html", "*")


Selector = str | RangeSelector


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page, parsed once. `source` is its HTML, `text` what browsers show of it (and what they show without JavaScript
    where that is nearly nothing), `addresses` are those of scripts, frames and forms. `selected_chars` is the length of
    the text that the declared selectors fit (0: they fit nothing; None: none is declared that could tell)."""

    source: str = ""
    text: str = ""
    title: str = ""
    addresses: tuple[str, ...] = ()
    selected_chars: int | None = None
    tree: LexborHTMLParser | None = field(default=None, compare=False)


def read_page(body: bytes | str, media_type: str, select: Sequence[Selector] = ()) -> PageSeen:
    """The page in a content-decoded body; an empty one where the media type is no text."""
    if media_type not in READ_AS_TEXT or not body:
        return PageSeen()
    source = decode_page(body)[0]
    tree = LexborHTMLParser(source)
    addresses = [
        node.attributes.get("src") or node.attributes.get("action") or "" for node in tree.css(_ADDRESSES)
    ]
    title = tree.css_first("title")
    tree.strip_tags(_NOT_SHOWN)
    hints = " ".join(node.text(separator=" ", strip=True) for node in tree.css("noscript"))
    tree.strip_tags(["noscript"])
    text = tree.root.text(separator=" ", strip=True) if tree.root else ""
    return PageSeen(
        source=source,
        text=f"{text} {hints}".strip() if len(text) < NEARLY_EMPTY_CHARS else text,
        title=title.text(strip=True) if title else "",
        addresses=tuple(addresses),
        selected_chars=_measure(tree, select),
        tree=tree,
    )


def find_link(body: bytes | str, selector: str, address: str) -> str | None:
    """The address that the first element with a link leads to which fits a CSS selector; None where there is none.

    Raises:
        ExtractionError: the selector is not CSS.
    """
    tree = LexborHTMLParser(decode_page(body)[0])
    base = tree.css_first("base[href]")
    start = urljoin(address, base.attributes.get("href") or "") if base else address
    for node in find_nodes(tree, selector):
        for name in ("href", "src", "data"):
            if target := (node.attributes.get(name) or "").strip():
                return urljoin(start, target)
    return None


def _measure(tree: LexborHTMLParser, select: Sequence[Selector]) -> int | None:
    told = [selector for selector in select if selector not in _FITS_EVERYTHING]
    if not told:
        return None
    return sum(_measure_one(tree, selector) for selector in told)


def _measure_one(tree: LexborHTMLParser, selector: Selector) -> int:
    try:
        if isinstance(selector, str):
            return sum(len(node.text(separator=" ", strip=True)) for node in find_nodes(tree, selector))
        nodes = inside(tree, locate_range(tree, selector))
        return sum(len(node.text(separator=" ", strip=True)) for node in nodes)
    except ExtractionError:
        return 0
