"""Upserts in bulk: what is new is added, what differs is overwritten, what is the same is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from warehouse.connect import open_build
from warehouse.errors import WarehouseError
from warehouse.fetch_rows import fetch_rows
from warehouse.keys import key_of
from warehouse.location import Location
from warehouse.merge_rows import MergeCount, insert_rows, merge_rows
from warehouse.transaction import transaction

KEY = ["observation_id"]


def two_observations(**changes: object) -> list[dict[str, Any]]:
    return [
        {
            "observation_id": key_of("observation", number),
            "document_id": 7,
            "observed_at": datetime(2024, 3, number, tzinfo=UTC),
            "outcome": "text",
            "outcome_reason": None,
            "run_id": "first run",
            "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
        }
        | changes
        for number in (1, 2)
    ]


@pytest.mark.parametrize("shape", [list, pa.Table.from_pylist, pd.DataFrame])
def test_rows_of_every_shape_arrive_with_their_exact_values(
    shape: Callable[[list[dict[str, Any]]], Any], con: duckdb.DuckDBPyConnection
) -> None:
    rows = two_observations()
    assert merge_rows(con, "observation", shape(rows), KEY) == MergeCount(inserted=2, updated=0)
    columns = ", ".join(rows[0])
    assert fetch_rows(con, f"SELECT {columns} FROM observation ORDER BY observed_at") == rows


def test_a_rerun_changes_nothing_not_even_the_run_that_recorded_the_row(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merge_rows(con, "observation", two_observations(), KEY)
    stored = fetch_rows(con, "SELECT * FROM observation ORDER BY ALL")
    later = two_observations(run_id="second run", recorded_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert merge_rows(con, "observation", later, KEY) == MergeCount(0, 0)
    assert fetch_rows(con, "SELECT * FROM observation ORDER BY ALL") == stored


def test_a_row_that_differs_is_overwritten_whole_and_only_that_one(con: duckdb.DuckDBPyConnection) -> None:
    merge_rows(con, "observation", two_observations(), KEY)
    later = two_observations(run_id="second run")
    later[1]["outcome_reason"] = "challenge page"
    assert merge_rows(con, "observation", later, KEY) == MergeCount(0, 1)
    rows = fetch_rows(con, "SELECT outcome_reason, run_id FROM observation ORDER BY observed_at")
    assert rows == [
        {"outcome_reason": None, "run_id": "first run"},
        {"outcome_reason": "challenge page", "run_id": "second run"},
    ]


def test_a_value_can_return_to_null(con: duckdb.DuckDBPyConnection) -> None:
    merge_rows(con, "observation", two_observations(outcome_reason="slow"), KEY)
    assert merge_rows(con, "observation", two_observations(), KEY) == MergeCount(0, 2)
    assert fetch_rows(con, "SELECT DISTINCT outcome_reason FROM observation") == [{"outcome_reason": None}]


def test_without_update_stored_rows_stay_as_they_are(con: duckdb.DuckDBPyConnection) -> None:
    merge_rows(con, "observation", two_observations()[:1], KEY)
    count = merge_rows(con, "observation", two_observations(outcome="unreachable"), KEY, update=False)
    assert count == MergeCount(inserted=1, updated=0)
    rows = fetch_rows(con, "SELECT outcome FROM observation ORDER BY observed_at")
    assert [row["outcome"] for row in rows] == ["text", "unreachable"]


def test_columns_that_the_rows_lack_stay_as_they_are(con: duckdb.DuckDBPyConnection) -> None:
    merge_rows(con, "observation", two_observations(), KEY)
    partial = [{"observation_id": key_of("observation", 1), "evidence": "recorded text only"}]
    assert merge_rows(con, "observation", partial, KEY) == MergeCount(0, 1)
    row = fetch_rows(con, "SELECT evidence, outcome, document_id FROM observation ORDER BY observed_at")[0]
    assert row == {"evidence": "recorded text only", "outcome": "text", "document_id": 7}


def test_a_key_of_several_columns_may_have_a_null_part(con: duckdb.DuckDBPyConnection) -> None:
    status = {"platform_id": "quay", "status": "none", "valid_from": None, "source": "press"}
    key = ["platform_id", "status", "valid_from"]
    assert merge_rows(con, "platform_status", [status], key) == MergeCount(1, 0)
    assert merge_rows(con, "platform_status", [status], key) == MergeCount(0, 0)
    later = [status | {"valid_from": date(2020, 5, 1)}]
    assert merge_rows(con, "platform_status", later, key) == MergeCount(1, 0)


@pytest.mark.parametrize("rows", [[], pa.table({}), pd.DataFrame(), pa.table({"observation_id": []})])
def test_no_rows_are_no_work(rows: Any, con: duckdb.DuckDBPyConnection) -> None:
    assert merge_rows(con, "observation", rows, KEY) == MergeCount(0, 0)


def test_moments_are_kept_in_utc_whatever_their_zone(con: duckdb.DuckDBPyConnection) -> None:
    paris = datetime(2024, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    merge_rows(con, "observation", [{"observation_id": 1, "observed_at": paris}], KEY)
    rows = fetch_rows(con, "SELECT CAST(observed_at AS VARCHAR) AS at FROM observation")
    assert rows == [{"at": "2024-07-01 10:00:00+00"}]


def test_a_merge_joins_the_open_transaction(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ZeroDivisionError), transaction(con):
        assert merge_rows(con, "observation", two_observations(), KEY) == MergeCount(2, 0)
        raise ZeroDivisionError
    assert fetch_rows(con, "SELECT * FROM observation") == []


def test_insert_rows_appends_what_it_gets(con: duckdb.DuckDBPyConnection) -> None:
    assert insert_rows(con, "observation", two_observations()) == 2
    assert insert_rows(con, "observation", []) == 0
    assert len(fetch_rows(con, "SELECT * FROM observation")) == 2


TWICE = [{"observation_id": 5, "outcome": "text"}, {"observation_id": 5, "outcome": "unreachable"}]
INEXACT = pd.DataFrame({"observation_id": [2.0**60, None]})


@pytest.mark.parametrize(
    ("table", "rows", "message"),
    [
        ("observation", TWICE, r"observation: .*'observation_id': 5\} in 2 rows"),
        ("observation", [{"observation_id": None}], r"'observation_id': None"),
        ("observation", [{"outcome": "text"}], r"observation: rows lack the key column observation_id"),
        (
            "observation",
            [{"observation_id": 1, "outcom": "text"}],
            r"observation has no column outcom \(it has ",
        ),
        ("observation", [{"observation_id": "x"}], r"observation\.observation_id: a value does not fit"),
        ("observation", [{"observation_id": 2**63}], r"observation\.observation_id: a value does not fit"),
        (
            "observation",
            [{"observation_id": 1, "outcome": "\ud800"}],
            r"observation\.outcome: a value does not",
        ),
        ("observation", [{"observation_id": 1}, {}], r"row 1 and row 0 do not have the same columns: "),
        ("observation", INEXACT, r"observation\.observation_id: .*lost digits"),
        ("no_such_table", [{"observation_id": 1}], r"there is no table no_such_table"),
    ],
)
def test_rows_that_cannot_be_merged_are_refused_by_name(
    table: str, rows: Any, message: str, untouched_warehouse: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(WarehouseError, match=message):
        merge_rows(untouched_warehouse, table, rows, KEY)
    assert fetch_rows(untouched_warehouse, "SELECT * FROM observation") == []


@pytest.fixture(scope="module")
def untouched_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One DuckDB file for all refusals: they leave nothing behind, which is part of what is tested."""
    folder = tmp_path_factory.mktemp("refusals")
    with open_build(Location(folder, folder / "warehouse.duckdb"), "test") as connection:
        yield connection
