"""Bulk upsert: one registered Arrow table and one MERGE, never row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.quote import quote_name
from warehouse.shape_batch import Rows, shape_batch
from warehouse.transaction import transaction

# For callers in rooms that do not import DuckDB themselves.
Connection = duckdb.DuckDBPyConnection
BATCH = "merge_batch"
# What tells when and by which run a row was written is not content: alone it makes no difference.
BOOKKEEPING = frozenset({"recorded_at", "run_id"})


@dataclass(frozen=True, slots=True)
class MergeCount:
    """Rows that a merge inserted and updated; rows that were the same already are in neither."""

    inserted: int = 0
    updated: int = 0

    def __add__(self, other: MergeCount) -> MergeCount:
        return MergeCount(self.inserted + other.inserted, self.updated + other.updated)


def merge_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Rows, key: Sequence[str], *, update: bool = True
) -> MergeCount:
    """Insert the rows whose `key` is new and, with `update`, overwrite those that differ.

    A row that differs in nothing but `recorded_at` or `run_id` is left alone: a rerun changes nothing.
    Columns take the types of the table; columns that the rows lack stay as they are (NULL in new rows). Key
    parts are compared NULL-safely. Raises WarehouseError, naming table, column or key, on unknown columns,
    values that do not fit, rows with differing columns, a key given twice in the rows, or a key that is NULL
    throughout.
    """
    batch = shape_batch(con, table, rows)
    if not batch.num_rows:
        return MergeCount()
    _check_key_columns(table, batch, key)
    con.register(BATCH, batch)
    try:
        _check_keys(con, table, key)
        with transaction(con):
            before = _count(con, table)
            statement = _merge_statement(table, batch.column_names, key, update)
            touched = int(con.execute(statement).fetchall()[0][0])
            inserted = _count(con, table) - before
    finally:
        con.unregister(BATCH)
    return MergeCount(inserted, touched - inserted)


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> int:
    """Append rows as they come and return their number: for rows that are new by construction."""
    batch = shape_batch(con, table, rows)
    if batch.num_rows:
        columns = ", ".join(map(quote_name, batch.column_names))
        con.register(BATCH, batch)
        try:
            con.execute(f"INSERT INTO {quote_name(table)} ({columns}) SELECT {columns} FROM {BATCH}")
        finally:
            con.unregister(BATCH)
    return int(batch.num_rows)


def _merge_statement(table: str, columns: Sequence[str], key: Sequence[str], update: bool) -> str:
    same = " AND ".join(f"old.{quote_name(k)} IS NOT DISTINCT FROM new.{quote_name(k)}" for k in key)
    others = [quote_name(column) for column in columns if column not in key]
    content = [quote_name(c) for c in columns if c not in key and c not in BOOKKEEPING]
    names = ", ".join(map(quote_name, columns))
    values = ", ".join(f"new.{quote_name(column)}" for column in columns)
    overwrite = ""
    if update and content:
        differs = " OR ".join(f"old.{c} IS DISTINCT FROM new.{c}" for c in content)
        settings = ", ".join(f"{c} = new.{c}" for c in others)
        overwrite = f"WHEN MATCHED AND ({differs}) THEN UPDATE SET {settings} "
    return (
        f"MERGE INTO {quote_name(table)} AS old USING {BATCH} AS new ON {same} {overwrite}"
        f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values})"
    )


def _check_key_columns(table: str, batch: pa.Table, key: Sequence[str]) -> None:
    missing = [column for column in key if column not in batch.column_names]
    if missing or not key:
        raise WarehouseError(f"{table}: rows lack the key column {', '.join(missing) or '(no key given)'}")


def _check_keys(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str]) -> None:
    names = ", ".join(map(quote_name, key))
    empty = " AND ".join(f"{quote_name(k)} IS NULL" for k in key)
    faulty = con.execute(
        f"SELECT {names}, count(*) FROM {BATCH} GROUP BY {names} HAVING count(*) > 1 OR ({empty}) LIMIT 3"
    ).fetchall()
    if faulty:
        found = "; ".join(f"{dict(zip(key, row[:-1], strict=True))} in {row[-1]} rows" for row in faulty)
        raise WarehouseError(f"{table}: a key is given twice or is empty in the same batch: {found}")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {quote_name(table)}").fetchall()[0][0])
