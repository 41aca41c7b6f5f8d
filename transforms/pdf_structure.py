"""What the blocks of a PDF are: headings with their levels by size, weight and number; items with their depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from transforms.join_hyphens import HyphenJoiner
from transforms.pdf_breaks import Block
from transforms.pdf_contents import LEADERS, read_entry, title_key
from transforms.pdf_tables import Table
from transforms.read_number import LETTER_DEPTH, OwnNumber, read_number
from transforms.recognise_heading import (
    MAX_COLON_WORDS,
    MAX_HEADING_WORDS,
    MAX_PSEUDO_WORDS,
    MAX_SENTENCE_WORDS,
)

# Parts of the body's size; two sizes closer than _SAME_SIZE are one.
_LARGER = 1.12
_NOT_SMALLER = 0.93
_SAME_SIZE = 0.04
_MAX_LEVEL = 6
_MAX_STOPPED_WORDS = 6
_NUMBERED_SHARE = 0.6
_MIN_NUMBERED = 3
_SAME_INDENT = 0.7
_PART = re.compile(
    r"(?:annexe?s?|appendix|schedule|pr[ée]ambule|preamble|partie|part|titre|title)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block's text with what it is: a heading of a level from 1, an item of a depth from 1, or neither (0, 0)."""

    text: str
    level: int = 0
    depth: int = 0


def structure_blocks(
    blocks: Sequence[Block | Table], body: float, is_body_bold: bool, joiner: HyphenJoiner
) -> list[Paragraph | Table]:
    """Blocks with their text joined, heading levels by rank of size and weight, item depths by indentation."""
    printed = [_read_text(block, joiner) if isinstance(block, Block) else "" for block in blocks]
    titles = {title_key(text) for text in printed if not LEADERS.search(text)}
    texts = [read_entry(text, titles) for text in printed]
    ranks = [
        _rank(block, text, body, is_body_bold) if isinstance(block, Block) else None
        for block, text in zip(blocks, texts, strict=True)
    ]
    levels = _read_levels(ranks, texts)
    depths = _read_depths(blocks)
    return [
        block if isinstance(block, Table) else Paragraph(text, level, 0 if level else depth)
        for block, text, level, depth in zip(blocks, texts, levels, depths, strict=True)
    ]


def _read_text(block: Block, joiner: HyphenJoiner) -> str:
    lines = [line.text for line in block.lines]
    if block.is_bullet:
        lines[0] = lines[0][len(block.mark) :].lstrip()
    return joiner.join([line for line in lines if line])


def _rank(block: Block, text: str, body: float, is_body_bold: bool) -> tuple[float, bool] | None:
    """Size and weight of a heading; None for what is no heading."""
    own = read_number(text)
    # A bullet before a bold, numbered title is an ornament; an entry of a table of contents is no heading.
    if block.is_bullet and not (block.is_bold and own.number and own.depth != LETTER_DEPTH):
        return None
    if any(LEADERS.search(line.text) for line in block.lines) or not any(map(str.isalpha, text)):
        return None
    words = text.count(" ") + 1
    size = median(line.size for line in block.lines)
    if size >= _LARGER * body:
        is_sentence = words > MAX_SENTENCE_WORDS and text.endswith((".", ";", ":"))
        return None if is_sentence or words > MAX_HEADING_WORDS else (size, block.is_bold)
    if is_body_bold or not block.is_bold or size < _NOT_SMALLER * body:
        return None
    return (body, True) if _may_be_title(text, words, own) else None


def _may_be_title(text: str, words: int, own: OwnNumber) -> bool:
    """Whether a bold line of the body's size reads as a title, by the rules for bold lines of a web page."""
    if (
        words > MAX_PSEUDO_WORDS
        or text.endswith((";", ","))
        or (own.depth == LETTER_DEPTH and text[:1].islower())
    ):
        return False
    if text.endswith("."):
        return words <= _MAX_STOPPED_WORDS
    return not text.endswith(":") or words <= MAX_COLON_WORDS or bool(own.number)


def _read_levels(ranks: Sequence[tuple[float, bool] | None], texts: Sequence[str]) -> list[int]:
    classes: list[tuple[float, bool]] = []
    for rank in sorted({rank for rank in ranks if rank}, key=lambda one: (-one[0], not one[1])):
        if not any(_is_same(rank, known) for known in classes):
            classes.append(rank)
    levels = [_find_class(rank, classes) if rank else 0 for rank in ranks]
    return [min(level, _MAX_LEVEL) for level in _lower_unnumbered(levels, texts, len(classes))]


def _find_class(rank: tuple[float, bool], classes: list[tuple[float, bool]]) -> int:
    return next(at for at, known in enumerate(classes, 1) if _is_same(rank, known))


def _is_same(one: tuple[float, bool], two: tuple[float, bool]) -> bool:
    return abs(one[0] - two[0]) <= _SAME_SIZE * two[0] and one[1] == two[1]


def _lower_unnumbered(levels: list[int], texts: Sequence[str], last: int) -> list[int]:
    """In the lowest class, where most headings are numbered, those without a number stand under them."""
    own = [text for level, text in zip(levels, texts, strict=True) if level == last and last]
    numbered = [text for text in own if read_number(text).number]
    if len(numbered) < max(_MIN_NUMBERED, _NUMBERED_SHARE * len(own)):
        return levels
    return [
        level + 1 if level == last and not read_number(text).number and not _PART.match(text) else level
        for level, text in zip(levels, texts, strict=True)
    ]


def _read_depths(blocks: Sequence[Block | Table]) -> list[int]:
    """Depth of bullets from their left edges: further right than the item before is deeper; other text starts anew."""
    depths: list[int] = []
    edges: list[float] = []
    for block in blocks:
        if isinstance(block, Table) or not block.is_bullet:
            if isinstance(block, Table) or (edges and block.x <= edges[0] + block.lines[0].size):
                edges = []
            depths.append(0)
            continue
        near = _SAME_INDENT * block.lines[0].size
        while edges and block.x < edges[-1] - near:
            edges.pop()
        if not edges or block.x > edges[-1] + near:
            edges.append(block.x)
        depths.append(len(edges))
    return depths
