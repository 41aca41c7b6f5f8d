"""The differing middle of two texts, cut at ends of sentences: what lies around it is equal and need not be read."""

from __future__ import annotations

import re

# A sentence ends after a whole word, not after "art." or "no.": cutting there would part a reference from its number.
_SENTENCE_END = re.compile(r"[^\W\d_]{5}[.;]\s+")


def narrow_texts(before: str, after: str) -> tuple[str, str, str, str]:
    """(common start, differing part before, differing part after, common end): whole sentences are common."""
    shared = before[: _count_shared(before, after)]
    start = 0
    for found in _SENTENCE_END.finditer(shared):
        start = found.end()
    left, right = before[start:], after[start:]
    tail = _shared_end(left, right)
    tail_end = _SENTENCE_END.search(tail)
    size = len(tail) - tail_end.end() if tail_end else 0
    if not size:
        return before[:start], left, right, ""
    return before[:start], left[:-size], right[:-size], left[-size:]


def _shared_end(left: str, right: str) -> str:
    size = _count_shared(left[::-1], right[::-1])
    return left[len(left) - size :]


def _count_shared(one: str, two: str) -> int:
    """Length of the common start, by halving: comparing slices is faster than a loop over characters."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
