"""CSS queries on a parsed page, with errors that name the selector."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from transforms.extraction_rules import ExtractionError


def find_nodes(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Elements that fit a CSS selector, in document order, each once.

    Raises:
        ExtractionError: the selector is not CSS that the parser understands.
    """
    try:
        return tree.css(selector)
    except SelectolaxError:
        raise ExtractionError(f'selector "{selector}" is not valid CSS') from None
