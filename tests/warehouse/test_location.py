"""The setting that says where the warehouse lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.errors import WarehouseError
from warehouse.location import mask_password, parse_location


def test_a_duckdb_file_is_published_beside_itself(tmp_path: Path) -> None:
    location = parse_location(str(tmp_path / "warehouse.duckdb"), tmp_path)
    assert location.build_path == tmp_path / "warehouse.duckdb"
    assert location.published_path == tmp_path / "warehouse.published.duckdb"
    assert not location.is_ducklake


def test_a_relative_path_does_not_follow_later_changes_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    location = parse_location("var/warehouse.duckdb", Path("data"))
    assert location.build_path == tmp_path / "var" / "warehouse.duckdb"
    assert location.data_dir == tmp_path / "data"


def test_ducklake_keeps_its_files_and_lock_in_the_data_folder(tmp_path: Path) -> None:
    location = parse_location("ducklake:postgres:host=db dbname=vigie", tmp_path)
    assert location.is_ducklake
    assert location.catalog == "host=db dbname=vigie"
    assert location.published_path is None
    assert location.lake_dir.parent == location.lock_path.parent == tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "warehouse",
        "warehouse.sqlite",
        "postgres://db/vigie",
        "ducklake:postgres:",
        "ducklake:sqlite:catalog.sqlite",
        "s3://bucket/warehouse.duckdb",
        "warehouse.published.duckdb",
    ],
)
def test_anything_else_is_refused_with_the_name_of_the_setting(text: str, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="VIGIE_WAREHOUSE"):
        parse_location(text, tmp_path)


def test_a_folder_is_not_a_warehouse(tmp_path: Path) -> None:
    (tmp_path / "odd.duckdb").mkdir()
    with pytest.raises(WarehouseError, match="is a folder"):
        parse_location(str(tmp_path / "odd.duckdb"), tmp_path)


@pytest.mark.parametrize(
    "conninfo",
    [
        "host=db password=hush dbname=vigie",
        r"host=db password='hush \' hush' dbname=vigie",
        "postgresql://vigie:hush@db/vigie",
    ],
)
def test_a_password_never_shows(conninfo: str, tmp_path: Path) -> None:
    location = parse_location(f"ducklake:postgres:{conninfo}", tmp_path)
    assert location.catalog == conninfo
    for shown in (str(location), repr(location), mask_password(conninfo)):
        assert "hush" not in shown
        assert "***" in shown
        assert "db" in shown
