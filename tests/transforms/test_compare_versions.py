"""Alignment of two versions: kept, moved, renumbered, split, merged, modified, added, removed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.compare_versions import compare_versions
from transforms.judge_nature import judge_nature
from transforms.split_clauses import split_clauses

FEES = "The operator charges a commission of 12 % on each sale made through the shop."
NOTICE = "The operator informs the seller thirty days before it changes the commission."
SUSPENSION = "An account that sells forbidden goods is suspended until the goods are withdrawn from sale."
RETURNS = "Buyers send goods back within fourteen days, and the seller refunds them without delay."


def compare(before, after):
    return compare_versions(split_clauses(before), split_clauses(after))


def summarise(comparison):
    return [(change.kind, change.before_text, change.after_text) for change in comparison.changes]


def test_a_version_compared_with_itself_has_no_change():
    clauses = split_clauses(f"## Fees\n\n{FEES}\n\n{NOTICE}\n\n* one\n* one\n* two")
    comparison = compare_versions(clauses, clauses)
    assert comparison.changes == ()
    assert comparison.pairs == tuple((clause.position, clause.position) for clause in clauses)


def test_a_clause_that_only_moved_is_not_modified():
    comparison = compare(f"{FEES}\n\n{NOTICE}\n\n{SUSPENSION}", f"{NOTICE}\n\n{SUSPENSION}\n\n{FEES}")
    assert summarise(comparison) == [("moved", FEES, FEES)]


def test_a_clause_under_a_new_number_is_renumbered():
    comparison = compare(
        f"4.1. {FEES}\n\n4.2. {NOTICE}", f"4.1. {SUSPENSION}\n\n4.2. {FEES}\n\n4.3. {NOTICE}"
    )
    assert [kind for kind, _, _ in summarise(comparison)] == ["added", "renumbered", "renumbered"]


def test_a_list_number_before_the_authors_number_is_a_renumbering_too():
    (change,) = compare(f"8.1 {FEES}", f"1. a.{FEES}").changes
    assert change.kind == "renumbered"


def test_a_reworded_clause_is_modified_with_its_edits():
    (change,) = compare(f"{FEES}\n\n{RETURNS}", f"{FEES.replace('12 %', '14 %')}\n\n{RETURNS}").changes
    assert change.kind == "modified"
    assert [(e.op, e.before, e.after) for e in change.edits if e.op != "equal"] == [
        ("replace", "12 % ", "14 % ")
    ]


def test_a_clause_that_came_and_one_that_went_are_not_taken_for_one():
    comparison = compare(f"{FEES}\n\n{NOTICE}\n\n{RETURNS}", f"{FEES}\n\n{SUSPENSION}\n\n{RETURNS}")
    assert sorted(kind for kind, _, _ in summarise(comparison)) == ["added", "removed"]


def test_a_removed_clause_stands_after_the_clause_it_followed():
    comparison = compare(
        f"{FEES}\n\n{NOTICE}\n\n{SUSPENSION}\n\n{RETURNS}",
        f"{FEES}\n\n{SUSPENSION}\n\n{RETURNS} It pays the post.",
    )
    assert [kind for kind, _, _ in summarise(comparison)] == ["removed", "modified"]


def test_a_clause_cut_in_two_is_split_and_two_put_together_are_merged():
    whole, halves = f"{FEES} {NOTICE}", f"{FEES}\n\n{NOTICE}"
    (split,) = compare(f"{whole}\n\n{RETURNS}", f"{halves}\n\n{RETURNS}").changes
    (merged,) = compare(f"{halves}\n\n{RETURNS}", f"{whole}\n\n{RETURNS}").changes
    assert (split.kind, len(split.before), len(split.after)) == ("split", 1, 2)
    assert (merged.kind, len(merged.before), len(merged.after)) == ("merged", 2, 1)
    assert compare(f"{whole}\n\n{RETURNS}", f"{halves}\n\n{RETURNS}").pairs == ((0, 0), (0, 1), (1, 2))


def test_a_clause_split_and_reworded_is_still_split():
    after = f"{FEES.replace('12 %', '14 %')}\n\n{NOTICE}\n\n{RETURNS}"
    (change,) = compare(f"{FEES} {NOTICE}\n\n{RETURNS}", after).changes
    assert change.kind == "split"
    assert judge_nature(change).rule_id == "guard:quantity"


def test_a_heading_glued_to_its_paragraph_is_the_same_words_cut_elsewhere():
    comparison = compare(
        f"9. Suspension{SUSPENSION}\n\n{RETURNS}", f"9. Suspension\n\n{SUSPENSION}\n\n{RETURNS}"
    )
    assert {judge_nature(change).noise_class for change in comparison.changes} == {"markup"}


def test_a_boundary_that_shifts_between_two_clauses_is_no_rewording():
    before = f"{FEES} {NOTICE}\n\n{SUSPENSION}\n\n{RETURNS}"
    after = f"{FEES}\n\n{NOTICE} {SUSPENSION}\n\n{RETURNS}"
    (change,) = compare(before, after).changes
    assert (len(change.before), len(change.after)) == (2, 2)
    assert judge_nature(change).nature == "noise"


def test_short_fragments_are_not_paired_by_chance():
    comparison = compare(f"{FEES}\n\n* the blue one\n\n{RETURNS}", f"{RETURNS}\n\n* the blond man\n\n{FEES}")
    assert "modified" not in {change.kind for change in comparison.changes}


def test_a_stamp_line_is_followed_through_its_dates():
    (change,) = compare(
        f"Last updated: May 3, 2031\n\n{FEES}", f"Last updated: 12 June 2031\n\n{FEES}"
    ).changes
    assert change.kind == "modified"
    assert judge_nature(change).noise_class == "date stamp"


def test_a_new_link_target_is_a_change_that_says_so():
    before, after = f"{FEES} See [tariff](/a).", f"{FEES} See [tariff](/b)."
    (change,) = compare(before, after).changes
    assert judge_nature(change).noise_class == "link target"


def test_a_page_printed_twice_is_reported_and_called_duplication():
    once = f"## Fees\n\n{FEES}\n\n{NOTICE}\n\n## Returns\n\n{RETURNS}"
    before, after = split_clauses(once), split_clauses(f"{once}\n\n{once}")
    for older, newer in ((before, after), (after, before)):
        comparison = compare_versions(older, newer)
        hashes = [frozenset(clause.text_hash for clause in side) for side in (older, newer)]
        natures = [
            judge_nature(c, before_hashes=hashes[0], after_hashes=hashes[1]) for c in comparison.changes
        ]
        assert len(natures) == len(before)
        assert {nature.noise_class for nature in natures} == {"duplication"}


WORDS = (
    "fee",
    "seller",
    "notice",
    "refund",
    "order",
    "parcel",
    "account",
    "price",
    "offer",
    "stock",
    "claim",
    "tax",
)
CLAUSES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words) + "."),
    max_size=14,
)


def list_positions(comparison, side):
    listed = Counter(clause.position for change in comparison.changes for clause in getattr(change, side))
    in_changes = set(listed)
    index = 0 if side == "before" else 1
    listed.update({pair[index] for pair in comparison.pairs} - in_changes)
    return listed


@given(CLAUSES, CLAUSES)
@settings(max_examples=150)
def test_every_clause_is_accounted_for_exactly_once(older, newer):
    before, after = split_clauses("\n\n".join(older)), split_clauses("\n\n".join(newer))
    comparison = compare_versions(before, after)
    assert list_positions(comparison, "before") == Counter(range(len(before)))
    assert list_positions(comparison, "after") == Counter(range(len(after)))


@given(CLAUSES, CLAUSES)
def test_the_comparison_is_deterministic(older, newer):
    before, after = split_clauses("\n\n".join(older)), split_clauses("\n\n".join(newer))
    assert compare_versions(before, after) == compare_versions(list(before), list(after))


@given(CLAUSES)
def test_nothing_changes_between_a_text_and_itself(clauses):
    same = split_clauses("\n\n".join(clauses))
    assert compare_versions(same, same).changes == ()


@given(CLAUSES, CLAUSES)
def test_kept_clauses_have_the_same_text(older, newer):
    before, after = split_clauses("\n\n".join(older)), split_clauses("\n\n".join(newer))
    comparison = compare_versions(before, after)
    changed = {clause.position for change in comparison.changes for clause in change.before}
    assert all(
        before[left].text == after[right].text for left, right in comparison.pairs if left not in changed
    )
