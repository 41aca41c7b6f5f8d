"""Clauses that were cut in two or three, or put together: found by joining neighbours, at most three."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from transforms.align_clauses import Alignment
from transforms.normalise_text import canonical_text

MAX_PARTS = 3
# The joined neighbours must be this like the whole (0 to 100), and clearly more than the best of them alone.
MIN_LIKENESS = 85.0
MIN_GAIN = 8.0
MIN_WHOLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Joint:
    """One clause (`whole`) that stands on the other side as several neighbours (`parts`)."""

    whole: int
    parts: tuple[int, ...]


def find_splits(alignment: Alignment) -> list[Joint]:
    """Older clauses that live on as several newer ones. Pairs them no further: a part's own pair is undone."""
    left = [clause.text for clause in alignment.before]
    right = [clause.text for clause in alignment.after]
    return _find(left, right, alignment.to_after, alignment.to_before)


def find_merges(alignment: Alignment) -> list[Joint]:
    """Several older clauses that live on as one newer clause."""
    left = [clause.text for clause in alignment.after]
    right = [clause.text for clause in alignment.before]
    return _find(left, right, alignment.to_before, alignment.to_after)


def _find(wholes: list[str], parts: list[str], to_part: list[int], to_whole: list[int]) -> list[Joint]:
    joints: list[Joint] = []
    for whole, text in enumerate(wholes):
        start = to_part[whole]
        if len(text) < MIN_WHOLE_CHARS or (start >= 0 and parts[start] == text):
            continue
        joint = _best_run(whole, text, parts, _starts(whole, to_part, len(parts)), to_whole)
        if joint:
            if start >= 0:
                to_whole[start] = -1
            to_part[whole] = joint.parts[0]
            for part in joint.parts:
                to_whole[part] = whole
            joints.append(joint)
    return joints


def _starts(whole: int, to_part: list[int], count: int) -> list[int]:
    """Where the parts of a clause may begin: around its own pair, else after its nearest paired predecessor."""
    if to_part[whole] >= 0:
        return [start for start in range(to_part[whole] - MAX_PARTS + 1, to_part[whole] + 1) if 0 <= start < count]
    before = next((to_part[i] for i in range(whole - 1, -1, -1) if to_part[i] >= 0), -1)
    return [start for start in range(before + 1, min(count, before + 1 + MAX_PARTS))]


def _best_run(whole: int, text: str, parts: list[str], starts: list[int], to_whole: list[int]) -> Joint | None:
    canonical = canonical_text(text)
    best: tuple[float, tuple[int, ...]] = (MIN_LIKENESS, ())
    for start in starts:
        for size in range(2, MAX_PARTS + 1):
            run = tuple(range(start, start + size))
            if run[-1] >= len(parts) or any(to_whole[part] not in (-1, whole) for part in run):
                break
            alone = max(fuzz.ratio(canonical, canonical_text(parts[part])) for part in run)
            joined = fuzz.ratio(canonical, canonical_text(" ".join(parts[part] for part in run)), score_cutoff=best[0])
            if joined > best[0] and joined >= alone + MIN_GAIN:
                best = (joined, run)
    return Joint(whole, best[1]) if best[1] else None
