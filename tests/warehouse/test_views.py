"""The analysts' views on an invented market, on both kinds of warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.warehouse.invented_market import NEW, OLD, day, fill_alternation, fill_market
from warehouse.fetch_rows import fetch_rows


@pytest.fixture
def market(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    fill_market(con)
    yield con


def rows_of(market: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in fetch_rows(market, query)]


def test_current_verdicts_are_one_per_observation_and_name_the_platform(
    market: duckdb.DuckDBPyConnection,
) -> None:
    found = rows_of(market, "SELECT count(*), count(DISTINCT observation_id) FROM current_verdict")
    assert found == [(8, 8)]
    query = """
        SELECT platform_name, terms_type, observed_at, verdict FROM current_verdict WHERE observation_id = 105
    """
    assert rows_of(market, query) == [("Quayside", "Terms 1", day(5), "changed")]


def test_current_versions_tell_which_one_is_in_force(market: duckdb.DuckDBPyConnection) -> None:
    market.execute(
        "INSERT INTO version (version_id, document_id, observation_id, valid_until, superseded_at) VALUES "
        "(1, 1, 101, TIMESTAMPTZ '2024-03-05 09:00:00+00', NULL), "
        "(2, 1, 105, NULL, NULL), (3, 1, 102, NULL, now())"
    )
    query = "SELECT version_id, is_in_force, observed_at FROM current_version ORDER BY ALL"
    assert rows_of(market, query) == [(1, False, day(1)), (2, True, day(5))]


def test_a_clause_change_shows_when_it_was_first_seen_and_what_it_touches(
    market: duckdb.DuckDBPyConnection,
) -> None:
    # A later observation shows the same comparison again: the first one dates the change.
    market.execute(
        "INSERT INTO observation (observation_id, document_id, observed_at) "
        "VALUES (199, 1, TIMESTAMPTZ '2024-03-25 09:00:00+00')"
    )
    market.execute(
        "INSERT INTO verdict (verdict_id, observation_id, document_id, verdict, comparison_id) "
        "VALUES (199, 199, 1, 'oscillation', 12)"
    )
    query = """
        SELECT change_id, observed_at, verdict, nature, commitments, evidence_levels, confidence, direction
        FROM clause_change WHERE document_id = 1 ORDER BY change_id
    """
    assert rows_of(market, query) == [
        (110, day(2), "cosmetic", "noise", None, None, None, "neutral"),
        (120, day(5), "changed", "substantive", "mediation, notice", "inferred, sourced", 0.9, "worse"),
        (121, day(5), "changed", "substantive", "notice", "sourced", 0.8, "better"),
        (122, day(5), "changed", "substantive", None, None, None, "worse"),
    ]


def test_the_alert_feed_has_one_row_per_alert_with_the_clauses_that_made_it(
    market: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        SELECT
            commitments, evidence_levels, directions, clauses_before, clauses_after, change_count, evidence,
            attribution
        FROM alert_feed WHERE alert_id = 1
    """
    assert rows_of(market, query) == [
        (
            "mediation, notice",
            "inferred, sourced",
            "better, worse",
            f"{OLD}\n\n",
            f"{NEW}\n\n{NEW}",
            2,
            "recorded text only",
            "Harbour archive",
        )
    ]
    assert rows_of(market, "SELECT alert_id FROM alert_feed ORDER BY ALL") == [(1,), (2,), (3,)]


def test_the_charter_status_is_that_of_the_day_in_paris(market: duckdb.DuckDBPyConnection) -> None:
    """23:00 UTC on 4 March is 5 March in Paris, when the status changed; no status recorded is none."""
    query = "SELECT alert_id, charter_status, is_declared FROM alert_feed ORDER BY alert_id"
    assert rows_of(market, query) == [(1, "joined-2020", True), (2, "none", True), (3, "unknown", False)]
    market.execute(
        "UPDATE alert SET changed_before = TIMESTAMPTZ '2024-03-04 22:59:59+00' WHERE alert_id = 1"
    )
    assert rows_of(market, "SELECT charter_status FROM alert_feed WHERE alert_id = 1") == [("none",)]


def test_an_alert_is_sent_when_any_channel_received_it(market: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT alert_id, is_sent, deliveries FROM alert_feed ORDER BY alert_id"
    assert rows_of(market, query) == [
        (1, False, "slack: refused"),
        (2, True, "file: refused, slack: sent"),
        (3, False, None),
    ]


def test_silence_is_counted_from_the_last_good_observation(market: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT
            document_id, observation_count, last_good_at, days_unseen_at_newest, quarantined_count,
            last_verdict
        FROM document_health ORDER BY document_id
    """
    assert rows_of(market, query) == [
        (1, 5, day(5), 15, 1, "unreachable"),
        (2, 2, day(20), 0, 0, "changed"),
        (3, 1, day(3), 17, 0, "changed"),
        (4, 0, None, None, 0, None),
    ]
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    expected = (today - day(5).date()).days
    # Midnight in Paris may pass between the two lines.
    found = rows_of(market, "SELECT days_unseen_now FROM document_health WHERE document_id = 1")[0][0]
    assert found in (expected, expected + 1)


def test_an_observation_without_a_verdict_yet_is_not_a_good_one(market: duckdb.DuckDBPyConnection) -> None:
    market.execute(
        "INSERT INTO observation (observation_id, document_id, observed_at) "
        "VALUES (499, 4, TIMESTAMPTZ '2024-03-25 09:00:00+00')"
    )
    query = "SELECT observation_count, last_good_at, last_verdict FROM document_health WHERE document_id = 4"
    assert rows_of(market, query) == [(1, None, None)]


def test_open_quarantine_keeps_rows_without_a_document(market: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT quarantine_id, platform_name FROM quarantine_open ORDER BY ALL"
    assert rows_of(market, query) == [(1, "Quayside"), (3, None)]


def test_a_page_that_alternates_is_shown_as_unstable_once(con: duckdb.DuckDBPyConnection) -> None:
    fill_alternation(con)
    query = """
        SELECT terms_type, flip_count, oscillation_count, cosmetic_count, text_count, since, last_flip_at
        FROM unstable_document
    """
    assert rows_of(con, query) == [("Terms 5", 3, 2, 1, 3, day(4), day(9))]
    assert "narrow the selector" in str(rows_of(con, "SELECT proposal FROM unstable_document"))
