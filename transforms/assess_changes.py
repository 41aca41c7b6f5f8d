"""Everything Vigie says about the changes between two versions: nature, commitments, facts, direction."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.judge_direction import judge_direction
from transforms.judge_nature import judge_nature
from transforms.match_change import match_change
from transforms.model import AssessedChange, Clause, ClauseChange, Comparison, DocumentContext
from transforms.pair_facts import pair_facts


def assess_change(
    change: ClauseChange,
    context: DocumentContext,
    *,
    before_hashes: frozenset[str] = frozenset(),
    after_hashes: frozenset[str] = frozenset(),
) -> AssessedChange:
    """Judge one change. Only a substantive one is matched to commitments (code book: others carry none).

    `before_hashes` and `after_hashes` are the text hashes of all clauses of the two versions; they tell a clause that
    is merely printed twice from one that was added.
    """
    nature = judge_nature(change, before_hashes=before_hashes, after_hashes=after_hashes)
    if nature.nature != "substantive":
        return AssessedChange(change, nature, (), (), "neutral", f"nature:{nature.nature}")
    matches = match_change(change, context)
    facts = pair_facts(change.before_text, change.after_text, context.language)
    direction, rule = judge_direction(change, facts, matches, nature)
    return AssessedChange(change, nature, matches, facts, direction, rule)


def assess_changes(
    comparison: Comparison, before: Sequence[Clause], after: Sequence[Clause], context: DocumentContext
) -> tuple[AssessedChange, ...]:
    """Judge every change of a comparison, in its order."""
    before_hashes = frozenset(clause.text_hash for clause in before)
    after_hashes = frozenset(clause.text_hash for clause in after)
    return tuple(
        assess_change(change, context, before_hashes=before_hashes, after_hashes=after_hashes)
        for change in comparison.changes
    )
