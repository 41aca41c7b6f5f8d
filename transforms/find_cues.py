"""Find compiled patterns in a reading: the presence of every place first, then their sequence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transforms.compile_cues import NEAR, Pattern
from transforms.read_terms import Reading, TermReader

START = 2
Step = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BoundPattern:
    """A pattern in the place numbers of one reader: `parts` are sequences of (place, reach); `places` are all
    of them; `cue` is the number of the cue that the pattern fires."""

    parts: tuple[tuple[Step, ...], ...]
    places: frozenset[int]
    at_start: bool
    cue: int


@dataclass(frozen=True, slots=True)
class CueIndex:
    """Patterns of one part of a clause and language, found by their most selective place."""

    patterns: tuple[BoundPattern, ...]
    by_place: Mapping[int, tuple[int, ...]]


def bind_pattern(pattern: Pattern, cue: int, reader: TermReader) -> BoundPattern:
    """Write a pattern in the place numbers of a reader."""
    parts = tuple(
        tuple((reader.number_place(element.terms), element.reach) for element in part)
        for part in pattern.parts
    )
    places = frozenset(place for part in parts for place, _reach in part)
    return BoundPattern(parts, places, pattern.at_start, cue)


def index_patterns(patterns: Iterable[tuple[Pattern, int]], reader: TermReader) -> CueIndex:
    """Index (pattern, number of its cue) by each pattern's most selective place."""
    bound: list[BoundPattern] = []
    by_place: dict[int, list[int]] = {}
    for number, (pattern, cue) in enumerate(patterns):
        bound.append(bind_pattern(pattern, cue, reader))
        by_place.setdefault(reader.number_place(pattern.anchor), []).append(number)
    return CueIndex(tuple(bound), {place: tuple(numbers) for place, numbers in by_place.items()})


def follow_sequence(steps: tuple[Step, ...], reading: Reading, first: int) -> int:
    """Last position of a sequence started at `first`, or -1: each place stands after the one before, within
    its reach."""
    reachable = [first]
    for place, reach in steps:
        row = reading.gather(place)
        found: list[int] = []
        for before in reachable:
            start = bisect_right(row, before)
            found.extend(row[start : bisect_right(row, before + reach)])
        if not found:
            return -1
        reachable = found if len(reachable) == 1 else sorted(set(found))
    return reachable[0]


def find_sequence(part: tuple[Step, ...], reading: Reading, at_start: bool) -> tuple[int, int] | None:
    """First and last position of a sequence in a reading."""
    place, reach = part[0]
    limit = max(START, reach) if reach > NEAR else START
    for first in reading.gather(place):
        if at_start and first > limit:
            return None
        last = follow_sequence(part[1:], reading, first)
        if last >= 0:
            return first, last
    return None


def find_pattern(pattern: BoundPattern, reading: Reading) -> tuple[int, int] | None:
    """First and last position of a pattern (of its first part where several), or None."""
    found: tuple[int, int] | None = None
    for part in pattern.parts:
        places = find_sequence(part, reading, pattern.at_start and found is None)
        if places is None:
            return None
        found = found or places
    return found


def find_cues(index: CueIndex, reading: Reading) -> list[tuple[int, int, int]]:
    """Number, first and last position of every cue that fires in a reading, each once."""
    present = reading.places
    candidates = {number for place in present for number in index.by_place.get(place, ())}
    fired: dict[int, tuple[int, int]] = {}
    for candidate in sorted(candidates):
        pattern = index.patterns[candidate]
        if pattern.cue in fired or not pattern.places <= present:
            continue
        span = find_pattern(pattern, reading)
        if span is not None:
            fired[pattern.cue] = span
    return [(cue, first, last) for cue, (first, last) in fired.items()]
