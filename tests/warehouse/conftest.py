"""Warehouses to test on: a DuckDB file, and DuckLake on a private Postgres where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.private_postgres import Postgres, PostgresMissingError, run_postgres
from warehouse.connect import open_build
from warehouse.location import Location, parse_location

DATABASE_NUMBERS = count(1)


@pytest.fixture
def file_location(tmp_path: Path) -> Location:
    return parse_location(str(tmp_path / "warehouse.duckdb"), tmp_path / "data")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(run_postgres())
        except PostgresMissingError as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture
def empty_ducklake_location(postgres: Postgres, tmp_path: Path) -> Location:
    """A lake that nothing was applied to yet."""
    conninfo = postgres.create_database(f"lake{next(DATABASE_NUMBERS)}")
    return parse_location(f"ducklake:postgres:{conninfo}", tmp_path / "data")


@pytest.fixture(scope="session")
def migrated_ducklake(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Name of a migrated catalog to copy, and its data folder: migrating anew takes seconds for each test."""
    data_dir = tmp_path_factory.mktemp("lake")
    location = parse_location(f"ducklake:postgres:{postgres.create_database('migrated')}", data_dir)
    with open_build(location, "migrate once"):
        return "migrated", data_dir


@pytest.fixture
def ducklake_location(postgres: Postgres, migrated_ducklake: tuple[str, Path]) -> Location:
    """A migrated, empty lake of the test's own; the data folder is shared, as its files have unique names."""
    template, data_dir = migrated_ducklake
    conninfo = postgres.create_database(f"lake{next(DATABASE_NUMBERS)}", template)
    return parse_location(f"ducklake:postgres:{conninfo}", data_dir)


@pytest.fixture(params=["file", "ducklake"])
def any_location(request: pytest.FixtureRequest) -> Location:
    location: Location = request.getfixturevalue(f"{request.param}_location")
    return location


@pytest.fixture(scope="session")
def shared_lake(
    postgres: Postgres, migrated_ducklake: tuple[str, Path]
) -> Iterator[duckdb.DuckDBPyConnection]:
    template, data_dir = migrated_ducklake
    conninfo = postgres.create_database("shared", template)
    with open_build(parse_location(f"ducklake:postgres:{conninfo}", data_dir), "test") as connection:
        yield connection


@pytest.fixture(params=["file", "ducklake"])
def con(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    """A migrated warehouse, empty, of either kind. The lake is emptied between tests, not made anew."""
    if request.param == "file":
        with open_build(request.getfixturevalue("file_location"), "test") as connection:
            yield connection
        return
    lake: duckdb.DuckDBPyConnection = request.getfixturevalue("shared_lake")
    try:
        yield lake
    finally:
        _empty(lake)


def _empty(lake: duckdb.DuckDBPyConnection) -> None:
    names = lake.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND table_name <> 'schema_migration'"
    ).fetchall()
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for (name,) in names)
    for name, count_of_rows in lake.execute(counts).fetchall():
        if count_of_rows:
            lake.execute(f'DELETE FROM "{name}"')
