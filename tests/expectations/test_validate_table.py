"""What `validate_table` does with frames as they come: empty, odd, incomplete, read from Parquet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from expectations.find_suite import SUITES
from expectations.outcome import ValidationOutcome
from expectations.read_staged import read_staged
from expectations.validate import validate_table
from tests.expectations.staged_samples import FIRST_ID, KEYS, PARAMETERS, good_frame


def validate(table: str, frame: pd.DataFrame, **parameters: object) -> ValidationOutcome:
    return validate_table(
        table,
        frame,
        key_column=KEYS[table],
        run_id="run",
        docs_dir=None,
        parameters={**PARAMETERS, **parameters},
    )


@pytest.mark.parametrize("table", KEYS)
def test_an_empty_frame_passes_with_or_without_columns(table: str) -> None:
    for frame in (pd.DataFrame(), good_frame(table).iloc[:0]):
        outcome = validate(table, frame)
        assert outcome.success
        assert outcome.row_count == 0
        assert outcome.evaluated_count == len(SUITES[table].rules)


def test_an_empty_frame_stops_where_rows_are_expected() -> None:
    outcome = validate("document", pd.DataFrame(), min_rows=1)
    assert outcome.failed_rules == ("document:row-count",)
    assert outcome.must_stop
    assert outcome.failures[0].row_key is None


def test_too_many_rows_stop_the_batch() -> None:
    outcome = validate("alert", good_frame("alert"), max_rows=5)
    assert outcome.failed_rules == ("alert:row-count",)
    assert outcome.failures[0].reason == "le nombre de lignes du lot sort des bornes (6)"


@pytest.mark.parametrize("table", KEYS)
def test_missing_columns_stop_the_batch_and_are_named(table: str) -> None:
    gone = [name for name in SUITES[table].columns if name != KEYS[table]][:2]
    outcome = validate(table, good_frame(table).drop(columns=gone))
    assert outcome.must_stop
    assert outcome.failed_rules == (f"{table}:columns",)
    assert all(name in outcome.failures[0].reason for name in gone)


def test_rules_on_columns_that_are_there_still_run_when_another_is_missing() -> None:
    frame = good_frame("verdict").drop(columns="engine_version")
    frame.loc[2, "reason"] = ""
    outcome = validate("verdict", frame)
    assert outcome.failed_rules == ("verdict:columns", "verdict:reason-not-blank")
    assert outcome.positions("row") == {2}


def test_columns_that_no_rule_knows_are_ignored() -> None:
    assert validate("match", good_frame("match").assign(note="ajoutée")).success


def test_timestamps_without_a_time_zone_stop_the_batch_instead_of_passing() -> None:
    frame = good_frame("observation")
    frame["observed_at"] = frame["observed_at"].dt.tz_localize(None)
    outcome = validate("observation", frame)
    assert outcome.must_stop
    assert "observation:observed_at-not-future" in outcome.failed_rules
    assert "offset-naive" in outcome.failures[0].reason


def test_times_of_another_time_zone_are_compared_as_moments() -> None:
    frame = good_frame("observation")
    frame["observed_at"] = frame["observed_at"].dt.tz_convert("Europe/Paris")
    assert validate("observation", frame).success


def test_the_present_can_be_given() -> None:
    moment = datetime(2024, 3, 3, tzinfo=UTC)
    outcome = validate("observation", good_frame("observation"), now=moment)
    assert outcome.failed_rules == ("observation:observed_at-not-future",)
    assert outcome.positions("row") == {3, 4, 5}


def test_a_row_without_a_key_is_told_by_its_position() -> None:
    frame = good_frame("verdict").astype({"verdict_id": "Int64"})
    frame.loc[4, "verdict_id"] = pd.NA
    outcome = validate("verdict", frame)
    assert [(failure.row_key, failure.row_position) for failure in outcome.failures] == [(None, 4)]


def test_keys_of_63_bits_come_back_exact() -> None:
    frame = good_frame("verdict")
    frame.loc[3, "reason"] = " "
    assert [failure.row_key for failure in validate("verdict", frame).failures] == [FIRST_ID + 3]


def test_positions_count_rows_whatever_the_index_of_the_frame() -> None:
    frame = good_frame("verdict")
    frame.loc[3, "reason"] = " "
    outcome = validate("verdict", frame.set_index(pd.Index([9, 9, 7, 7, 1, 0])))
    assert outcome.positions("row") == {3}


def test_the_staged_frame_is_left_as_it_was() -> None:
    frame = good_frame("text_body")
    before = frame.copy(deep=True)
    validate("text_body", frame)
    pd.testing.assert_frame_equal(frame, before)


def test_the_same_batch_gives_the_same_outcome_again() -> None:
    frame = good_frame("change")
    frame.loc[0, "direction"] = "sideways"
    assert validate("change", frame) == validate("change", frame)


@pytest.mark.parametrize("table", KEYS)
def test_rows_read_from_parquet_are_judged_like_the_frame(table: str, tmp_path: Path) -> None:
    good_frame(table).to_parquet(tmp_path / "staged.parquet")
    assert validate(table, read_staged(tmp_path / "staged.parquet")).success


def test_keys_with_gaps_keep_their_digits_through_parquet(tmp_path: Path) -> None:
    keys = [FIRST_ID, None, FIRST_ID + 1]
    pd.DataFrame({"key": pd.array(keys, dtype="Int64")}).to_parquet(tmp_path / "staged.parquet")
    read = read_staged(tmp_path / "staged.parquet")["key"].astype("object").tolist()
    assert (read[0], read[2]) == (FIRST_ID, FIRST_ID + 1)


@pytest.mark.parametrize("content", [None, b"not parquet"])
def test_a_staged_file_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "staged.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=r"staged\.parquet cannot be read"):
        read_staged(path)


def test_reasons_can_be_in_english() -> None:
    frame = good_frame("match")
    frame.loc[1, "confidence"] = 7
    outcome = validate_table(
        "match",
        frame,
        key_column="match_id",
        run_id="run",
        docs_dir=None,
        parameters=PARAMETERS,
        language="en",
    )
    assert outcome.failures[0].reason == "the confidence is not between 0 and 1 (confidence = 7.0)"


def test_a_table_without_suite_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'platform'.*observation"):
        validate_table("platform", pd.DataFrame(), key_column="id", run_id="run", docs_dir=None)


def test_a_parameter_without_value_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"match need the parameter commitment_ids"):
        validate_table("match", good_frame("match"), key_column="match_id", run_id="run", docs_dir=None)


def test_a_frame_without_its_key_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="staged alert has no key column alert_id"):
        validate("alert", good_frame("alert").drop(columns="alert_id"))


def test_a_column_staged_twice_is_refused_by_name() -> None:
    frame = good_frame("alert")
    with pytest.raises(ValueError, match="column state more than once"):
        validate("alert", pd.concat([frame, frame[["state"]]], axis=1))
