"""The suite of a table."""

from __future__ import annotations

from collections.abc import Mapping

from expectations import alert, change, document, fetch, match, observation, text_body, verdict, version
from expectations.suite import Suite

SUITES: Mapping[str, Suite] = {
    module.SUITE.table: module.SUITE
    for module in (observation, fetch, text_body, document, verdict, version, change, match, alert)
}


def find_suite(table: str) -> Suite:
    """The suite of a table.

    Raises:
        ValueError: no suite has that name; the message lists those that exist.
    """
    try:
        return SUITES[table]
    except KeyError:
        raise ValueError(
            f"no expectations for table {table!r}; there are some for {', '.join(SUITES)}"
        ) from None
