"""The same words cut into clauses at other places: found before anything is taken for reworded.

Happens when a page glues a heading to the paragraph after it, when a PDF breaks its pages elsewhere, when a list turns
into a sentence. Exact: the squashed texts of both runs are equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from transforms.align_clauses import Alignment, Group
from transforms.model import Clause
from transforms.normalise_text import squash_text
from transforms.read_number import strip_numbers

MAX_RUN = 8
# Runs begin where both first clauses share this many characters.
_START_CHARS = 8


def match_recut(alignment: Alignment) -> list[Group]:
    """Runs of unpaired neighbours with equal words. Their clauses are paired: later steps leave them alone."""
    found: list[Group] = []
    for lefts, rights in list(alignment.gaps()):
        left_texts = {i: squash_text(alignment.before[i].text) for i in lefts}
        right_texts = {j: squash_text(alignment.after[j].text) for j in rights}
        starts: dict[str, list[int]] = defaultdict(list)
        for right in rights:
            starts[_start(alignment.after[right])].append(right)
        starts.pop("", None)
        for left in lefts:
            if alignment.to_after[left] < 0:
                group = _match_from(
                    left, starts.get(_start(alignment.before[left]), ()), alignment, left_texts, right_texts
                )
                if group:
                    found.append(group)
    return found


def _start(clause: Clause) -> str:
    text = squash_text(strip_numbers(clause.text[:60]))
    return text[:_START_CHARS] if len(text) >= _START_CHARS else ""


def _match_from(
    left: int,
    starts: Sequence[int],
    alignment: Alignment,
    left_texts: dict[int, str],
    right_texts: dict[int, str],
) -> Group | None:
    for right in starts:
        group = (
            _grow(left, right, alignment, left_texts, right_texts) if alignment.to_before[right] < 0 else None
        )
        if group:
            for pair in reversed(group.pairs):
                alignment.pair(*pair)
            return group
    return None


def _grow(
    left: int, right: int, alignment: Alignment, left_texts: dict[int, str], right_texts: dict[int, str]
) -> Group | None:
    """Add the next clause to the shorter side for as long as one side begins with the other.

    The first clauses are compared without own numbers: a number may change while the words are cut elsewhere.
    """
    lefts, rights = [left], [right]
    one = squash_text(strip_numbers(alignment.before[left].text))
    two = squash_text(strip_numbers(alignment.after[right].text))
    while one != two:
        if len(one) < len(two):
            if (
                not two.startswith(one)
                or not (following := left_texts.get(lefts[-1] + 1))
                or len(lefts) == MAX_RUN
            ):
                return None
            lefts.append(lefts[-1] + 1)
            one += following
        else:
            if (
                not one.startswith(two)
                or not (following := right_texts.get(rights[-1] + 1))
                or len(rights) == MAX_RUN
            ):
                return None
            rights.append(rights[-1] + 1)
            two += following
    if len(lefts) == len(rights) == 1:
        return None
    return Group(tuple(lefts), tuple(rights), _overlaps(lefts, rights, left_texts, right_texts))


def _overlaps(
    lefts: Sequence[int], rights: Sequence[int], left_texts: dict[int, str], right_texts: dict[int, str]
) -> tuple[tuple[int, int], ...]:
    pairs = []
    left_end = 0
    for left in lefts:
        left_start, left_end = left_end, left_end + len(left_texts[left])
        right_end = 0
        for right in rights:
            right_start, right_end = right_end, right_end + len(right_texts[right])
            if max(left_start, right_start) < min(left_end, right_end):
                pairs.append((left, right))
    return tuple(pairs)
