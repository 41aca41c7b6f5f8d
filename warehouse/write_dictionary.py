"""Write docs/data-dictionary.md from the comments that the migrations put on tables, columns and views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.migrate import migrate

DICTIONARY = Path(__file__).parent.parent / "docs" / "data-dictionary.md"
QUERIES = Path(__file__).parent / "queries"

HEAD = """# Data dictionary

Written from the comments in the migrations by `python -m warehouse.write_dictionary`; edit them there (in a
new migration), not here. The same comments are in every copy: `FROM duckdb_columns()` shows them. Times are
UTC. Keys are 63-bit integers derived from natural keys, the same on every machine. Rows whose `superseded_at`
is set were replaced by a later computation; the views leave them out.
"""


def write_dictionary(path: Path = DICTIONARY) -> Path:
    """Write the dictionary of a warehouse migrated to head, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(describe_warehouse(), encoding="utf-8")
    return path


def describe_warehouse() -> str:
    """The dictionary as Markdown: tables with their columns, views, queries."""
    con = duckdb.connect(":memory:")
    try:
        migrate(con)
        sections = [HEAD, "## Tables\n", *_describe_tables(con), "## Views\n", *_describe_views(con)]
    finally:
        con.close()
    return "\n".join([*sections, "## Queries\n", *_describe_queries()]).rstrip() + "\n"


def _describe_tables(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = con.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name").fetchall()
    for table, comment in rows:
        yield f"### {table}\n\n{comment or ''}\n\n| column | type | meaning |\n|---|---|---|"
        for name, kind, meaning in _read_columns(con, table):
            yield f"| {name} | {_short_type(kind)} | {_in_cell(meaning)} |"
        yield ""


def _describe_views(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = con.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
    ).fetchall()
    for view, comment in rows:
        columns = ", ".join(f"`{name}`" for name, _, _ in _read_columns(con, view))
        yield f"### {view}\n\n{comment or ''}\n\nColumns: {columns}\n"


def _describe_queries() -> Iterator[str]:
    yield "Each is one statement in `warehouse/queries/`, to be run on the published copy.\n"
    yield "| query | what it answers |\n|---|---|"
    for file in sorted(QUERIES.glob("*.sql")):
        lines = file.read_text(encoding="utf-8").splitlines()
        header = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))
        yield f"| `{file.name}` | {_in_cell(header)} |"


def _read_columns(con: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str, str | None]]:
    return con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE table_name = ? ORDER BY column_index",
        [relation],
    ).fetchall()


def _short_type(kind: str) -> str:
    return "TIMESTAMPTZ" if kind == "TIMESTAMP WITH TIME ZONE" else kind


def _in_cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


if __name__ == "__main__":
    print(write_dictionary())
