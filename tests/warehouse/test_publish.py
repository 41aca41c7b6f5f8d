"""Publication: a sorted copy of the same content, put in place in one step, whoever reads, whatever dies."""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb
import pytest

import warehouse.publish
from tests.warehouse.invented_market import day, fill_market
from tests.warehouse.other_process import ask, kill, other_process
from warehouse.connect import open_build, open_published
from warehouse.errors import NothingPublished, WarehouseBusy, WarehouseError
from warehouse.location import Location
from warehouse.merge_rows import merge_rows
from warehouse.publish import publish
from warehouse.sort_keys import SORT_KEYS


@pytest.fixture
def market_location(file_location: Location) -> Location:
    with open_build(file_location, "fill") as con:
        fill_market(con)
    return file_location


def add_platform(location: Location, name: str) -> None:
    with open_build(location, "add") as con:
        con.execute("INSERT INTO platform (platform_id) VALUES (?)", [name])


def names_in_copy(location: Location) -> list[str]:
    with open_published(location) as con:
        rows = con.execute("SELECT platform_id FROM platform ORDER BY ALL").fetchall()
    return [name for (name,) in rows]


def drafts_of(location: Location) -> list[str]:
    assert location.published_path is not None
    folder = location.published_path.parent
    return sorted(file.name for file in folder.iterdir() if ".new" in file.name)


