"""Which clause of the newer version continues which of the older one: exact and canonical steps.

Order of the steps (each sees only what the ones before left): same hash in order, same hash elsewhere (moved), same
canonical hash in order, then elsewhere (renumbered or restyled), same stamp line. Deterministic: ties go to the
earlier clause.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from transforms.mask_template import template_key
from transforms.model import Clause
from transforms.normalise_text import text_hash

Key = Callable[[Clause], str]
_EMPTY = text_hash("")


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring clauses that live on as one or several others; `pairs` link those that share text."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]


class Alignment:
    """Pairs found so far between two lists of clauses; positions are indexes into them, -1 means not yet paired."""

    def __init__(self, before: Sequence[Clause], after: Sequence[Clause]) -> None:
        self.before, self.after = before, after
        self.to_after = [-1] * len(before)
        self.to_before = [-1] * len(after)

    def pair(self, left: int, right: int) -> None:
        """Record that the clause at `left` continues as the one at `right`."""
        self.to_after[left] = right
        self.to_before[right] = left

    def free_before(self) -> list[int]:
        """Positions of older clauses without a continuation yet."""
        return [position for position, right in enumerate(self.to_after) if right < 0]

    def free_after(self) -> list[int]:
        """Positions of newer clauses without an origin yet."""
        return [position for position, left in enumerate(self.to_before) if left < 0]

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Unpaired clauses between two neighbouring pairs that stand in order: (older side, newer side)."""
        anchors = self.ordered()
        left_start = right_start = 0
        for left, right in [*anchors, (len(self.to_after), len(self.to_before))]:
            lefts = [i for i in range(left_start, left) if self.to_after[i] < 0]
            rights = [j for j in range(right_start, right) if self.to_before[j] < 0]
            if lefts and rights:
                yield lefts, rights
            left_start, right_start = left + 1, right + 1

    def ordered(self) -> list[tuple[int, int]]:
        """The longest run of pairs (older, newer) whose order is the same on both sides."""
        pairs = [(left, right) for left, right in enumerate(self.to_after) if right >= 0]
        if all(pairs[i][1] < pairs[i + 1][1] for i in range(len(pairs) - 1)):
            return pairs
        rights = [right for _, right in pairs]
        rank = {right: position for position, right in enumerate(sorted(rights))}
        ids = [rank[right] for right in rights]
        ordered = LCSseq.opcodes(ids, list(range(len(ids))))
        return [
            pairs[k] for code in ordered if code.tag == "equal" for k in range(code.src_start, code.src_end)
        ]


def align_same(before: Sequence[Clause], after: Sequence[Clause]) -> Alignment:
    """Alignment by equality: everything but rewording, splitting and merging."""
    alignment = Alignment(before, after)
    _pair_ends(alignment)
    _pair_in_order(alignment, _by_text)
    _pair_anywhere(alignment, _by_text)
    _pair_in_order(alignment, _by_canonical)
    _pair_anywhere(alignment, _by_canonical)
    _pair_in_order(alignment, _by_template)
    return alignment


def _by_text(clause: Clause) -> str:
    return clause.text_hash


def _by_canonical(clause: Clause) -> str:
    return "" if clause.canonical_hash == _EMPTY else clause.canonical_hash


def _by_template(clause: Clause) -> str:
    return template_key(clause.text)


def _pair_ends(alignment: Alignment) -> None:
    """Common beginning and end: most versions differ in a few clauses only."""
    before, after = alignment.before, alignment.after
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start].text_hash == after[start].text_hash:
        alignment.pair(start, start)
        start += 1
    end = 1
    while end <= shorter - start and before[-end].text_hash == after[-end].text_hash:
        alignment.pair(len(before) - end, len(after) - end)
        end += 1


def _pair_in_order(alignment: Alignment, key: Key) -> None:
    """Within each gap: first keys that are unique on both sides (patience), then the longest common run of all."""
    for only_unique in (True, False):
        for lefts, rights in list(alignment.gaps()):
            _pair_run(alignment, key, lefts, rights, only_unique=only_unique)


def _pair_run(
    alignment: Alignment, key: Key, lefts: list[int], rights: list[int], *, only_unique: bool
) -> None:
    left_keys = [key(alignment.before[i]) for i in lefts]
    right_keys = [key(alignment.after[j]) for j in rights]
    known = set(left_keys) & set(right_keys) - {""}
    if only_unique:
        left_counts, right_counts = Counter(left_keys), Counter(right_keys)
        known = {name for name in known if left_counts[name] == right_counts[name] == 1}
    if not known:
        return
    ids = {name: number for number, name in enumerate(sorted(known))}
    left_run = [(i, ids[name]) for i, name in zip(lefts, left_keys, strict=True) if name in known]
    right_run = [(j, ids[name]) for j, name in zip(rights, right_keys, strict=True) if name in known]
    for code in LCSseq.opcodes([n for _, n in left_run], [n for _, n in right_run]):
        if code.tag == "equal":
            for step in range(code.src_end - code.src_start):
                alignment.pair(left_run[code.src_start + step][0], right_run[code.dest_start + step][0])


def _pair_anywhere(alignment: Alignment, key: Key) -> None:
    """Same key at another place; a clause under the same heading is preferred."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for right in alignment.free_after():
        waiting[key(alignment.after[right])].append(right)
    waiting.pop("", None)
    for left in alignment.free_before():
        clause = alignment.before[left]
        candidates = waiting.get(key(clause))
        if candidates:
            same_path = [j for j in candidates if alignment.after[j].heading_path == clause.heading_path]
            right = (same_path or candidates)[0]
            candidates.remove(right)
            alignment.pair(left, right)
