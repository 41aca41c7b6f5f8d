"""A change of a live page is told only when a second fetch shows it; a single look is an oscillation, never a loss."""

from __future__ import annotations

import pytest

from tests.transforms.seller_terms import (
    BOTH_CHANGED,
    DAMAGED_NOTICE,
    EMPTIED,
    HIGHER_FEE,
    NO_COMMITMENT,
    QUOTES,
    SHORTER_NOTICE,
    SHORTER_NOTICE_IN_QUOTES,
    TERMS,
    at_day,
    fail,
    fold,
    names,
    rules,
    show,
)
from transforms.model import Seen

# What another selector takes in beside the terms.
MENU = "\n\nLe Vendeur peut retrouver ces conditions dans son espace personnel.\n"


def test_a_change_seen_once_is_in_force_but_told_to_nobody() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), live=True)
    assert names(result) == ["baseline", "changed"]
    assert result.verdicts[1].reason.endswith("not yet confirmed by a second fetch")
    assert not result.verdicts[1].is_alert
    assert result.alerts == ()
    assert result.unconfirmed == (1,)
    assert result.versions[-1].text_hash == SHORTER_NOTICE


@pytest.mark.parametrize(
    ("second", "verdict"), [(SHORTER_NOTICE, "unchanged"), (SHORTER_NOTICE_IN_QUOTES, "cosmetic")]
)
def test_the_same_text_or_noise_beside_it_confirms_and_the_first_sight_is_told(
    second: str, verdict: str
) -> None:
    steps = ((0, TERMS), (1, SHORTER_NOTICE), (1.1, second))
    result = fold(*steps, live=True)
    assert names(result) == ["baseline", "changed", verdict]
    (alert,) = result.alerts
    assert (alert.observation_id, alert.changed_before) == (1, at_day(1))
    assert result.verdicts[1].is_alert
    assert result == fold(*steps)


@pytest.mark.parametrize("second", [TERMS, QUOTES])
def test_the_text_in_force_or_noise_beside_it_makes_it_an_oscillation(second: str) -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (1.5, second), live=True)
    assert rules(result)[1] == "fold:unconfirmed"
    assert names(result)[1] == "oscillation"
    assert "the fetch of 2025-01-07 18:00 UTC showed another text" in result.verdicts[1].reason
    assert (result.alerts, result.unconfirmed) == ((), ())
    assert [version.text_hash for version in result.versions] == [TERMS]


def test_a_third_text_refutes_and_is_confirmed_itself() -> None:
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (2, BOTH_CHANGED)]
    result = fold(*steps, live=True)
    assert names(result) == ["baseline", "oscillation", "changed"]
    assert result.unconfirmed == (2,)
    result = fold(*steps, (3, BOTH_CHANGED), live=True)
    assert names(result) == ["baseline", "oscillation", "changed", "unchanged"]
    (alert,) = result.alerts
    # What was seen once counts for nothing: both changes are told, since the last sight of the older text.
    assert (alert.before_hash, alert.after_hash, alert.changed_after) == (TERMS, BOTH_CHANGED, at_day(0))


@pytest.mark.parametrize("between", [fail(), fail("gone", "HTTP 404"), EMPTIED, "   ", fail("quarantined")])
def test_what_shows_no_text_that_can_be_judged_decides_nothing(between: str | Seen) -> None:
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (1.5, between)]
    assert fold(*steps, live=True).unconfirmed == (1,)
    assert len(fold(*steps, (2, SHORTER_NOTICE), live=True).alerts) == 1
    assert rules(fold(*steps, (2, TERMS), live=True))[1] == "fold:unconfirmed"


def test_a_third_text_seen_through_damage_decides_nothing() -> None:
    damaged = HIGHER_FEE.replace("prélève", "pr\ufffdl\ufffdve")
    assert fold((0, TERMS), (1, SHORTER_NOTICE), (2, damaged), live=True).unconfirmed == (1,)


