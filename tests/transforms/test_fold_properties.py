"""What holds of every fold: arrival does not matter, nobody is told of a single look, failures change nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.transforms.seller_terms import (
    BOTH_CHANGED,
    CONTEXT,
    DAMAGED_NOTICE,
    EMPTIED,
    HIGHER_FEE,
    NO_COMMITMENT,
    QUOTES,
    SHORTER_NOTICE,
    TERMS,
    at_day,
    fail,
    fold,
)
from transforms.fold_observations import fold_observations
from transforms.model import Seen
from transforms.text_library import TextLibrary

TEXTS = {
    "t": TERMS,
    "n": SHORTER_NOTICE,
    "f": HIGHER_FEE,
    "b": BOTH_CHANGED,
    "q": QUOTES,
    "o": NO_COMMITMENT,
    "d": DAMAGED_NOTICE,
    "e": EMPTIED,
}
GAPS = st.sampled_from((0.25, 1.0, 5.0, 16.0))
FAILURES = st.sampled_from(("unreachable", "policy_blocked", "gone", "quarantined"))
PROPERTY = hypothesis_settings(max_examples=40, deadline=None)


@st.composite
def histories(draw: st.DrawFn, *, is_clean: bool = False) -> list[Seen]:
    """Observations of one document; a clean one has texts only, none of them accepted or extracted anew."""
    steps = draw(st.lists(st.tuples(st.sampled_from("tttnnnfbqode"), GAPS), min_size=1, max_size=9))
    day, seen = 0.0, []
    for number, (text, gap) in enumerate(steps):
        day += gap
        one = Seen(number, at_day(day), TEXTS[text])
        if not is_clean:
            kind = draw(st.integers(0, 11))
            if kind == 0:
                one = replace(one, text_hash=None, failure=draw(FAILURES), failure_reason="why")
            elif kind == 1:
                one = replace(one, is_released=True)
            elif kind == 2:
                one = replace(one, previous_text_hash=TEXTS[draw(st.sampled_from("tnfbe"))])
            elif kind == 3:
                one = replace(one, technical_reason="the extractor changed")
        seen.append(one)
    return seen


@PROPERTY
@given(histories(), st.booleans(), st.randoms(use_true_random=False))
def test_a_fold_depends_on_dates_only_not_on_arrival(seen: list[Seen], is_live: bool, random: Random) -> None:
    expected = fold_observations(seen, str, CONTEXT, needs_confirmation=is_live)
    shuffled = list(seen)
    random.shuffle(shuffled)
    result = fold_observations(shuffled, str, CONTEXT, needs_confirmation=is_live)
    assert result == expected
    assert [verdict.observation_id for verdict in result.verdicts] == [one.observation_id for one in seen]
    assert all(verdict.reason for verdict in result.verdicts)


@PROPERTY
@given(histories(), st.booleans())
def test_versions_follow_one_another_and_name_each_clause_once(seen: list[Seen], is_live: bool) -> None:
    result = fold_observations(seen, str, CONTEXT, needs_confirmation=is_live)
    starts = [version.valid_from for version in result.versions]
    assert starts == sorted(set(starts))
    assert [version.valid_until for version in result.versions[:-1]] == starts[1:]
    assert all(version.valid_until is None for version in result.versions[-1:])
    for version in result.versions:
        assert len(version.identities) == len(version.clauses)
        new = [i for i in version.identities if i.observation_id == version.observation_id]
        assert len(set(new)) == len(new)


@PROPERTY
@given(histories(), st.booleans())
def test_every_verdict_and_alert_has_its_comparison(seen: list[Seen], is_live: bool) -> None:
    result = fold_observations(seen, str, CONTEXT, needs_confirmation=is_live)
    compared = {(one.before_hash, one.after_hash) for one in result.comparisons}
    assert compared == {(v.reference_hash, v.text_hash) for v in result.verdicts if v.reference_hash}
    assert compared >= {(alert.before_hash, alert.after_hash) for alert in result.alerts}


@PROPERTY
@given(histories())
def test_nobody_is_told_of_a_live_change_that_no_later_fetch_shows(seen: list[Seen]) -> None:
    result = fold_observations(seen, str, CONTEXT, needs_confirmation=True)
    library = TextLibrary(str, CONTEXT)
    told = {v.observation_id for v in result.verdicts if v.is_alert}
    assert told == {alert.observation_id for alert in result.alerts}
    for number in told:
        one = seen[number]
        later = [item for item in seen[number + 1 :] if item.text_hash and not item.failure]
        assert one.is_released or any(
            library.is_noise(text, str(item.text_hash))
            for item in later
            for text in (one.text_hash, item.previous_text_hash)
            if text
        )
    assert told.isdisjoint(result.unconfirmed)


@PROPERTY
@given(histories())
def test_what_waits_for_a_second_fetch_is_told_when_that_shows_the_same(seen: list[Seen]) -> None:
    result = fold_observations(seen, str, CONTEXT, needs_confirmation=True)
    waiting = [one for one in seen if one.observation_id in result.unconfirmed]
    if not waiting:
        return
    again = Seen(len(seen), at_day(1000), waiting[-1].text_hash)
    confirmed = fold_observations([*seen, again], str, CONTEXT, needs_confirmation=True)
    (verdict,) = (v for v in confirmed.verdicts if v.observation_id == waiting[-1].observation_id)
    assert verdict.verdict == "changed"
    assert verdict.text_hash in {alert.after_hash for alert in confirmed.alerts}
    assert waiting[-1].observation_id not in confirmed.unconfirmed


@PROPERTY
@given(histories(), st.lists(st.tuples(st.floats(0, 150), FAILURES), max_size=6), st.booleans())
def test_failures_between_observations_never_change_an_alert(
    seen: list[Seen], failures: list[tuple[float, str]], is_live: bool
) -> None:
    added = [
        replace(fail(failure), observation_id=100 + number, observed_at=at_day(day))
        for number, (day, failure) in enumerate(failures)
    ]
    before = fold_observations(seen, str, CONTEXT, needs_confirmation=is_live)
    after = fold_observations(seen + added, str, CONTEXT, needs_confirmation=is_live)
    assert (after.alerts, after.versions, after.unconfirmed) == (
        before.alerts,
        before.versions,
        before.unconfirmed,
    )


@PROPERTY
@given(histories(is_clean=True))
def test_a_live_history_seen_twice_each_time_is_judged_as_a_recorded_one(seen: list[Seen]) -> None:
    twice = [
        replace(one, observation_id=2 * number + again, observed_at=at_day(16 * number + again / 4))
        for number, one in enumerate(seen)
        for again in (0, 1)
    ]
    assert fold_observations(twice, str, CONTEXT, needs_confirmation=True) == fold_observations(
        twice, str, CONTEXT
    )


@PROPERTY
@given(histories())
def test_a_history_accepted_by_a_person_is_judged_as_a_recorded_one(seen: list[Seen]) -> None:
    accepted = [replace(one, is_released=True) for one in seen]
    assert fold_observations(accepted, str, CONTEXT, needs_confirmation=True) == fold_observations(
        accepted, str, CONTEXT
    )


# As judged before live documents were: rules in order ("!": told), then observation and state of each alert.
RECORDED = {
    "0t 1n 2t 3n 4n": ("baseline changed! oscillation oscillation same-text", "1:in_force_again"),
    "0t 1n 2n 40t 41n 80t": (
        "baseline changed! same-text restored! oscillation restored",
        "1:undone 3:in_force_again",
    ),
    "0t 1q 2n 3- 4d 5b 6e 7b": (
        "baseline only-noise changed! unreachable only-noise changed! emptied same-text",
        "2:in_force 5:in_force",
    ),
    "0t 1n 1.5t 2b 3b 20t": (
        "baseline changed! oscillation changed-since-recent! same-text restored!",
        "1:undone 3:undone 5:in_force",
    ),
    "0n 1t 2f 3t 4b 5- 6n 60f": (
        "baseline changed! changed! oscillation changed-since-recent! unreachable oscillation restored!",
        "1:in_force_again 2:in_force_again 4:undone 7:in_force",
    ),
    "0t 1o 2n 3o 4t 30q 31o": (
        "baseline changed changed-since-recent! oscillation oscillation only-noise restored",
        "2:undone",
    ),
    "0t 1n 2t 3n 4t 5n 6t 7n 90t 91f": (
        f"baseline changed! {'oscillation ' * 7}changed!",
        "1:undone 9:in_force",
    ),
}


@pytest.mark.parametrize("story", RECORDED)
def test_a_recorded_history_is_judged_as_before(story: str) -> None:
    steps = [(float(step[:-1]), fail() if step[-1] == "-" else TEXTS[step[-1]]) for step in story.split()]
    result = fold(*steps)
    told = " ".join(v.rule_id.split(":")[1] + ("!" if v.is_alert else "") for v in result.verdicts)
    assert (told, " ".join(f"{a.observation_id}:{a.state}" for a in result.alerts)) == RECORDED[story]
    assert result.unconfirmed == ()
