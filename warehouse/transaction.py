"""All or nothing, for several statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

# Connections with a transaction open. DuckDB cannot be asked: a second BEGIN aborts the open transaction, and
# txid_current() is an internal error when the current database is a DuckLake.
_open: set[int] = set()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, roll back on any exception. Inside another `transaction` of `con` it joins that one.

    Open every transaction this way: one begun with a bare BEGIN is not known here, and starting a second is
    an error of DuckDB. Never let one span a network call.
    """
    if id(con) in _open:
        yield
        return
    con.begin()
    _open.add(id(con))
    try:
        yield
    except BaseException:
        # After some errors DuckDB has rolled back by itself; the error that matters is the first one.
        with suppress(duckdb.TransactionException):
            con.rollback()
        raise
    else:
        con.commit()
    finally:
        _open.discard(id(con))