def test_a_text_that_is_noise_beside_old_and_new_decides_nothing() -> None:
    by_post = TERMS.replace("par courriel", "par courrier")
    unreadable = TERMS.replace("par courriel", "par courrie\ufffd")
    assert fold((0, TERMS), (1, by_post), (2, unreadable), live=True).unconfirmed == (1,)


def test_a_text_that_a_person_accepted_needs_no_second_fetch() -> None:
    result = fold((0, TERMS), (1, show(DAMAGED_NOTICE, released=True)), live=True)
    assert names(result) == ["baseline", "changed"]
    assert (len(result.alerts), result.unconfirmed) == (1, ())


def test_a_third_text_that_a_person_accepted_refutes_for_all_its_damage() -> None:
    accepted = show(HIGHER_FEE.replace("prélève", "pr\ufffdl\ufffdve"), released=True)
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, accepted), live=True)
    assert rules(result) == ["fold:baseline", "fold:unconfirmed", "fold:changed"]


def test_a_change_that_nobody_is_told_of_needs_no_second_fetch() -> None:
    steps = ((0, TERMS), (1, NO_COMMITMENT))
    assert names(fold(*steps)) == ["baseline", "changed"]
    assert fold(*steps).alerts == ()
    assert fold(*steps, live=True) == fold(*steps)


@pytest.mark.parametrize("later", [1.25, 4, 20])
def test_a_text_once_refuted_is_changed_and_told_when_it_comes_to_stay(later: float) -> None:
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (1.1, TERMS), (later, SHORTER_NOTICE)]
    result = fold(*steps, live=True)
    assert names(result) == ["baseline", "oscillation", "unchanged", "changed"]
    assert result.unconfirmed == (3,)
    result = fold(*steps, (later + 1, SHORTER_NOTICE), live=True)
    assert rules(result)[3:] == ["fold:changed", "fold:same-text"]
    (alert,) = result.alerts
    assert (alert.observation_id, alert.changed_after, alert.state) == (3, at_day(1.1), "in_force")


def test_a_text_refuted_time_and_again_is_still_told_when_it_stays() -> None:
    flapping = [(day, SHORTER_NOTICE if day % 2 else TERMS) for day in range(12)]
    assert {alert.observation_id for alert in fold(*flapping, (12, TERMS), live=True).alerts} == set()
    result = fold(*flapping, (12, SHORTER_NOTICE), live=True)
    assert [alert.observation_id for alert in result.alerts] == [11]


def test_a_restoration_seen_once_is_an_oscillation_and_told_when_it_comes_to_stay() -> None:
    changed = [(0, TERMS), (1, SHORTER_NOTICE), (2, SHORTER_NOTICE)]
    glimpse = [*changed, (40, TERMS), (40.1, SHORTER_NOTICE)]
    result = fold(*glimpse, live=True)
    assert rules(result)[3:] == ["fold:unconfirmed", "fold:same-text"]
    assert [alert.state for alert in result.alerts] == ["in_force"]
    result = fold(*glimpse, (43, TERMS), (44, TERMS), live=True)
    assert rules(result)[5:] == ["fold:restored", "fold:same-text"]
    assert [(a.observation_id, a.state) for a in result.alerts] == [(1, "undone"), (5, "in_force")]


def test_an_announced_change_stays_announced_while_its_end_is_unconfirmed() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, SHORTER_NOTICE), (40, TERMS), live=True)
    assert rules(result)[3] == "fold:restored:awaiting"
    assert result.unconfirmed == (3,)
    assert [alert.state for alert in result.alerts] == ["in_force"]
    assert result.versions[-1].text_hash == TERMS


