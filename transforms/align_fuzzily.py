"""Reworded clauses: candidates through an index of rare words, scored by likeness of text, path, number and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from transforms.align_clauses import Alignment
from transforms.model import Clause
from transforms.normalise_text import canonical_text

# Likeness (0 to 100, share of characters in common order) that makes two texts one clause. Below it, a reader of the
# dev history's pairs called them two clauses.
MIN_LIKENESS = 62.0
# Alone between the same two neighbours, under the same heading, less is enough.
MIN_LIKENESS_ALONE = 45.0
# A fragment this short is alike by chance ("of the Site," / "on the Site,"): more is asked.
SHORT_WORDS = 5
MIN_LIKENESS_SHORT = 80.0
# Two sentences of one language share half their characters in order by chance, but a quarter of their words. Above
# SURE_LIKENESS the words are not asked: damaged text keeps its characters and loses its words.
SURE_LIKENESS = 78.0
MIN_SHARED_WORDS = 0.34
PATH_BONUS = 6.0
NUMBER_BONUS = 3.0
GAP_BONUS = 6.0
CONTAINED_SHARE = 0.85
CONTAINED_LIKENESS = 60.0
MIN_CONTAINED_WORDS = 8
MAX_CANDIDATES = 6
# All pairs are scored inside a gap up to this many; larger gaps go through the index.
MAX_GAP_PAIRS = 400
# The rarest words of a clause say which others may continue it; more of them find no more.
_MAX_WORDS = 16


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    left: int
    right: int


def align_fuzzily(alignment: Alignment) -> None:
    """Pair the clauses that equality left over, best likeness first; earlier positions win ties."""
    gaps = list(alignment.gaps())
    gap_of = {i: number for number, (lefts, _) in enumerate(gaps) for i in lefts}
    gap_of_right = {j: number for number, (_, rights) in enumerate(gaps) for j in rights}
    texts = _Texts(alignment)
    candidates = []
    for left, right in sorted(_propose(alignment, gaps, texts)):
        in_gap = left in gap_of and gap_of[left] == gap_of_right.get(right)
        is_alone = in_gap and len(gaps[gap_of[left]][0]) == len(gaps[gap_of[left]][1]) == 1
        score = _score(alignment, texts, left, right, in_gap=in_gap, is_alone=is_alone)
        if score:
            candidates.append(_Candidate(score, left, right))
    for candidate in sorted(candidates, key=lambda found: (-found.score, found.left, found.right)):
        if alignment.to_after[candidate.left] < 0 and alignment.to_before[candidate.right] < 0:
            alignment.pair(candidate.left, candidate.right)


class _Texts:
    """Canonical text and words of the unpaired clauses, computed once."""

    def __init__(self, alignment: Alignment) -> None:
        self.left = {i: canonical_text(alignment.before[i].text) for i in alignment.free_before()}
        self.right = {j: canonical_text(alignment.after[j].text) for j in alignment.free_after()}


def _propose(
    alignment: Alignment, gaps: list[tuple[list[int], list[int]]], texts: _Texts
) -> set[tuple[int, int]]:
    proposed = {
        (left, right)
        for lefts, rights in gaps
        if len(lefts) * len(rights) <= MAX_GAP_PAIRS
        for left in lefts
        for right in rights
    }
    postings: dict[str, list[int]] = defaultdict(list)
    for right, text in texts.right.items():
        for word in set(text.split()):
            postings[word].append(right)
    for left, text in texts.left.items():
        proposed.update((left, right) for right in _look_up(text, postings))
    return proposed


def _look_up(text: str, postings: dict[str, list[int]]) -> list[int]:
    """The newer clauses that share most rare words with a text."""
    votes: Counter[int] = Counter()
    known = sorted((len(postings[word]), word) for word in set(text.split()) if word in postings)
    for count, word in known[:_MAX_WORDS]:
        for right in postings[word]:
            votes[right] += 1000 // count
    return nsmallest(MAX_CANDIDATES, votes, key=lambda right: (-votes[right], right))


def _score(
    alignment: Alignment, texts: _Texts, left: int, right: int, *, in_gap: bool, is_alone: bool
) -> float:
    """Likeness with bonuses, or 0 when too low for the pair's length and place."""
    before, after = alignment.before[left], alignment.after[right]
    if (before.kind == "heading") != (after.kind == "heading") and not in_gap:
        return 0.0
    one, two = texts.left[left], texts.right[right]
    floor = _floor(one, two, is_alone=is_alone and before.heading_path == after.heading_path)
    bonus = _bonus(before, after, in_gap=in_gap)
    likeness = fuzz.ratio(one, two, score_cutoff=floor - bonus)
    if not likeness:
        likeness = _containment(one, two) if in_gap or before.heading_path == after.heading_path else 0.0
    elif likeness < SURE_LIKENESS and _share_words(one, two) < MIN_SHARED_WORDS:
        return 0.0
    total = likeness + bonus
    return total if likeness and total >= floor else 0.0


def _share_words(one: str, two: str) -> float:
    return float(LCSseq.normalized_similarity(one.split(), two.split()))


def _floor(one: str, two: str, *, is_alone: bool) -> float:
    if min(one.count(" "), two.count(" ")) < SHORT_WORDS - 1:
        return MIN_LIKENESS if is_alone else MIN_LIKENESS_SHORT
    return MIN_LIKENESS_ALONE if is_alone else MIN_LIKENESS


def _bonus(before: Clause, after: Clause, *, in_gap: bool) -> float:
    bonus = GAP_BONUS if in_gap else 0.0
    if before.heading_path == after.heading_path:
        bonus += PATH_BONUS
    if before.number and before.number == after.number:
        bonus += NUMBER_BONUS
    return bonus


def _containment(one: str, two: str) -> float:
    """A clause that grew or shrank much: nearly all words of the shorter text stand in the longer, in order."""
    shorter, longer = sorted((one.split(), two.split()), key=len)
    if len(shorter) < MIN_CONTAINED_WORDS:
        return 0.0
    return CONTAINED_LIKENESS if LCSseq.similarity(shorter, longer) >= CONTAINED_SHARE * len(shorter) else 0.0
