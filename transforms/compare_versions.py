"""Two versions of a document compared clause by clause: what was kept, moved, renumbered, split, merged, reworded."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.align_clauses import Alignment, Group, align_same
from transforms.align_fuzzily import align_fuzzily
from transforms.diff_words import diff_words
from transforms.join_split_clauses import find_merges, find_splits
from transforms.match_recut import match_recut
from transforms.model import ChangeKind, Clause, ClauseChange, Comparison
from transforms.read_number import strip_numbers

# (position in the newer version, 1 for a clause removed after it, position in the older version)
_Place = tuple[int, int, int]


def compare_versions(before: Sequence[Clause], after: Sequence[Clause]) -> Comparison:
    """Compare two lists of clauses as `split_clauses` returns them.

    Every older clause is in exactly one of: a pair of equal clauses in order (kept, not listed), a change. The same
    holds for newer clauses. `pairs` are positions before -> after of all that lives on, split and merged ones included.
    Changes stand in the order of the newer version; removed clauses after the clause they followed. Deterministic.
    """
    alignment = align_same(before, after)
    groups = match_recut(alignment)
    recut = _Grouped(groups)
    align_fuzzily(alignment)
    groups += [group for group in find_splits(alignment) + find_merges(alignment) if not recut.touches(group)]
    grouped = _Grouped(groups)
    ordered = frozenset(alignment.ordered())
    placed: list[tuple[_Place, ClauseChange]] = []
    last_right = -1
    for left, clause in enumerate(before):
        right = alignment.to_after[left]
        if left in grouped.lefts:
            last_right = max(last_right, grouped.lefts[left].rights[-1])
        elif right < 0:
            placed.append(((last_right, 1, left), ClauseChange("removed", (clause,), ())))
        elif change := _compare_pair(clause, after[right], is_ordered=(left, right) in ordered):
            placed.append(((right, 0, left), change))
        last_right = right if (left, right) in ordered else last_right
    placed.extend(
        ((group.rights[0], 0, group.lefts[0]), _compare_group(group, before, after)) for group in groups
    )
    for right, clause in enumerate(after):
        if alignment.to_before[right] < 0 and right not in grouped.rights:
            placed.append(((right, 0, -1), ClauseChange("added", (), (clause,))))
    placed.sort(key=lambda change: change[0])
    return Comparison(tuple(change for _, change in placed), _list_pairs(before, after, alignment, groups))


class _Grouped:
    """Which group each clause belongs to."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.lefts = {left: group for group in groups for left in group.lefts}
        self.rights = {right: group for group in groups for right in group.rights}

    def touches(self, group: Group) -> bool:
        """Whether a clause of the group is in one of these groups."""
        return any(left in self.lefts for left in group.lefts) or any(
            right in self.rights for right in group.rights
        )


def _compare_group(group: Group, before: Sequence[Clause], after: Sequence[Clause]) -> ClauseChange:
    """Split, merged, or - several on both sides - modified."""
    kind: ChangeKind = (
        "split" if len(group.lefts) == 1 else "merged" if len(group.rights) == 1 else "modified"
    )
    return _describe(kind, tuple(before[i] for i in group.lefts), tuple(after[j] for j in group.rights))


def _compare_pair(before: Clause, after: Clause, *, is_ordered: bool) -> ClauseChange | None:
    """The change between two clauses that are one, or None when it was kept.

    A clause whose text is equal but whose link targets differ is `modified` with equal edits: the judge says why.
    """
    if before.text == after.text:
        if before.links != after.links:
            return _describe("modified", (before,), (after,))
        return None if is_ordered else ClauseChange("moved", (before,), (after,))
    is_renumbered = strip_numbers(before.text) == strip_numbers(after.text)
    return _describe("renumbered" if is_renumbered else "modified", (before,), (after,))


def _describe(kind: ChangeKind, before: tuple[Clause, ...], after: tuple[Clause, ...]) -> ClauseChange:
    change = ClauseChange(kind, before, after)
    return ClauseChange(kind, before, after, diff_words(change.before_text, change.after_text))


def _list_pairs(
    before: Sequence[Clause], after: Sequence[Clause], alignment: Alignment, groups: Sequence[Group]
) -> tuple[tuple[int, int], ...]:
    grouped = _Grouped(groups)
    found = {
        (left, right)
        for left, right in enumerate(alignment.to_after)
        if right >= 0 and left not in grouped.lefts
    }
    found.update(pair for group in groups for pair in group.pairs)
    return tuple(sorted((before[left].position, after[right].position) for left, right in found))
