"""Two versions of a document compared clause by clause: what was kept, moved, renumbered, split, merged, reworded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transforms.align_clauses import Alignment, align_same
from transforms.align_fuzzily import align_fuzzily
from transforms.diff_words import diff_words
from transforms.join_split_clauses import Joint, find_merges, find_splits
from transforms.model import ChangeKind, Clause, ClauseChange, Comparison
from transforms.read_number import read_number


def compare_versions(before: Sequence[Clause], after: Sequence[Clause]) -> Comparison:
    """Compare two lists of clauses as `split_clauses` returns them.

    Every older clause is in exactly one of: a pair of equal clauses in order (kept, not listed), a change. The same
    holds for newer clauses. `pairs` are positions before -> after of all that lives on, split and merged ones included.
    Changes stand in the order of the newer version; removed clauses after the clause they followed. Deterministic.
    """
    alignment = align_same(before, after)
    align_fuzzily(alignment)
    splits = {joint.whole: joint for joint in find_splits(alignment)}
    merges = {joint.whole: joint for joint in find_merges(alignment)}
    ordered = frozenset(alignment.ordered())
    changes: list[tuple[tuple[int, int, int], ClauseChange]] = []
    merged_before = {part for joint in merges.values() for part in joint.parts}
    split_after = {part for joint in splits.values() for part in joint.parts}
    last_right = -1
    for left, clause in enumerate(before):
        right = alignment.to_after[left]
        if left in splits:
            parts = tuple(after[part] for part in splits[left].parts)
            changes.append(((splits[left].parts[0], 1, left), _describe("split", (clause,), parts)))
        elif left not in merged_before and right < 0:
            changes.append(((last_right, 2, left), ClauseChange("removed", (clause,), ())))
        elif left not in merged_before:
            change = _compare_pair(clause, after[right], is_ordered=(left, right) in ordered)
            if change:
                changes.append(((right, 1, left), change))
        last_right = right if (left, right) in ordered else last_right
    for right, clause in enumerate(after):
        if right in merges:
            parts = tuple(before[part] for part in merges[right].parts)
            changes.append(((right, 1, merges[right].parts[0]), _describe("merged", parts, (clause,))))
        elif right not in split_after and alignment.to_before[right] < 0:
            changes.append(((right, 1, -1), ClauseChange("added", (), (clause,))))
    changes.sort(key=lambda placed: placed[0])
    pairs = _list_pairs(before, after, alignment, splits.values(), merges.values())
    return Comparison(tuple(change for _, change in changes), pairs)


def _compare_pair(before: Clause, after: Clause, *, is_ordered: bool) -> ClauseChange | None:
    """The change between two clauses that are one, or None when it was kept.

    A clause whose text is equal but whose link targets differ is `modified` with equal edits: the judge says why.
    """
    if before.text == after.text:
        if before.links != after.links:
            return _describe("modified", (before,), (after,))
        return None if is_ordered else ClauseChange("moved", (before,), (after,))
    left, right = read_number(before.text), read_number(after.text)
    is_renumbered = left.number != right.number and bool(left.rest) and left.rest == right.rest
    return _describe("renumbered" if is_renumbered else "modified", (before,), (after,))


def _describe(kind: ChangeKind, before: tuple[Clause, ...], after: tuple[Clause, ...]) -> ClauseChange:
    change = ClauseChange(kind, before, after)
    return ClauseChange(kind, before, after, diff_words(change.before_text, change.after_text))


def _list_pairs(
    before: Sequence[Clause],
    after: Sequence[Clause],
    alignment: Alignment,
    splits: Iterable[Joint],
    merges: Iterable[Joint],
) -> tuple[tuple[int, int], ...]:
    found = {(left, right) for left, right in enumerate(alignment.to_after) if right >= 0}
    found.update((joint.whole, part) for joint in splits for part in joint.parts)
    found.update((part, joint.whole) for joint in merges for part in joint.parts)
    return tuple(sorted((before[left].position, after[right].position) for left, right in found))
