"""Give rows of any shape the column types of the table they are meant for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import duckdb
import pandas as pd
import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.quote import quote_name

Rows: TypeAlias = pa.Table | pd.DataFrame | Sequence[Mapping[str, object]]
# Integers above this are not exact as float64, which is what pandas makes of an integer column with gaps.
EXACT_FLOAT = 2**53


def shape_batch(con: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> pa.Table:
    """The rows as an Arrow table with the table's column types, columns in the rows' order.

    Raises WarehouseError naming table and column when a column is unknown, a value does not fit, or rows
    (mappings) do not all have the same columns: a forgotten column would silently overwrite with NULL.
    """
    types = _read_types(con, table)
    names = _column_names(table, rows)
    unknown = [name for name in names if name not in types]
    if unknown:
        raise WarehouseError(f"{table} has no column {', '.join(unknown)} (it has {', '.join(types)})")
    arrays = {name: _shape_column(table, name, rows, types[name]) for name in names}
    return pa.table(arrays)


def _read_types(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, pa.DataType]:
    try:
        schema = con.execute(f"SELECT * FROM {quote_name(table)} LIMIT 0").to_arrow_table().schema
    except duckdb.CatalogException as error:
        raise WarehouseError(f"there is no table {table} in the warehouse") from error
    return {field.name: field.type for field in schema}


def _column_names(table: str, rows: Rows) -> list[str]:
    if isinstance(rows, pa.Table):
        return list(rows.column_names)
    if isinstance(rows, pd.DataFrame):
        return [str(name) for name in rows.columns]
    if not rows:
        return []
    first = rows[0].keys()
    for number, row in enumerate(rows):
        if row.keys() != first:
            odd = ", ".join(sorted(row.keys() ^ first))
            raise WarehouseError(f"{table}: row {number} and row 0 do not have the same columns: {odd}")
    return list(first)


def _shape_column(table: str, name: str, rows: Rows, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    try:
        if isinstance(rows, pa.Table):
            return rows.column(name).cast(kind)
        if isinstance(rows, pd.DataFrame):
            return _shape_series(rows[name], kind)
        return pa.array([row[name] for row in rows], type=kind)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError, TypeError, ValueError) as error:
        raise WarehouseError(f"{table}.{name}: a value does not fit the type {kind}: {error}") from error


def _shape_series(series: pd.Series[Any], kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    is_inexact = pa.types.is_integer(kind) and pd.api.types.is_float_dtype(series.dtype)
    if is_inexact and bool((series.abs() > EXACT_FLOAT).any()):
        raise ValueError("integers came as floats and lost digits; use an integer or object column")
    return pa.array(series, type=kind, from_pandas=True)
