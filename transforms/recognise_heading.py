"""Which pieces of a text are headings, and how deep: Markdown headings and those that only look like one.

Levels order headings; a heading closes all those of its own level and deeper. Markdown levels come first (10 to 65);
pseudo-headings (bold, capitals, "Article 7 -", "9. Suspension") nest below every Markdown heading, by their number.
"""

from __future__ import annotations

import re
from itertools import pairwise

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
    r"preamble|préambule)\b",
    re.IGNORECASE,
)


_POSTCODE = re.compile(r"\d{4}")
_DEFINITIONS = re.compile(r"(?:definitions|définitions|glossary|glossaire)\W*$", re.IGNORECASE)


def read_levels(pieces: list[Piece]) -> list[int]:
    """Level of each piece's heading, 0 where it is none."""
    around = [None, *pieces, None]
    levels = [read_level(piece, around[i], around[i + 2]) for i, piece in enumerate(pieces)]
    _promote_parts(pieces, levels)
    return levels


def _promote_parts(pieces: list[Piece], levels: list[int]) -> None:
    """An unnumbered pseudo-heading over a series that starts anew ("Part two" over "1.", "S-1") is a part of the text.

    Not so where the series before goes on afterwards (9, then 1 2 3, then 10): then it is a title inside section 9.
    """
    series = [(i, _series_key(pieces[i].text)) for i, level in enumerate(levels) if level == _PSEUDO + 1]
    for place, (position, (prefix, value)) in enumerate(series):
        before = series[place - 1] if place else None
        if before and (prefix, value) == (before[1][0], before[1][1] + 1):
            continue
        if before and _goes_on(before[1], [key for _, key in series[place:]]):
            continue
        start = before[0] if before else -1
        titles = [i for i in range(start + 1, position) if levels[i] == _UNNUMBERED]
        if titles and value <= 1:
            levels[titles[-1]] = _PSEUDO


def _series_key(text: str) -> tuple[str, int]:
    number = read_number(text).number
    digits = re.search(r"\d+", number)
    return (number[: digits.start()], int(digits[0])) if digits else (number, 0)


def _goes_on(last: tuple[str, int], following: list[tuple[str, int]]) -> bool:
    """Whether the next number of a series comes later, right after a number that is not its predecessor."""
    wanted = (last[0], last[1] + 1)
    return any(key == wanted and before != last for before, key in pairwise(following))


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
    is_numbered = bool(own.number) and own.depth != LETTER_DEPTH
    if piece.kind == "item" and not (piece.is_ordered or (piece.is_bold and is_numbered)):
        return 0
    if not _may_be_heading(piece, words) or _opens_list(piece, after):
        return 0
    if piece.is_bold or _is_capitals(piece.text):
        return _pseudo_level(piece.text, own)
    return _pseudo_level(piece.text, own) if _is_plain_title(piece, own, words, before, after) else 0


def _may_be_heading(piece: Piece, words: int) -> bool:
    if words > MAX_PSEUDO_WORDS or piece.is_only_link or has_date(piece.text):
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
    if _POSTCODE.search(text):
        return False
    return len(letters) > 3 and text.count(" ") < MAX_PLAIN_WORDS and not any(map(str.islower, letters))


def _is_plain_title(
    piece: Piece, own: OwnNumber, words: int, before: Piece | None, after: Piece | None
) -> bool:
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
    if _DEFINITIONS.match(text):
        return _PSEUDO + 1
    if not own.number:
        return _UNNUMBERED
    return _PSEUDO + min(own.depth, LETTER_DEPTH)
