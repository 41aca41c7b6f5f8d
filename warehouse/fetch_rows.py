"""Query results as Python values, without the deprecated ways of DuckDB's Python client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb


def fetch_rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] | None = None
) -> list[dict[str, Any]]:
    """Rows of a query as dictionaries; TIMESTAMPTZ as datetimes in UTC.

    Goes through Arrow: `fetchall()` on a TIMESTAMPTZ needs pytz, which nothing here depends on.
    """
    rows: list[dict[str, Any]] = con.execute(query, parameters).to_arrow_table().to_pylist()
    return rows
