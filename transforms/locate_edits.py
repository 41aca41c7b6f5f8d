"""Locate what changed between two texts of one clause: character spans of the edits, and the sentences that
hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from transforms.diff_words import diff_words

Span = tuple[int, int]
SENTENCE_END = re.compile(r"[.!?;]\s+|\n")


def locate_edits(before: str, after: str) -> list[tuple[Span, Span]]:
    """Character spans (before, after) of every word-level edit; an insertion has an empty span before, and so
    on."""
    located: list[tuple[Span, Span]] = []
    left = right = 0
    for edit in diff_words(before, after):
        next_left, next_right = left + len(edit.before), right + len(edit.after)
        if edit.op != "equal":
            located.append(((left, next_left), (right, next_right)))
        left, right = next_left, next_right
    return located


def gather_sentences(text: str, spans: Iterable[Span]) -> str:
    """The sentences of a text that touch any of the spans, in order, one per line."""
    bounds = [0, *(end.end() for end in SENTENCE_END.finditer(text)), len(text)]
    wanted = list(spans)
    kept = []
    for start, end in pairwise(bounds):
        if any((first < end and last > start) or first == last == end for first, last in wanted):
            kept.append(text[start:end].strip())
    return "\n".join(sentence for sentence in kept if sentence)
