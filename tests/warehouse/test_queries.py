"""The analysts' queries: one statement a file, each runs, and says what its header promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.invented_market import fill_alternation, fill_market
from warehouse.fetch_rows import fetch_rows
from warehouse.write_dictionary import QUERIES

FILES = sorted(QUERIES.glob("*.sql"))


def run(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    return fetch_rows(con, (QUERIES / f"{name}.sql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_is_one_statement_under_a_header(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert len(duckdb.extract_statements(text)) == 1


def test_every_query_runs_on_an_empty_warehouse_and_on_data(con: duckdb.DuckDBPyConnection) -> None:
    assert FILES
    assert {file.stem: len(run(con, file.stem)) for file in FILES} == dict.fromkeys(
        (f.stem for f in FILES), 0
    )
    fill_market(con)
    fill_alternation(con)
    assert not [file.stem for file in FILES if not run(con, file.stem)]


@pytest.fixture
def market(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    fill_market(con)
    return con


def test_an_alert_that_was_sent_is_not_due(market: duckdb.DuckDBPyConnection) -> None:
    assert {row["platform_name"] for row in run(market, "list_due_alerts")} == {"Quayside", "Reef"}


def test_undeclared_platforms_stay_out_of_comparisons(market: duckdb.DuckDBPyConnection) -> None:
    found = {
        (row["platform_name"], row["charter_status"], row["notice_before"], row["notice_after"])
        for row in run(market, "compare_notice_periods_by_status")
    }
    expected = {("Quayside", "joined-2020", "30 days", "10 days"), ("Dunes", "none", "30 days", "10 days")}
    assert found == expected
    statuses = {
        (row["commitment_id"], row["charter_status"], row["better"], row["worse"])
        for row in run(market, "compare_directions_by_status")
    }
    assert statuses == {
        ("mediation", "joined-2020", 0, 1),
        ("notice", "joined-2020", 1, 1),
        ("notice", "none", 0, 1),
    }


def test_a_commitment_can_be_chosen(market: duckdb.DuckDBPyConnection) -> None:
    assert len(run(market, "find_clauses_on_commitment")) == 5
    market.execute("SET VARIABLE commitment = 'mediation'")
    try:
        assert [row["platform_name"] for row in run(market, "find_clauses_on_commitment")] == ["Quayside"]
    finally:
        market.execute("RESET VARIABLE commitment")


def test_a_change_is_traced_to_the_bytes_it_rests_on(market: duckdb.DuckDBPyConnection) -> None:
    market.execute(
        'INSERT INTO "fetch" (fetch_id, observation_id, url, snapshot_hash, warc_file, warc_offset) '
        "VALUES (1, 220, 'https://dunes.example/terms', 'abc', 'second.warc.gz', 77)"
    )
    market.execute(
        "INSERT INTO snapshot (snapshot_hash, byte_count, warc_file, warc_offset) "
        "VALUES ('abc', 12, 'round.warc.gz', 4096)"
    )
    market.execute("SET VARIABLE change = 210")
    try:
        (row,) = run(market, "trace_change_to_evidence")
    finally:
        market.execute("RESET VARIABLE change")
    assert (row["url"], row["warc_file"], row["warc_offset"]) == (
        "https://dunes.example/terms",
        "round.warc.gz",
        4096,
    )
    assert (row["source_id"], row["verdict_reason"]) == ("commit 220", "it is changed")
