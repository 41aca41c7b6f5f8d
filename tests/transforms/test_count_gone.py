"""A page that answers 404 or 410: withdrawn after three times over 48 hours, unreachable until then."""

from __future__ import annotations

import pytest

from tests.transforms.seller_terms import EMPTIED, SHORTER_NOTICE, TERMS, fail, fold, names, rules
from transforms.model import Seen

GONE = fail("gone", "HTTP 404")


def test_a_page_gone_three_times_over_two_days_is_withdrawn() -> None:
    result = fold((0, TERMS), (1, GONE), (2, GONE), (3, GONE), (4, GONE), live=True)
    assert names(result) == ["baseline", "unreachable", "unreachable", "withdrawn", "withdrawn"]
    assert rules(result)[2:4] == ["observation:gone", "fold:withdrawn"]
    first, second, third = (verdict.reason for verdict in result.verdicts[1:4])
    assert first == "404 or 410 for the 1st time; withdrawn after three times over 48 hours: HTTP 404"
    assert "for the 2nd time, first on 2025-01-07 06:00 UTC; withdrawn after three times" in second
    assert third == "withdrawn: 404 or 410 for the 3rd time since 2025-01-07 06:00 UTC: HTTP 404"
    assert not any(verdict.is_alert for verdict in result.verdicts)
    assert result.versions[-1].valid_until is None


def test_three_times_within_two_days_is_not_yet_withdrawn() -> None:
    days = [(1 + hours / 24, GONE) for hours in (0, 6, 12, 47.9)]
    assert set(names(fold((0, TERMS), *days))[1:]) == {"unreachable"}


def test_two_days_with_two_answers_is_not_yet_withdrawn() -> None:
    assert names(fold((0, TERMS), (1, GONE), (9, GONE)))[1:] == ["unreachable", "unreachable"]


@pytest.mark.parametrize("other", [fail("unreachable"), fail("policy_blocked"), fail("quarantined"), EMPTIED])
def test_what_is_no_sight_of_the_document_neither_counts_nor_breaks_the_row(other: str | Seen) -> None:
    steps = [(0, TERMS), (1, GONE), (1.5, other), (2, GONE), (2.5, other), (3.5, other), (4, GONE)]
    assert rules(fold(*steps))[3] == "observation:gone"
    assert names(fold(*steps))[-1] == "withdrawn"
    assert "3rd time since 2025-01-07" in fold(*steps).verdicts[-1].reason


def test_a_good_text_breaks_the_row() -> None:
    result = fold((0, TERMS), (1, GONE), (2, GONE), (3, TERMS), (4, GONE), (5, GONE))
    assert names(result)[4:] == ["unreachable", "unreachable"]
    assert "1st time" in result.verdicts[4].reason


def test_a_text_that_comes_back_is_judged_against_the_one_that_was_in_force() -> None:
    gone = [(day, GONE) for day in (1, 2, 3)]
    assert names(fold((0, TERMS), *gone, (4, TERMS)))[-1] == "unchanged"
    result = fold((0, TERMS), *gone, (4, SHORTER_NOTICE), (5, SHORTER_NOTICE), live=True)
    assert names(result)[-2:] == ["changed", "unchanged"]
    assert [alert.before_hash for alert in result.alerts] == [TERMS]


def test_a_page_never_seen_can_be_withdrawn() -> None:
    assert names(fold((1, GONE), (2, GONE), (3, GONE)))[-1] == "withdrawn"


def test_the_count_is_told_in_english() -> None:
    result = fold(*((hour / 24, GONE) for hour in range(23)))
    told = [verdict.reason.split(" time")[0].split()[-1] for verdict in result.verdicts]
    assert told[:4] == ["1st", "2nd", "3rd", "4th"]
    assert told[10:13] == ["11th", "12th", "13th"]
    assert told[20:] == ["21st", "22nd", "23rd"]
