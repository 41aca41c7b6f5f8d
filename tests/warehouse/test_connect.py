"""The doors: in UTC, closed whatever happens, and clear about what is missing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import warehouse.attach_lake
from warehouse.connect import open_build, open_published
from warehouse.errors import NothingPublished, WarehouseError
from warehouse.fetch_rows import fetch_rows
from warehouse.location import Location, parse_location
from warehouse.transaction import transaction


def test_sessions_are_in_utc_whatever_the_machine_says(
    any_location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with open_build(any_location, "test") as con:
        rows = fetch_rows(con, "SELECT CAST(TIMESTAMPTZ '2024-03-31 12:00:00+02' AS VARCHAR) AS at")
        assert rows == [{"at": "2024-03-31 10:00:00+00"}]


def test_before_the_first_publication_the_reader_is_told_what_to_run(file_location: Location) -> None:
    with (
        pytest.raises(NothingPublished, match=r"nothing published yet at .*: run `vigie "),
        open_published(file_location),
    ):
        pytest.fail("there is nothing to open")


def test_a_failing_step_leaves_the_warehouse_closed(file_location: Location) -> None:
    with pytest.raises(ZeroDivisionError), open_build(file_location, "fail") as con:
        raise ZeroDivisionError
    with pytest.raises(duckdb.ConnectionException):
        con.execute("SELECT 1")
    with open_build(file_location, "next", timeout=0.5) as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]


def test_a_file_that_is_no_warehouse_is_named(file_location: Location) -> None:
    assert file_location.build_path is not None
    file_location.build_path.write_text("not a database, not by far\n" * 500, encoding="utf-8")
    with (
        pytest.raises(WarehouseError, match=r"warehouse\.duckdb cannot be opened"),
        open_build(file_location, "test"),
    ):
        pytest.fail("opened a text file")


def test_a_transaction_that_fails_is_undone_whole(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ZeroDivisionError), transaction(con):
        con.execute("INSERT INTO platform (platform_id) VALUES ('first')")
        with transaction(con):
            con.execute("INSERT INTO platform (platform_id) VALUES ('second')")
        raise ZeroDivisionError
    assert con.execute("SELECT count(*) FROM platform").fetchall() == [(0,)]
    with transaction(con):
        con.execute("INSERT INTO platform (platform_id) VALUES ('third')")
    assert con.execute("SELECT platform_id FROM platform").fetchall() == [("third",)]


def test_readers_of_a_ducklake_cannot_write(ducklake_location: Location) -> None:
    with open_build(ducklake_location, "test"):
        pass
    with open_published(ducklake_location) as con:
        assert con.execute("SELECT count(*) FROM alert_feed").fetchall() == [(0,)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            con.execute("INSERT INTO platform (platform_id) VALUES ('x')")


def test_an_unreachable_catalog_is_named_without_its_password(tmp_path: Path) -> None:
    conninfo = "host=127.0.0.1 port=1 user=vigie password=hush dbname=vigie connect_timeout=1"
    with (
        pytest.raises(WarehouseError, match=r"port=1 .*cannot be attached") as caught,
        open_build(parse_location(f"ducklake:postgres:{conninfo}", tmp_path), "test"),
    ):
        pytest.fail("attached to nothing")
    assert "hush" not in str(caught.value)


def test_a_missing_extension_wheel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse.attach_lake, "find_spec", lambda name: None)
    with (
        pytest.raises(WarehouseError, match=r"duckdb-extension-postgres-scanner==\d"),
        open_build(parse_location("ducklake:postgres:dbname=x", tmp_path), "test"),
    ):
        pytest.fail("loaded nothing")
