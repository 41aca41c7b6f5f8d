"""Names and texts inside SQL statements that take no parameters for them."""

from __future__ import annotations


def quote_name(name: str) -> str:
    """The identifier quoted: some of our words (`fetch`) are reserved in SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