def test_a_change_judged_against_a_recent_text_needs_a_second_fetch_too() -> None:
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (2, SHORTER_NOTICE), (3, TERMS), (4, BOTH_CHANGED)]
    result = fold(*steps, live=True)
    assert rules(result)[4] == "fold:changed-since-recent:awaiting"
    assert (len(result.alerts), result.unconfirmed) == (1, (4,))
    assert rules(fold(*steps, (5, TERMS), live=True))[4] == "fold:unconfirmed"
    # The text that it was compared with is not the one in force: it refutes as any third text does.
    assert rules(fold(*steps, (5, SHORTER_NOTICE), live=True))[4:] == ["fold:unconfirmed", "fold:oscillation"]
    result = fold(*steps, (5, BOTH_CHANGED), live=True)
    assert [alert.before_hash for alert in result.alerts] == [TERMS, SHORTER_NOTICE]
    assert result == fold(*steps, (5, BOTH_CHANGED))


def test_two_servers_that_answer_in_turn_cannot_keep_a_change_quiet() -> None:
    other_server = SHORTER_NOTICE.replace("deux fois par mois", "trois fois par mois")
    turns = [(day, other_server if day % 2 else SHORTER_NOTICE) for day in range(2, 8)]
    result = fold((0, TERMS), (1, TERMS), *turns, live=True)
    assert [alert.observation_id for alert in result.alerts] == [2]
    assert names(result)[2:] == ["changed", "oscillation", "unchanged", "oscillation", "unchanged", "changed"]
    assert result.unconfirmed == (7,)


def test_a_text_back_in_force_after_a_third_text_refutes() -> None:
    result = fold(
        (0, TERMS), (1, SHORTER_NOTICE), (2, HIGHER_FEE), (3, TERMS), (4, SHORTER_NOTICE), live=True
    )
    assert names(result) == ["baseline", "oscillation", "oscillation", "unchanged", "changed"]


@pytest.mark.parametrize("page", [SHORTER_NOTICE, SHORTER_NOTICE_IN_QUOTES])
def test_a_second_fetch_extracted_in_another_way_confirms_by_what_the_first_gives_in_that_way(
    page: str,
) -> None:
    again = show(page + MENU, previous=SHORTER_NOTICE + MENU)
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, again), live=True)
    assert names(result) == ["baseline", "changed", "technical"]
    assert [alert.state for alert in result.alerts] == ["in_force"]
    assert (result.alerts[0].before_hash, result.alerts[0].after_hash) == (TERMS, SHORTER_NOTICE)


def test_a_second_fetch_in_another_way_that_gives_nothing_confirms_nothing() -> None:
    nothing = show("   ", previous="   ")
    assert fold((0, TERMS), (1, SHORTER_NOTICE), (2, nothing), live=True).unconfirmed == (1,)


def test_a_third_text_seen_again_in_another_way_confirms_itself_only() -> None:
    again = show(HIGHER_FEE + MENU, previous=HIGHER_FEE + MENU)
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, HIGHER_FEE), (3, again), live=True)
    assert names(result) == ["baseline", "oscillation", "changed", "technical"]
    assert [alert.after_hash for alert in result.alerts] == [HIGHER_FEE]


def test_a_change_refuted_by_a_fetch_extracted_in_another_way_is_not_hidden_in_the_re_extraction() -> None:
    further = show(BOTH_CHANGED + MENU, previous=SHORTER_NOTICE + MENU)
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (2, further), (3, BOTH_CHANGED + MENU)]
    result = fold(*steps, live=True)
    assert names(result) == ["baseline", "oscillation", "changed", "unchanged"]
    (alert,) = result.alerts
    assert (alert.before_hash, alert.after_hash) == (TERMS, BOTH_CHANGED + MENU)


def test_a_change_that_no_fetch_can_confirm_any_more_stays_visible_and_asks_for_none() -> None:
    unlike = show(HIGHER_FEE, technical="the extractor changed, and the earlier capture is gone")
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, unlike), (3, HIGHER_FEE), live=True)
    assert names(result) == ["baseline", "changed", "technical", "unchanged"]
    assert "never confirmed: the fetch of 2025-01-08 06:00 UTC" in result.verdicts[1].reason
    assert (result.alerts, result.unconfirmed) == ((), ())
