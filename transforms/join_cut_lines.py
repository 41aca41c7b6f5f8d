"""Paragraphs that a PDF's lines cut into pieces, joined again; numbers set on a line of their own, too.

Text drawn from a PDF often has every printed line as a paragraph of its own. Only a document that shows this layout is
touched: a single unfinished paragraph elsewhere may be meant.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from transforms.clause_piece import Piece
from transforms.read_number import read_number

# A document counts as cut when this share of its paragraphs, and at least so many, end without a full stop before one
# that starts in lower case. Real contracts kept as HTML: under 3 %; drawn from PDF: 25-60 %.
MIN_CUTS = 3
MIN_CUT_SHARE = 0.12
# A line is full when it reaches this share of the usual width of cut lines.
FULL_LINE = 0.72
MIN_REPEATS = 3
MAX_FURNITURE_WORDS = 10
_FIGURES = re.compile(r"\d+")
_ENDED = re.compile(r"[.;:!?…][»”\")\]’'\s]*$")
_LONE_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|\(?[a-z]{1,4}\)|[a-z]\.)$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:/|of|sur|de|von|din|z)\s*\d{1,3})?$", re.IGNORECASE)


def join_cut_lines(pieces: list[Piece]) -> list[Piece]:
    """The pieces with cut paragraphs joined by a blank; untouched when the document is not cut by lines.

    Page numbers and lines that every page repeats follow the paragraph that they interrupt: no word is dropped.
    """
    width = _cut_width(pieces)
    if not width:
        return pieces
    furniture = _page_furniture(pieces)
    joined: list[Piece] = []
    held: list[Piece] = []
    last_length = 0
    for piece in pieces:
        if joined and piece.kind == "paragraph" and _page_key(piece.text) in furniture:
            held.append(piece)
            continue
        if joined and _continues(joined[-1], piece, last_length, width):
            joined[-1] = joined[-1].extend(piece)
        else:
            joined += [*held, piece]
            held = []
        last_length = len(piece.text)
    return joined + held


def _page_key(text: str) -> str:
    return _FIGURES.sub("0", text) if text.count(" ") < MAX_FURNITURE_WORDS else ""


def _page_furniture(pieces: list[Piece]) -> set[str]:
    """Short lines that come back, figures aside, as headers and footers do."""
    counts = Counter(_page_key(piece.text) for piece in pieces if piece.kind == "paragraph")
    repeated = {key for key, count in counts.items() if key and count >= MIN_REPEATS and "0" in key}
    return repeated | {_page_key(piece.text) for piece in pieces if _PAGE_NUMBER.match(piece.text)}


def join_lone_numbers(pieces: list[Piece]) -> list[Piece]:
    """A number alone on its line ("11.10.", "(a)") goes to the paragraph after it; a page number stays alone."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last
            and _LONE_NUMBER.match(last.text)
            and "paragraph" in (last.kind, piece.kind)
            and piece.kind != "row"
        ):
            joined[-1] = replace(piece, text=f"{last.text} {piece.text}", links=last.links + piece.links)
        else:
            joined.append(piece)
    return joined


def _cut_width(pieces: list[Piece]) -> int:
    """Usual length, in characters, of a line that was cut; 0 when the document is not cut by lines."""
    lengths: list[int] = []
    paragraphs = 0
    for before, after in pairwise(pieces):
        if before.kind != "paragraph" or after.kind != "paragraph":
            continue
        paragraphs += 1
        if after.text[:1].islower() and not _ENDED.search(before.text) and not read_number(after.text).number:
            lengths.append(len(before.text))
    if len(lengths) < MIN_CUTS or len(lengths) < MIN_CUT_SHARE * paragraphs:
        return 0
    lengths.sort()
    return lengths[int(0.8 * (len(lengths) - 1))]


def _continues(last: Piece, piece: Piece, last_length: int, width: int) -> bool:
    if piece.kind != "paragraph" or last.kind not in ("paragraph", "item") or piece.is_bold or last.is_bold:
        return False
    if _ENDED.search(last.text):
        return False
    if read_number(piece.text).number:
        return False
    if piece.text[:1].islower():
        return True
    return last_length >= FULL_LINE * width
