"""Clauses that were cut in two or three, or put together: found by joining neighbours, at most three."""

from __future__ import annotations

from rapidfuzz import fuzz

from transforms.align_clauses import Alignment, Group
from transforms.normalise_text import canonical_text

MAX_PARTS = 3
# The joined neighbours must be this like the whole (0 to 100), and clearly more than the best of them alone.
MIN_LIKENESS = 85.0
MIN_GAIN = 8.0
MIN_WHOLE_CHARS = 40


def find_splits(alignment: Alignment) -> list[Group]:
    """Older clauses that live on as several newer ones; where one had a pair, the group replaces it."""
    left = [clause.text for clause in alignment.before]
    right = [clause.text for clause in alignment.after]
    runs = _find(left, right, alignment.to_after, alignment.to_before)
    return [Group((whole,), parts, tuple((whole, part) for part in parts)) for whole, parts in runs]


def find_merges(alignment: Alignment) -> list[Group]:
    """Several older clauses that live on as one newer clause."""
    left = [clause.text for clause in alignment.after]
    right = [clause.text for clause in alignment.before]
    runs = _find(left, right, alignment.to_before, alignment.to_after)
    return [Group(parts, (whole,), tuple((part, whole) for part in parts)) for whole, parts in runs]


def _find(
    wholes: list[str], parts: list[str], to_part: list[int], to_whole: list[int]
) -> list[tuple[int, tuple[int, ...]]]:
    found: list[tuple[int, tuple[int, ...]]] = []
    for whole, text in enumerate(wholes):
        start = to_part[whole]
        if len(text) < MIN_WHOLE_CHARS or (start >= 0 and (parts[start] == text or to_whole[start] != whole)):
            continue
        run = _best_run(whole, text, parts, _starts(whole, to_part, len(parts)), to_whole)
        if run:
            if start >= 0:
                to_whole[start] = -1
            to_part[whole] = run[0]
            for part in run:
                to_whole[part] = whole
            found.append((whole, run))
    return found


def _starts(whole: int, to_part: list[int], count: int) -> list[int]:
    """Where the parts of a clause may begin: around its own pair, else after its nearest paired predecessor."""
    if to_part[whole] >= 0:
        return [
            start for start in range(to_part[whole] - MAX_PARTS + 1, to_part[whole] + 1) if 0 <= start < count
        ]
    before = next((to_part[i] for i in range(whole - 1, -1, -1) if to_part[i] >= 0), -1)
    return list(range(before + 1, min(count, before + 1 + MAX_PARTS)))


def _best_run(
    whole: int, text: str, parts: list[str], starts: list[int], to_whole: list[int]
) -> tuple[int, ...]:
    """The two or three free neighbours that are most like the whole once joined, or ()."""
    canonical = canonical_text(text)
    best: tuple[float, tuple[int, ...]] = (MIN_LIKENESS, ())
    for start in starts:
        for size in range(2, MAX_PARTS + 1):
            run = tuple(range(start, start + size))
            if run[-1] >= len(parts) or any(to_whole[part] not in (-1, whole) for part in run):
                break
            alone = max(fuzz.ratio(canonical, canonical_text(parts[part])) for part in run)
            joined = fuzz.ratio(
                canonical, canonical_text(" ".join(parts[part] for part in run)), score_cutoff=best[0]
            )
            if joined > best[0] and joined >= alone + MIN_GAIN:
                best = (joined, run)
    return best[1]
