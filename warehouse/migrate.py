"""Bring a warehouse to the head of `warehouse/migrations`: SQL files in name order, each in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import duckdb

from warehouse.errors import MigrationError
from warehouse.transaction import transaction

MIGRATIONS = Path(__file__).parent / "migrations"
LEDGER = "CREATE TABLE schema_migration (name VARCHAR, applied_at TIMESTAMPTZ, checksum VARCHAR)"


def migrate(con: duckdb.DuckDBPyConnection, folder: Path = MIGRATIONS) -> list[str]:
    """Apply the migrations that the warehouse lacks and return their file names, in the order applied.

    Raises MigrationError, naming the file, when an applied migration was edited since, when one sorts before
    what is applied already, or when its SQL fails (its transaction is rolled back, earlier ones stay).
    """
    files = sorted(folder.glob("*.sql"))
    if not files:
        raise MigrationError(f"no migration found in {folder}")
    applied = _read_ledger(con)
    _check_applied(files, applied)
    pending = [file for file in files if file.name not in applied]
    for file in pending:
        _apply(con, file)
    return [file.name for file in pending]


def checksum_of(file: Path) -> str:
    """Hash of a migration's text; line ends do not count, a checkout may change them."""
    return blake2b(file.read_text(encoding="utf-8").encode(), digest_size=16).hexdigest()


def _read_ledger(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    exists = con.execute(
        "SELECT count(*) FROM duckdb_tables() "
        "WHERE database_name = current_database() AND table_name = 'schema_migration'"
    ).fetchall()[0][0]
    if not exists:
        con.execute(LEDGER)
    return dict(con.execute("SELECT name, checksum FROM schema_migration").fetchall())


def _check_applied(files: Sequence[Path], applied: dict[str, str]) -> None:
    last = max(applied, default="")
    for file in files:
        if file.name not in applied:
            if file.name < last:
                raise MigrationError(f"{file.name} sorts before {last}, applied already: rename it")
        elif applied[file.name] != checksum_of(file):
            raise MigrationError(f"{file.name} was changed after it was applied: restore it and add another")


def _apply(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    try:
        with transaction(con):
            con.execute(file.read_text(encoding="utf-8"))
            con.execute("INSERT INTO schema_migration VALUES (?, now(), ?)", [file.name, checksum_of(file)])
    except duckdb.Error as error:
        raise MigrationError(f"{file.name}: {error}") from error
