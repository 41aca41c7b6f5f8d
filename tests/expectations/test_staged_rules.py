"""Every rule of every table fires on a row made to break it, and on no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from expectations.find_suite import SUITES
from expectations.outcome import ValidationOutcome
from expectations.suite import Rule
from expectations.validate import validate_table
from tests.expectations.broken_rows import BREAKERS
from tests.expectations.spoilt_frame import SpoiltFrame
from tests.expectations.staged_samples import KEYS, PARAMETERS, good_frame

ROW_RULES = [rule for suite in SUITES.values() for rule in suite.rules if rule.level == "row"]
Spoilt = Callable[[str], tuple[SpoiltFrame, ValidationOutcome]]


def test_every_row_rule_has_a_row_that_breaks_it() -> None:
    assert {rule.rule_id for rule in ROW_RULES} == set(BREAKERS)


def test_rule_ids_are_distinct_and_named_after_their_table() -> None:
    for table, suite in SUITES.items():
        names = [rule.rule_id for rule in suite.rules]
        assert len(names) == len(set(names))
        assert all(name.startswith(f"{table}:") for name in names)


@pytest.mark.parametrize("table", KEYS)
def test_good_rows_pass_every_rule(table: str) -> None:
    outcome = validate_table(
        table, good_frame(table), key_column=KEYS[table], run_id="good", docs_dir=None, parameters=PARAMETERS
    )
    assert outcome.failures == ()
    assert outcome.success
    assert not outcome.must_stop
    assert outcome.evaluated_count == len(SUITES[table].rules)
    assert outcome.row_count == len(good_frame(table))


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.rule_id)
def test_the_row_that_breaks_a_rule_is_reported_with_it_and_no_other_row_is(
    rule: Rule, spoilt: Spoilt
) -> None:
    table = rule.rule_id.split(":")[0]
    sample, outcome = spoilt(table)
    found = [failure for failure in outcome.failures if failure.rule_id == rule.rule_id]
    assert {failure.row_position for failure in found} == sample.expected(rule.rule_id)
    keys = sample.frame[KEYS[table]].astype("object").where(lambda column: column.notna(), None)
    for failure in found:
        assert failure.row_position is not None
        assert failure.row_key == keys.iloc[failure.row_position]
        assert failure.expectation_type == rule.expectation_type
        assert failure.on_failure == rule.on_failure
        assert failure.subject == rule.subject
        assert failure.reason.startswith(rule.reason_fr)


def test_failed_rules_are_listed_once_in_the_order_of_the_suite(spoilt: Spoilt) -> None:
    _, outcome = spoilt("observation")
    order = [rule.rule_id for rule in SUITES["observation"].rules]
    assert list(outcome.failed_rules) == sorted(outcome.failed_rules, key=order.index)
    assert set(outcome.failed_rules) == {failure.rule_id for failure in outcome.failures}


def test_a_reason_quotes_the_value_that_failed(spoilt: Spoilt) -> None:
    _, outcome = spoilt("match")
    reasons = {failure.rule_id: failure.reason for failure in outcome.failures}
    assert reasons["match:commitment_id-known"].endswith("(commitment_id = free-coffee)")
    assert "span_end = 8" in reasons["match:span_start-before-span_end"]
    assert reasons["match:confidence-share"].endswith("(confidence = 1.01)")


def test_a_damaged_text_does_not_condemn_the_observation(spoilt: Spoilt) -> None:
    sample, outcome = spoilt("observation")
    damaged = sample.position_of["observation:text-not-damaged"]
    assert damaged in outcome.positions("text")
    assert damaged not in outcome.positions("row")
    future = sample.position_of["observation:observed_at-not-future"]
    assert future in outcome.positions("row")
    assert future not in outcome.positions("text")
