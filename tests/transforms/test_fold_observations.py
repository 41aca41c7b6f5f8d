"""The fold over observations: every verdict of the closed list, and the rules on time."""

from __future__ import annotations

import pytest

from tests.transforms.seller_terms import (
    BOTH_CHANGED,
    CONTEXT,
    DAMAGED_NOTICE,
    HIGHER_FEE,
    QUOTES,
    SHORTER_NOTICE,
    SHORTER_NOTICE_IN_QUOTES,
    START,
    TERMS,
    at_day,
    fail,
    fold,
    names,
    show,
)
from transforms.fold_observations import fold_observations
from transforms.model import Seen


def test_first_sight_is_a_baseline_and_never_an_alert() -> None:
    result = fold((0, TERMS))
    assert names(result) == ["baseline"]
    assert result.alerts == ()
    assert result.versions[0].valid_until is None


def test_the_same_text_is_unchanged() -> None:
    assert names(fold((0, TERMS), (1, TERMS))) == ["baseline", "unchanged"]


def test_typography_is_cosmetic_and_opens_no_version() -> None:
    result = fold((0, TERMS), (1, QUOTES))
    assert names(result) == ["baseline", "cosmetic"]
    assert result.verdicts[1].noise_classes == ("typography",)
    assert len(result.versions) == 1


def test_a_shortened_notice_is_changed_and_owed_an_alert() -> None:
    result = fold((0, TERMS), (7, SHORTER_NOTICE))
    assert names(result) == ["baseline", "changed"]
    (alert,) = result.alerts
    assert alert.changed_after == START
    assert alert.changed_before == at_day(7)
    assert alert.state == "in_force"
    (comparison,) = result.comparisons
    assert {m.commitment_id for a in comparison.alerting for m in a.matches} >= {"suspension-process"}


def test_a_change_too_unsure_to_tell_is_recorded_and_owes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.text_library.LEAST_TOLD", 0.999)
    result = fold((0, TERMS), (7, SHORTER_NOTICE))
    assert names(result) == ["baseline", "changed"]
    assert result.alerts == ()
    assert result.comparisons[0].alerting and not result.comparisons[0].telling
    assert result.verdicts[1].reason.endswith("too unsure to tell anybody")


def test_a_text_back_within_fourteen_days_is_an_oscillation_and_undoes_the_alert() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (9, TERMS))
    assert names(result) == ["baseline", "changed", "oscillation"]
    (alert,) = result.alerts
    assert (alert.state, alert.state_since) == ("undone", at_day(9))


def test_an_undone_change_that_takes_effect_again_is_the_same_alert() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, TERMS), (3, SHORTER_NOTICE))
    assert names(result) == ["baseline", "changed", "oscillation", "oscillation"]
    (alert,) = result.alerts
    assert alert.state == "in_force_again"


def test_a_near_identical_return_of_the_new_text_raises_one_alert_not_three() -> None:
    result = fold((0, TERMS), (0.25, SHORTER_NOTICE), (0.5, TERMS), (0.75, SHORTER_NOTICE_IN_QUOTES))
    assert names(result) == ["baseline", "changed", "oscillation", "oscillation"]
    assert len(result.alerts) == 1


def test_a_later_return_is_a_restoration_with_an_alert_of_its_own() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (40, TERMS))
    assert names(result) == ["baseline", "changed", "changed"]
    assert result.verdicts[2].rule_id == "fold:restored"
    first, second = result.alerts
    assert (first.state, second.state) == ("undone", "in_force")


def test_a_text_that_has_alternated_three_times_stays_an_oscillation_whenever_it_returns() -> None:
    days = [0, 1, 2, 3, 4, 5, 6, 7, 100, 200]
    steps = [(day, TERMS if number % 2 == 0 else SHORTER_NOTICE) for number, day in enumerate(days)]
    assert names(fold(*steps))[-2:] == ["oscillation", "oscillation"]


def test_a_return_after_a_real_change_is_judged_against_the_nearest_recent_text() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, TERMS), (3, BOTH_CHANGED))
    assert result.verdicts[3].rule_id == "fold:changed-since-recent"
    told = [
        a.change.before_text for c in result.comparisons if c.after_hash == BOTH_CHANGED for a in c.alerting
    ]
    assert len(told) == 1
    assert "commission" in told[0]


def test_a_re_extraction_by_the_archive_is_technical_and_silent() -> None:
    refiltered = show(HIGHER_FEE, technical="re-extraction by the archive: Refilter")
    result = fold((0, TERMS), (1, refiltered), (2, HIGHER_FEE))
    assert names(result) == ["baseline", "technical", "unchanged"]
    assert result.alerts == ()


def test_an_emptied_page_is_quarantined_and_the_version_stays() -> None:
    result = fold((0, TERMS * 3), (1, "# Conditions\n\nPage en cours de mise à jour."), (2, TERMS * 3))
    assert names(result) == ["baseline", "quarantined", "unchanged"]


def test_another_language_is_quarantined() -> None:
    english = """# Terms for professional sellers

## 1. Purpose

1.1 These terms govern the relationship between the marketplace and the professional seller, and nothing else.

1.2 The seller acknowledges having read them before offering any product for sale to the public on this website.
"""
    result = fold((0, TERMS), (1, english))
    assert names(result) == ["baseline", "quarantined"]
    assert result.verdicts[1].rule_id == "quarantine:wrong-language"


def test_a_real_change_seen_through_damage_waits_for_a_clean_capture() -> None:
    result = fold((0, TERMS), (1, DAMAGED_NOTICE), (2, SHORTER_NOTICE))
    assert names(result) == ["baseline", "quarantined", "changed"]
    assert len(result.alerts) == 1


def test_a_failed_observation_keeps_its_failure_as_verdict() -> None:
    result = fold((0, TERMS), (1, fail("unreachable", "HTTP 503")), (2, TERMS))
    assert names(result) == ["baseline", "unreachable", "unchanged"]
    assert result.verdicts[1].reason == "HTTP 503"


def test_an_observation_without_text_or_failure_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="neither a text nor a failure"):
        fold_observations([Seen(1, START, None)], str, CONTEXT)


def test_clauses_keep_their_identity_when_reworded_and_moved() -> None:
    result = fold((0, TERMS), (7, SHORTER_NOTICE))
    first, second = result.versions
    by_text = {c.text: i for c, i in zip(first.clauses, first.identities, strict=True)}
    for clause, identity in zip(second.clauses, second.identities, strict=True):
        old = clause.text.replace("15 jours", "30 jours")
        assert identity == by_text[old]
