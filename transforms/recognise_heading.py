"""Which pieces of a text are headings, and how deep: Markdown headings and those that only look like one.

Levels order headings; a heading closes all those of its own level and deeper. Markdown levels come first (10 to 65);
pseudo-headings (bold, capitals, "Article 7 -", "9. Suspension") nest below every Markdown heading, by their number.
"""

from __future__ import annotations

import re

from transforms.clause_piece import Piece
from transforms.normalise_text import has_date
from transforms.read_number import LETTER_DEPTH, OwnNumber, read_number

# Longer "headings" are clauses set in large type (a real contract marks each of its clauses as a heading).
MAX_HEADING_WORDS = 25
MAX_SENTENCE_WORDS = 14
MAX_PSEUDO_WORDS = 16
MAX_PLAIN_WORDS = 13
# "He shall:" over a list is a lead-in, "Your duties:" a title.
MAX_COLON_WORDS = 4
_PSEUDO = 70
_UNNUMBERED = 78
_PART = re.compile(
    r"(?:annex|annexe|appendix|schedule|part|partie|titre|title|chapter|chapitre|anlage|anhang|teil|anexa|załącznik|"
    r"preamble|préambule|definitions|définitions|glossary|glossaire)\b",
    re.IGNORECASE,
)


def read_level(piece: Piece, before: Piece | None, after: Piece | None) -> int:
    """Level of the heading that the piece is, or 0 when it is no heading."""
    if piece.kind == "row":
        return 0
    words = piece.text.count(" ") + 1
    own = read_number(piece.text)
    if piece.kind == "heading":
        if words > MAX_HEADING_WORDS or (words > MAX_SENTENCE_WORDS and piece.text.endswith((".", ";", ":"))):
            return 0
        return piece.level * 10 + max(0, min(own.depth, 5) - 1)
    if not _may_be_heading(piece, words) or _opens_list(piece, after):
        return 0
    if (piece.is_bold and (piece.kind == "paragraph" or piece.is_ordered)) or _is_capitals(piece.text):
        return _pseudo_level(piece.text, own)
    return _pseudo_level(piece.text, own) if _is_plain_title(piece, own, words, before, after) else 0


def _may_be_heading(piece: Piece, words: int) -> bool:
    if words > MAX_PSEUDO_WORDS or piece.is_only_link or has_date(piece.text):
        return False
    if piece.kind == "item" and not piece.is_ordered:
        return False
    if piece.text.endswith((":", "：")) and words > MAX_COLON_WORDS and not read_number(piece.text).number:
        return False
    return not piece.text.endswith((";", ",")) and not (piece.text.endswith(".") and words > 6)


def _opens_list(piece: Piece, after: Piece | None) -> bool:
    if after is None or not piece.text.endswith((":", "：")) or read_number(piece.text).number:
        return False
    return after.kind == "item" or read_number(after.text).depth == LETTER_DEPTH


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and text.count(" ") < MAX_PLAIN_WORDS and not any(map(str.islower, letters))


def _is_plain_title(piece: Piece, own: OwnNumber, words: int, before: Piece | None, after: Piece | None) -> bool:
    """A short numbered line over a text. Short numbered lines in a row are a list or a table of contents."""
    if not own.number or own.depth == LETTER_DEPTH or words > MAX_PLAIN_WORDS or after is None:
        return False
    if not own.rest[:1].isupper() or piece.text.endswith((".", "?", "!", ":")) or ". " in own.rest:
        return False
    if after.text[:1].islower() and not read_number(after.text).number:
        return False
    return not (_is_sibling(own, after) or (before is not None and _is_sibling(own, before)))


def _is_sibling(own: OwnNumber, other: Piece) -> bool:
    if other.kind == "heading" or other.text.count(" ") >= MAX_PLAIN_WORDS:
        return False
    return read_number(other.text).depth == own.depth


def _pseudo_level(text: str, own: OwnNumber) -> int:
    if _PART.match(text):
        return _PSEUDO
    if not own.number:
        return _UNNUMBERED
    return _PSEUDO + min(own.depth, LETTER_DEPTH)
