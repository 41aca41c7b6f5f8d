"""Word-level edits inside a clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.diff_words import diff_words
from transforms.narrow_texts import narrow_texts


def list_edits(before, after):
    return [
        (edit.before.strip(), edit.after.strip()) for edit in diff_words(before, after) if edit.op != "equal"
    ]


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("Le préavis est de 30 jours.", "Le préavis est de 15 jours.", [("30 jours", "15 jours")]),
        (
            "A notice of thirty (30) days is due.",
            "A notice of 15 days is due.",
            [("thirty (30) days", "15 days")],
        ),
        ("The fee is 1.5 % of it.", "The fee is 2 % of it.", [("1.5 %", "2 %")]),
        ("up to €500,000 a year", "up to €5,000 a year", [("€500,000", "€5,000")]),
        ("within 5 business days of it", "within 5 days of it", [("5 business days", "5 days")]),
        (
            "sous 8 jours ouvrés au plus",
            "sous 8 jours ouvrables au plus",
            [("8 jours ouvrés", "8 jours ouvrables")],
        ),
        ("You may sell it.", "You may not sell it.", [("may", "may not")]),
        ("Le vendeur peut vendre.", "Le vendeur ne peut pas vendre.", [("peut", "ne peut pas")]),
    ],
)
def test_quantities_and_negations_change_as_a_whole(before, after, edits):
    assert list_edits(before, after) == edits


def test_equal_texts_have_one_equal_edit_and_empty_ones_none():
    assert [edit.op for edit in diff_words("same text", "same text")] == ["equal"]
    assert diff_words("", "") == ()


def test_blanks_alone_are_no_edit():
    assert [edit.op for edit in diff_words("one  two", "one two")] == ["equal"]


def test_an_insertion_and_a_deletion_are_named_so():
    assert [edit.op for edit in diff_words("sell goods", "sell new goods")] == ["equal", "insert", "equal"]
    assert [edit.op for edit in diff_words("sell new goods", "sell goods")] == ["equal", "delete", "equal"]


TEXTS = st.text(alphabet="ab 3.,%€()né' \n", max_size=60) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_the_edits_hold_both_texts_whole(before, after):
    edits = diff_words(before, after)
    assert "".join(edit.before for edit in edits) == before
    assert "".join(edit.after for edit in edits) == after
    assert all("".join(e.before.split()) == "".join(e.after.split()) for e in edits if e.op == "equal")


SENTENCES = st.lists(
    st.sampled_from(["The goods arrive. ", "Nobody complains; ", "See art. 5. ", "x "]), max_size=6
)


@given(SENTENCES, SENTENCES, SENTENCES, SENTENCES)
def test_the_narrowed_middle_and_its_ends_are_the_texts(start, left, right, end):
    before, after = "".join(start + left + end), "".join(start + right + end)
    common_start, one, two, common_end = narrow_texts(before, after)
    assert common_start + one + common_end == before
    assert common_start + two + common_end == after
