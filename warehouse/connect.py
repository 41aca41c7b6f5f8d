"""Doors to the warehouse: the build file for the one writer, the published copy for everybody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.attach_lake import attach_lake
from warehouse.errors import NothingPublished, WarehouseBusy, WarehouseError
from warehouse.location import Location
from warehouse.lock import warehouse_lock
from warehouse.migrate import migrate
from warehouse.quote import quote_text

# The first storage format that compresses long texts (ZSTD); every DuckDB from 1.2 on reads it.
STORAGE_VERSION = "v1.2.0"
# Nothing may be fetched from an extension repository: what we need comes with the wheels.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # New files would keep the oldest format, which stores long texts as they are (measured: 25 times larger).
    "storage_compatibility_version": STORAGE_VERSION,
}
RETRY_SECONDS = 0.2


@contextmanager
def open_build(location: Location, purpose: str, timeout: float = 120) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-write connection under the warehouse lock, migrated to head, in UTC; always closed.

    On DuckLake only the migration is locked: its writers do not exclude each other. Raises WarehouseBusy when
    the lock, or DuckDB's own lock on the file, is held for longer than `timeout` seconds.
    """
    if location.build_path is None:
        with _open_lake(location, purpose, timeout) as con:
            yield con
        return
    deadline = time.monotonic() + timeout
    with warehouse_lock(location, purpose, timeout):
        con = _connect_file(location, deadline)
        try:
            con.execute("SET TimeZone = 'UTC'")
            migrate(con)
            yield con
        finally:
            con.close()


@contextmanager
def open_published(location: Location) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the published copy (on DuckLake: to the lake itself), in UTC; always closed.

    Takes no lock and holds up nobody: a publication meanwhile replaces the file, this connection keeps the
    old one. Raises NothingPublished while there is no copy.
    """
    con = duckdb.connect(":memory:", config=CONFIG)
    try:
        con.execute("SET TimeZone = 'UTC'")
        if location.published_path is None:
            attach_lake(con, location, is_read_only=True)
        else:
            _attach_published(con, location)
        yield con
    finally:
        con.close()


def _attach_published(con: duckdb.DuckDBPyConnection, location: Location) -> None:
    path = location.published_path
    if path is None or not path.is_file():
        raise NothingPublished(f"nothing published yet at {path}: run `vigie import SOURCE` first")
    # Attached to a connection in memory rather than opened: within one process DuckDB shares an opened file
    # by its path, and a long-lived reader would go on seeing the copy that a publication has replaced.
    con.execute(f"ATTACH {quote_text(str(path))} AS vigie (READ_ONLY)")
    con.execute("USE vigie")


def _connect_file(location: Location, deadline: float) -> duckdb.DuckDBPyConnection:
    """Open the build file; waits for those who opened it without our lock (a validation, an SQL shell)."""
    while True:
        try:
            return duckdb.connect(str(location.build_path), config=CONFIG)
        except (duckdb.IOException, duckdb.ConnectionException) as error:
            if not _is_open_elsewhere(error):
                raise WarehouseError(f"{location.build_path} cannot be opened: {error}") from error
            if time.monotonic() >= deadline:
                raise WarehouseBusy(f"{location.build_path} is open without our lock: {error}") from error
        time.sleep(RETRY_SECONDS)


def _is_open_elsewhere(error: duckdb.Error) -> bool:
    """By another process (its lock is in our way) or by this one with other options (read-only, say)."""
    return "Could not set lock" in str(error) or "different configuration" in str(error)


@contextmanager
def _open_lake(location: Location, purpose: str, timeout: float) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(":memory:", config=CONFIG)
    try:
        con.execute("SET TimeZone = 'UTC'")
        with warehouse_lock(location, purpose, timeout):
            attach_lake(con, location)
            migrate(con)
        yield con
    finally:
        con.close()