def content_of(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Every row of every table, in one order, with structure, views and comments."""
    catalog = "WHERE database_name = current_database() AND NOT internal ORDER BY ALL"
    tables = con.execute(f"SELECT table_name, comment FROM duckdb_tables() {catalog}").fetchall()
    content: dict[str, object] = {
        name: con.execute(f'SELECT CAST(t AS VARCHAR) FROM "{name}" AS t ORDER BY ALL').fetchall()
        for name, _ in tables
    }
    columns = "SELECT table_name, column_index, column_name, data_type, comment FROM duckdb_columns()"
    content["table comments"] = tables
    content["columns"] = con.execute(f"{columns} {catalog}").fetchall()
    content["views"] = con.execute(f"SELECT view_name, sql, comment FROM duckdb_views() {catalog}").fetchall()
    return content


def test_the_published_copy_has_the_same_content_views_and_comments(market_location: Location) -> None:
    report = publish(market_location)
    with open_build(market_location, "compare") as build, open_published(market_location) as copy:
        expected = content_of(build)
        assert content_of(copy) == expected
        assert copy.execute("SELECT count(*) FROM alert_feed").fetchall() == [(3,)]
    assert report.path is not None
    assert report.path == market_location.published_path
    assert report.bytes == report.path.stat().st_size
    assert report.row_counts["observation"] == 8
    assert set(report.row_counts) < set(expected)


def test_texts_lie_by_document_and_time_in_the_copy(file_location: Location) -> None:
    """Neighbours then resemble each other: the copy is far smaller than the texts in it."""
    chance = Random(2024)
    bodies = {document: chance.randbytes(50_000).hex() for document in range(4)}
    seen = [(document, version) for version in chance.sample(range(12), 12) for document in bodies]
    texts = [
        {
            "text_hash": f"{document}-{version}",
            "document_id": document,
            "body": f"{bodies[document]} {version}",
        }
        for document, version in seen
    ]
    observations = [
        # The later the version, the earlier it was observed: time decides, not the name.
        {
            "observation_id": 100 * document + version,
            "document_id": document,
            "observed_at": day(28 - version),
        }
        for document, version in seen
    ]
    extractions = [
        {"extraction_id": key, "observation_id": key, "text_hash": f"{key // 100}-{key % 100}"}
        for key in (100 * document + version for document, version in seen)
    ]
    with open_build(file_location, "fill") as con:
        merge_rows(con, "text_body", texts, ["text_hash"])
        merge_rows(con, "observation", observations, ["observation_id"])
        merge_rows(con, "extraction", extractions, ["extraction_id"])
    report = publish(file_location)
    with open_published(file_location) as con:
        order = [name for (name,) in con.execute("SELECT text_hash FROM text_body").fetchall()]
    assert order == [f"{document}-{version}" for document in bodies for version in reversed(range(12))]
    assert report.bytes < sum(len(str(text["body"])) for text in texts) / 3


def test_a_reader_keeps_its_copy_while_the_next_one_is_published(market_location: Location) -> None:
    publish(market_location)
    with other_process("read_copy", market_location) as reader:
        assert ask(reader) == "dune,quay,undeclared:reef"
        add_platform(market_location, "added later")
        publish(market_location)
        assert ask(reader) == "dune,quay,undeclared:reef"
    assert "added later" in names_in_copy(market_location)


def test_a_reader_in_the_same_process_sees_the_new_copy_on_its_next_opening(
    market_location: Location,
) -> None:
    publish(market_location)
    with open_published(market_location) as old:
        add_platform(market_location, "added later")
        publish(market_location)
        assert "added later" in names_in_copy(market_location)
        assert old.execute("SELECT count(*) FROM platform").fetchall() == [(3,)]


def test_the_copy_cannot_be_written(market_location: Location) -> None:
    publish(market_location)
    with (
        open_published(market_location) as con,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        con.execute("DELETE FROM platform")


def test_a_publication_killed_before_it_is_in_place_leaves_the_former_copy(market_location: Location) -> None:
    publish(market_location)
    add_platform(market_location, "added later")
    with other_process("publish_and_stall", market_location) as publisher:
        kill(publisher)
    assert names_in_copy(market_location) == ["dune", "quay", "undeclared:reef"]
    assert drafts_of(market_location) == ["warehouse.published.duckdb.new"]
    publish(market_location)
    assert names_in_copy(market_location) == ["added later", "dune", "quay", "undeclared:reef"]
    assert drafts_of(market_location) == []


def test_a_damaged_leftover_does_not_hinder_the_next_publication(market_location: Location) -> None:
    assert market_location.published_path is not None
    for suffix in (".new", ".new.wal"):
        leftover = market_location.published_path.with_name(market_location.published_path.name + suffix)
        leftover.write_bytes(b"half a page")
    publish(market_location)
    assert names_in_copy(market_location) == ["dune", "quay", "undeclared:reef"]
    assert drafts_of(market_location) == []


def test_a_failing_publication_leaves_the_former_copy_and_no_draft(
    market_location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(market_location)
    add_platform(market_location, "added later")

    def fail(path: Path) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(warehouse.publish, "_flush", fail)
        with pytest.raises(OSError, match="no space left"):
            publish(market_location)
    assert names_in_copy(market_location) == ["dune", "quay", "undeclared:reef"]
    assert drafts_of(market_location) == []


def test_a_copy_that_lacks_rows_is_never_put_in_place(
    market_location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(market_location)
    monkeypatch.setattr(warehouse.publish, "sort_key_of", lambda table: "ALL LIMIT 1")
    with pytest.raises(WarehouseError, match="publish: alert has 4 rows but its copy 1"):
        publish(market_location)
    assert names_in_copy(market_location) == ["dune", "quay", "undeclared:reef"]


def test_publishing_waits_for_the_writer_and_names_it(market_location: Location) -> None:
    with other_process("hold_build", market_location), pytest.raises(WarehouseBusy, match="count the ships"):
        publish(market_location, timeout=0.5)
    with pytest.raises(NothingPublished):
        names_in_copy(market_location)


def test_every_sort_key_names_columns_that_exist(market_location: Location) -> None:
    """Each one is used in turn by a publication; here, that none is left over from a renamed table."""
    with open_build(market_location, "list") as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert set(SORT_KEYS) <= tables


def test_a_ducklake_needs_no_copy(ducklake_location: Location) -> None:
    with open_build(ducklake_location, "fill") as con:
        fill_market(con)
    report = publish(ducklake_location)
    assert (report.path, report.bytes) == (None, 0)
    assert report.row_counts["observation"] == 8
    assert "nothing to copy" in report.remark
    with open_published(ducklake_location) as con:
        assert con.execute("SELECT count(*) FROM alert_feed").fetchall() == [(3,)]
