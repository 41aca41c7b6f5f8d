"""Markdown to clauses: each heading, paragraph, list item and table row with its heading path, number and context."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from transforms.clause_piece import Piece, read_pieces
from transforms.join_cut_lines import join_cut_lines, join_lone_numbers
from transforms.model import Clause, ClauseKind
from transforms.normalise_text import canonical_text, text_hash
from transforms.read_blocks import read_blocks
from transforms.read_number import LETTER_DEPTH, read_number
from transforms.recognise_heading import read_levels
from transforms.strip_markdown import strip_markdown
from transforms.track_context import ContextTracker

# A line this short that repeats a heading of the same document is an entry of its table of contents.
MAX_CONTENTS_WORDS = 20
_MAX_TITLE_WORDS = 12


def split_clauses(markdown: str) -> tuple[Clause, ...]:
    """Clauses in the order of the text, positions from 0. Every word of the plain text is in exactly one clause.

    Headings are clauses too; their path holds the headings above them. An empty text has no clause.
    """
    pieces = join_cut_lines(join_lone_numbers(read_pieces(read_blocks(markdown))))
    stack: list[tuple[int, str]] = []
    context = ContextTracker()
    clauses: list[Clause] = []
    for position, (piece, level) in enumerate(zip(pieces, read_levels(pieces), strict=True)):
        if level:
            while stack and stack[-1][0] >= level:
                stack.pop()
        kind, lead = context.read(piece, is_heading=bool(level))
        path = tuple(title for _, title in stack)
        clauses.append(_make_clause(position, path, piece, kind, lead))
        if level:
            stack.append((level, piece.text))
    return _mark_contents(clauses)


def clause_from_text(heading: str, text: str, position: int = 0) -> Clause:
    """One clause from a row of labels: `heading` is a path joined by " > ", `text` may hold Markdown."""
    plain, links = strip_markdown(text)
    path = tuple(part for part in (part.strip() for part in heading.split(" > ")) if part)
    piece = Piece("paragraph", plain, links)
    return _make_clause(position, path, piece, _guess_kind(plain), "")


def _make_clause(position: int, path: tuple[str, ...], piece: Piece, kind: ClauseKind, lead: str) -> Clause:
    number, address, canonical = _address(piece.text)
    return Clause(position, number, path, piece.text, kind, lead, address, canonical, piece.links)


@lru_cache(maxsize=8192)
def _address(text: str) -> tuple[str, str, str]:
    """Own number, hash and canonical hash. Remembered: most clauses of a version stand in the one before it."""
    return read_number(text).number, text_hash(text), text_hash(canonical_text(text))


def _guess_kind(text: str) -> ClauseKind:
    own = read_number(text)
    if own.number and own.depth == LETTER_DEPTH:
        return "list_item"
    is_title = (
        own.rest[:1].isupper() and own.rest.count(" ") < _MAX_TITLE_WORDS and own.rest[-1:] not in ".;,:!?"
    )
    return "heading" if own.number and is_title and not any(map(str.isdigit, own.rest)) else "paragraph"


def _mark_contents(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Entries of a table of contents are headings: they say what a heading says, and rule nothing."""
    headings = {clause.canonical_hash for clause in clauses if clause.kind == "heading"}
    return tuple(
        replace(clause, kind="heading")
        if clause.kind != "heading"
        and clause.canonical_hash in headings
        and clause.text.count(" ") < MAX_CONTENTS_WORDS
        and clause.canonical_hash != _EMPTY
        else clause
        for clause in clauses
    )


_EMPTY = text_hash("")
