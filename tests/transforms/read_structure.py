"""Words, headings, list items and table rows of a text, read from HTML or from Markdown, to be compared.

Neither side is read with what extraction is made of: HTML by lxml, Markdown by markdown-it (CommonMark with tables).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import lxml.etree
import lxml.html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

KINDS = ("heading", "item", "row")
# One element of structure: its kind (headings with their level) and its words.
Structure = Counter[tuple[str, tuple[str, ...]]]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_TEXT = "script,style,noscript,template,svg,math,canvas,iframe,object,audio,video,map,title,img"
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
    ),
    *("span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", lxml.etree.Comment),
}
_WORD = re.compile(r"\w+")
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def words(markdown: str) -> Counter[str]:
    """Words without emphasis, line breaks, escapes and table rules."""
    text = re.sub(r"<br\s*/?>", " ", markdown)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = re.sub(r"^[\s|:=-]*-{2,}[\s|:=-]*|^=+$", " ", text, flags=re.MULTILINE)
    return Counter(re.sub(r"[*_`#|~]+", " ", text).split())


def recall(found: Counter[str], wanted: Counter[str]) -> float:
    """Share of the wanted that was found."""
    return sum((found & wanted).values()) / max(1, sum(wanted.values()))


def read_html(html: str) -> Structure:
    """Structure of HTML. An item's words are its own, without those of lists, tables and headings inside it."""
    found: Structure = Counter()
    if not html.strip():
        return found
    tree = lxml.html.document_fromstring(html)
    for node in tree.cssselect(_NO_TEXT):
        node.drop_tree()
    for node in tree.iter(*_HEADINGS):
        _add(found, f"heading {node.tag}", _read(node))
    for node in tree.iter("li"):
        _add(found, "item", _read(node, without=("ul", "ol", "table", *_HEADINGS)))
    for node in tree.iter("tr"):
        if not node.cssselect("table"):
            _add(found, "row", " ".join(_read(cell) for cell in node.iterchildren("td", "th")))
    return found


def read_markdown(markdown: str) -> Structure:
    """Structure of Markdown."""
    found: Structure = Counter()
    for node in SyntaxTreeNode(_MARKDOWN.parse(markdown)).walk():
        if node.type == "heading":
            _add(found, f"heading {node.tag}", _text(node))
        elif node.type == "list_item":
            _add(found, "item", _text(node, without=("bullet_list", "ordered_list", "table", "heading")))
        elif node.type == "tr":
            _add(found, "row", " ".join(_text(cell) for cell in node.children))
    return found


def count_kept(found: Structure, wanted: Structure) -> dict[str, tuple[int, int]]:
    """Of each kind, how many of the wanted elements were found, and how many were wanted."""
    return {
        kind: (
            sum(number for (name, _), number in (found & wanted).items() if name.startswith(kind)),
            sum(number for (name, _), number in wanted.items() if name.startswith(kind)),
        )
        for kind in KINDS
    }


def _add(found: Structure, kind: str, text: str) -> None:
    if read := tuple(_WORD.findall(text.replace("_", " "))):
        found[kind, read] += 1


def _read(node: lxml.html.HtmlElement, without: tuple[str, ...] = ()) -> str:
    """Text of an element, with a blank wherever it holds something that is not inline."""
    return "".join(_html_pieces(node, without))


def _html_pieces(node: lxml.html.HtmlElement, without: tuple[str, ...]) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        gap = "" if child.tag in _INLINE else " "
        if isinstance(child.tag, str) and child.tag not in without:
            yield gap
            yield from _html_pieces(child, without)
        yield gap + (child.tail or "")


def _text(node: SyntaxTreeNode, without: tuple[str, ...] = ()) -> str:
    return "".join(_pieces(node, without))


def _pieces(node: SyntaxTreeNode, without: tuple[str, ...]) -> Iterator[str]:
    if node.type in without:
        return
    if node.type in ("text", "code_inline", "code_block", "fence"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak", "html_inline", "html_block", "paragraph"):
        yield " "
    for child in node.children:
        yield from _pieces(child, without)
