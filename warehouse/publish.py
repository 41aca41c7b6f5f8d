"""Publish: a sorted copy of the build file for everybody who reads, put in place in one step."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from warehouse.connect import STORAGE_VERSION, open_build, open_published
from warehouse.errors import WarehouseError
from warehouse.location import Location
from warehouse.quote import quote_name, quote_text
from warehouse.sort_keys import sort_key_of

COPY = "vigie_publication"


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published: file (None on DuckLake), its size in bytes, seconds, rows per table, a remark."""

    path: Path | None
    bytes: int
    seconds: float
    row_counts: Mapping[str, int] = field(default_factory=dict)
    remark: str = ""


def publish(location: Location, timeout: float = 120) -> PublishReport:
    """Write the published copy of `location` and put it in the place of the former one.

    The copy is written beside its target, flushed to the disk, then renamed over it: readers who hold the
    former copy open keep it, new ones get the new one, and a crash at any moment leaves the former one.
    Raises WarehouseBusy when the warehouse is in use for longer than `timeout` seconds.
    """
    started = time.monotonic()
    if location.published_path is None:
        with open_published(location) as con:
            counts = {table: _count(con, table) for table in _list_tables(con)}
        remark = "DuckLake: readers attach the lake itself, there is nothing to copy"
        return PublishReport(None, 0, time.monotonic() - started, counts, remark)
    target = location.published_path
    draft = target.with_name(target.name + ".new")
    with open_build(location, "publish", timeout) as con:
        try:
            _discard(draft)
            counts = _write_copy(con, draft)
            _put_in_place(draft, target)
        except BaseException:
            _discard(draft)
            raise
    return PublishReport(target, target.stat().st_size, time.monotonic() - started, counts)


def _write_copy(con: duckdb.DuckDBPyConnection, draft: Path) -> dict[str, int]:
    """Copy schema, views and comments as they are, then each table in the order of its sort key."""
    con.execute("CHECKPOINT")
    source = quote_name(con.execute("SELECT current_database()").fetchall()[0][0])
    con.execute(f"ATTACH {quote_text(str(draft))} AS {COPY} (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute(f"COPY FROM DATABASE {source} TO {COPY} (SCHEMA)")
        counts = {table: _copy_table(con, table) for table in _list_tables(con)}
        con.execute(f"CHECKPOINT {COPY}")
    finally:
        con.execute(f"DETACH {COPY}")
    return counts


def _copy_table(con: duckdb.DuckDBPyConnection, table: str) -> int:
    name = quote_name(table)
    order = sort_key_of(table)
    con.execute(f"INSERT INTO {COPY}.{name} SELECT t.* FROM {name} AS t ORDER BY {order}")
    found, expected = _count(con, table, f"{COPY}."), _count(con, table)
    if found != expected:
        raise WarehouseError(
            f"publish: {table} has {expected} rows but its copy {found}; the former copy stays"
        )
    return found


def _list_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND NOT internal ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in rows]


def _count(con: duckdb.DuckDBPyConnection, table: str, prefix: str = "") -> int:
    return int(con.execute(f"SELECT count(*) FROM {prefix}{quote_name(table)}").fetchall()[0][0])


def _put_in_place(draft: Path, target: Path) -> None:
    _flush(draft)
    os.replace(draft, target)
    # The new name itself must survive a power cut.
    _flush(target.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard(draft: Path) -> None:
    """Remove an unfinished copy and its write-ahead log, this run's or one that was killed."""
    for path in (draft, draft.with_name(draft.name + ".wal")):
        path.unlink(missing_ok=True)
