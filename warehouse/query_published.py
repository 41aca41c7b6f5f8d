"""One statement over the published copy, for people at a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.connect import open_published
from warehouse.errors import WarehouseError
from warehouse.location import Location


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names and rows of a query, in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query_published(location: Location, query: str) -> QueryResult:
    """Run one query read-only.

    Raises:
        WarehouseError: nothing is published yet, or DuckDB refuses the query (its message is kept).
    """
    with open_published(location) as con:
        try:
            table = con.execute(query).to_arrow_table()
        except duckdb.Error as error:
            raise WarehouseError(str(error)) from error
    columns = tuple(table.column_names)
    # By position: a query may give two columns the same name.
    values = [table.column(index).to_pylist() for index in range(len(columns))]
    return QueryResult(columns, tuple(zip(*values, strict=True)))
