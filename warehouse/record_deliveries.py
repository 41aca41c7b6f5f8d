"""Table `alert_delivery`: one row per alert and channel, written before and after each call to the channel."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb

from warehouse.fetch_rows import fetch_rows
from warehouse.keys import key_of
from warehouse.merge_rows import merge_rows

COLUMNS = (
    "delivery_id", "alert_id", "channel", "status", "payload_hash", "message_ts", "attempt_count", "error",
    "claimed_by", "unresolved_since", "recorded_at",
)  # fmt: skip


def read_deliveries(con: duckdb.DuckDBPyConnection, channel: str) -> dict[int, dict[str, Any]]:
    """Rows of a channel by alert id."""
    rows = fetch_rows(con, f"SELECT {', '.join(COLUMNS)} FROM alert_delivery WHERE channel = ?", [channel])
    return {row["alert_id"]: row for row in rows}


def record_delivery(con: duckdb.DuckDBPyConnection, alert_id: int, channel: str, **values: object) -> None:
    """Insert or change the row of an alert and a channel; columns that are not named keep their value."""
    known = read_deliveries(con, channel).get(alert_id, dict.fromkeys(COLUMNS))
    identity = {
        "delivery_id": key_of("delivery", alert_id, channel),
        "alert_id": alert_id,
        "channel": channel,
    }
    row = known | {"attempt_count": known["attempt_count"] or 0} | identity | values
    merge_rows(con, "alert_delivery", [row | {"recorded_at": datetime.now(UTC)}], ["delivery_id"])
