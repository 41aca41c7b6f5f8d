"""Paragraphs that a PDF's lines cut into pieces, joined again.

Text drawn from a PDF often has every printed line as a paragraph of its own. Only a document that shows this layout is
touched: a single unfinished paragraph elsewhere may be meant.
"""

from __future__ import annotations

import re

from transforms.clause_piece import Piece
from transforms.read_number import read_number

# A document counts as cut when this share of its paragraphs, and at least so many, end without a full stop before one
# that starts in lower case. Real contracts kept as HTML: under 3 %; drawn from PDF: 25-60 %.
MIN_CUTS = 3
MIN_CUT_SHARE = 0.12
# A line is full when it reaches this share of the usual width of cut lines.
FULL_LINE = 0.72
_ENDED = re.compile(r"[.;:!?…][»”\")\]’'\s]*$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:/|of|sur|de|von|din|z)\s*\d{1,3})?$", re.IGNORECASE)


def join_cut_lines(pieces: list[Piece]) -> list[Piece]:
    """The pieces with cut paragraphs joined by a blank; untouched when the document is not cut by lines."""
    width = _cut_width(pieces)
    if not width:
        return pieces
    joined: list[Piece] = []
    last_length = 0
    for piece in pieces:
        if joined and _continues(joined[-1], piece, last_length, width):
            last = joined[-1]
            joined[-1] = last.extend(piece)
        else:
            joined.append(piece)
        last_length = len(piece.text)
    return joined


def _cut_width(pieces: list[Piece]) -> int:
    """Usual length, in characters, of a line that was cut; 0 when the document is not cut by lines."""
    lengths: list[int] = []
    paragraphs = 0
    for before, after in zip(pieces, pieces[1:], strict=False):
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
    if _ENDED.search(last.text) or _PAGE_NUMBER.match(piece.text) or _PAGE_NUMBER.match(last.text):
        return False
    if read_number(piece.text).number:
        return False
    if piece.text[:1].islower():
        return True
    return last_length >= FULL_LINE * width
