"""The data dictionary: everything is described, and the file says what the migrations say."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.write_dictionary import DICTIONARY, describe_warehouse, write_dictionary


def test_every_table_column_and_view_is_described(con: duckdb.DuckDBPyConnection) -> None:
    undescribed = con.execute(
        """
        SELECT table_name FROM duckdb_tables()
        WHERE database_name = current_database() AND coalesce(comment, '') = ''
        UNION ALL
        SELECT view_name FROM duckdb_views()
        WHERE database_name = current_database() AND NOT internal AND coalesce(comment, '') = ''
        UNION ALL
        SELECT c.table_name || '.' || c.column_name
        FROM duckdb_columns() AS c
        INNER JOIN duckdb_tables() AS t ON c.database_name = t.database_name AND c.table_name = t.table_name
        WHERE c.database_name = current_database() AND coalesce(c.comment, '') = ''
        """
    ).fetchall()
    assert undescribed == []


def test_the_dictionary_is_in_step_with_the_migrations() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == describe_warehouse(), (
        "run `python -m warehouse.write_dictionary`"
    )


def test_the_dictionary_is_written_where_asked(tmp_path: Path) -> None:
    file = write_dictionary(tmp_path / "docs" / "dictionary.md")
    text = file.read_text(encoding="utf-8")
    assert "| observed_at | TIMESTAMPTZ | When, in UTC;" in text
    assert "### alert_feed" in text
    assert "`list_due_alerts.sql`" in text


@pytest.mark.parametrize("heading", ["## Tables", "## Views", "## Queries"])
def test_the_dictionary_has_its_three_parts_once(heading: str) -> None:
    assert describe_warehouse().count(f"{heading}\n") == 1
