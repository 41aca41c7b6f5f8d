"""Migrations: each once, in order, never edited afterwards, on both kinds of warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.connect import open_build
from warehouse.errors import MigrationError
from warehouse.location import Location
from warehouse.migrate import MIGRATIONS, migrate


@pytest.fixture
def two_migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "1_create_ships.sql").write_text("CREATE TABLE ship (name VARCHAR);", encoding="utf-8")
    (folder / "2_create_ports.sql").write_text("CREATE TABLE port (name VARCHAR);", encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", ["file_location", "empty_ducklake_location"])
def test_a_new_warehouse_is_brought_to_head(kind: str, request: pytest.FixtureRequest) -> None:
    location: Location = request.getfixturevalue(kind)
    with open_build(location, "test") as con:
        applied = con.execute("SELECT name FROM schema_migration ORDER BY name").fetchall()
        assert [name for (name,) in applied] == sorted(file.name for file in MIGRATIONS.glob("*.sql"))
        assert con.execute('SELECT count(*) FROM "fetch"').fetchall() == [(0,)]


def test_a_second_opening_applies_nothing(any_location: Location) -> None:
    read = "SELECT name, applied_at::VARCHAR, checksum FROM schema_migration ORDER BY name"
    with open_build(any_location, "test") as con:
        first = con.execute(read).fetchall()
    with open_build(any_location, "test") as con:
        assert con.execute(read).fetchall() == first
        assert migrate(con) == []


def test_an_applied_migration_that_was_edited_is_refused_by_name(two_migrations: Path) -> None:
    con = duckdb.connect()
    assert migrate(con, two_migrations) == ["1_create_ships.sql", "2_create_ports.sql"]
    (two_migrations / "1_create_ships.sql").write_text("CREATE TABLE ship (name VARCHAR, flag VARCHAR);")
    with pytest.raises(MigrationError, match=r"1_create_ships\.sql was changed after it was applied"):
        migrate(con, two_migrations)


def test_line_ends_of_a_checkout_are_not_an_edit(two_migrations: Path) -> None:
    con = duckdb.connect()
    file = two_migrations / "1_create_ships.sql"
    file.write_bytes(b"CREATE TABLE ship (\n  name VARCHAR\n);\n")
    migrate(con, two_migrations)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert migrate(con, two_migrations) == []


def test_a_migration_that_sorts_before_applied_ones_is_refused(two_migrations: Path) -> None:
    con = duckdb.connect()
    migrate(con, two_migrations)
    (two_migrations / "1_later_idea.sql").write_text("CREATE TABLE cargo (name VARCHAR);")
    with pytest.raises(MigrationError, match=r"1_later_idea\.sql sorts before 2_create_ports\.sql"):
        migrate(con, two_migrations)


def test_a_failing_migration_leaves_no_half_of_itself(two_migrations: Path) -> None:
    con = duckdb.connect()
    broken = two_migrations / "3_break.sql"
    broken.write_text("CREATE TABLE cargo (name VARCHAR); INSERT INTO no_such_table VALUES (1);")
    with pytest.raises(MigrationError, match=r"3_break\.sql: .*no_such_table"):
        migrate(con, two_migrations)
    tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert tables == {"ship", "port", "schema_migration"}
    broken.write_text("CREATE TABLE cargo (name VARCHAR);")
    assert migrate(con, two_migrations) == ["3_break.sql"]


def test_an_empty_migrations_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match="no migration found"):
        migrate(duckdb.connect(), tmp_path)
