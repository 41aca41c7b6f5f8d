"""SQL over the published copy: one query's result as a table, or a prompt that takes statements until `exit`."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table

from warehouse.errors import WarehouseError
from warehouse.location import Location
from warehouse.query_published import QueryResult, query_published

PROMPT = "vigie> "
LEAVE = {"exit", "quit", ".exit", ".quit", r"\q"}


def query_warehouse(location: Location, query: str, out: Console) -> None:
    """Print one query's result, or read statements from the terminal (end of input or `exit` leaves)."""
    if query:
        print_result(query_published(location, query), out)
        return
    where = location.published_path or location
    out.print(f"Read-only on {where}. One statement a line; `show tables`; `exit` leaves.")
    while True:
        try:
            statement = input(PROMPT).strip().rstrip(";")
        except EOFError:
            return
        if statement.lower() in LEAVE:
            return
        if not statement:
            continue
        try:
            print_result(query_published(location, statement), out)
        except WarehouseError as error:
            # A slip in one statement does not end the conversation.
            out.print(str(error), style="red", markup=False)


def print_result(result: QueryResult, out: Console) -> None:
    """Print rows as a table on a terminal, as tab-separated values elsewhere (for pipes and scripts)."""
    if not out.is_terminal:
        for row in (result.columns, *result.rows):
            out.print("\t".join(map(_plain, row)), markup=False, soft_wrap=True)
        return
    table = Table(*result.columns, caption=f"{len(result.rows)} rows")
    for row in result.rows:
        table.add_row(*(_plain(value).replace("[", r"\[") for value in row))
    out.print(table)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return (
        value.isoformat(sep=" ")
        if isinstance(value, datetime)
        else str(value).replace("\t", " ").replace("\n", " ")
    )
