"""What the messages are built from: alerts in force with the matches that are sure enough to be told."""

from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.invented_market import fill_market
from warehouse.read_alerts import read_alerts


@pytest.fixture
def market(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    fill_market(con)
    return con


def told(con: duckdb.DuckDBPyConnection, least: float) -> dict[int, list[tuple[int, list[float]]]]:
    return {
        alert["alert_id"]: [
            (change["change_id"], [match["confidence"] for match in change["commitments"]])
            for change in alert["changes"]
        ]
        for alert in read_alerts(con, least)
    }


def test_every_match_is_told_when_none_is_too_unsure(market: duckdb.DuckDBPyConnection) -> None:
    assert told(market, 0.0)[1] == [(120, [0.9, 0.6, 0.5]), (121, [0.8])]


def test_matches_below_the_least_confidence_are_left_out(market: duckdb.DuckDBPyConnection) -> None:
    assert told(market, 0.55)[1] == [(120, [0.9, 0.6]), (121, [0.8])]
    assert told(market, 0.85)[1] == [(120, [0.9])]


def test_an_alert_of_earlier_rules_keeps_what_it_said(market: duckdb.DuckDBPyConnection) -> None:
    assert told(market, 0.99) == told(market, 0.0)
