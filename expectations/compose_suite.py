"""Complete the rules of a table to a suite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from expectations.suite import Parameter, Rule, Suite

# A guard of our own choosing: a recorded history of 2,030 versions stages thousands of rows, so a batch of
# millions is a join gone wrong. A caller that knows better passes `max_rows`.
MOST_ROWS = 2_000_000


def compose_suite(
    table: str,
    columns: tuple[str, ...],
    rules: Iterable[Rule],
    derive: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> Suite:
    """A suite with the two table-level rules that every table has: its columns, and its number of rows.

    Parameters `min_rows` (0) and `max_rows` bound the number of rows.
    """
    common = (
        Rule(
            "columns",
            "expect_table_columns_to_match_set",
            {"column_set": list(columns), "exact_match": False},
            (),
            "table",
            "stop",
            "des colonnes manquent au lot",
            "the batch lacks columns",
        ),
        Rule(
            "row-count",
            "expect_table_row_count_to_be_between",
            {"min_value": Parameter("min_rows"), "max_value": Parameter("max_rows")},
            (),
            "table",
            "stop",
            "le nombre de lignes du lot sort des bornes",
            "the number of rows in the batch is out of bounds",
        ),
    )
    named = tuple(replace(rule, rule_id=f"{table}:{rule.rule_id}") for rule in (*common, *rules))
    defaults = {"min_rows": 0, "max_rows": MOST_ROWS}
    if derive is None:
        return Suite(table, columns, named, defaults=defaults)
    return Suite(table, columns, named, derive, defaults)
