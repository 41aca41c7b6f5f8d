"""Validate staged rows of one table against its suite."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from expectations.build_expectations import Language, build_expectations, resolve_parameters
from expectations.find_suite import find_suite
from expectations.keep_results import keep_result
from expectations.open_context import open_batch, open_context
from expectations.outcome import ValidationOutcome
from expectations.read_failures import POSITION, read_failures
from expectations.suite import Suite

_NO_PARAMETERS: Mapping[str, object] = MappingProxyType({})


def validate_table(
    table: str,
    frame: pd.DataFrame,
    *,
    key_column: str,
    run_id: str,
    docs_dir: Path | None,
    parameters: Mapping[str, object] = _NO_PARAMETERS,
    language: Language = "fr",
) -> ValidationOutcome:
    """Check a staged frame against the suite of its table; nothing is changed or promoted here.

    `key_column` names the column whose value identifies a row in failures. `parameters` are `now` (by default
    the present), `min_rows`, `max_rows`, and for `match` `commitment_ids`. With `docs_dir` the result is
    stored there for `build_docs`. A frame without rows need not have columns. Timestamps must know their time
    zone. The first call in a process imports Great Expectations (3 to 14 s); later ones take well under a
    second for 500 rows.

    Raises:
        ValueError: the table has no suite, a parameter lacks a value, a column name occurs twice, or a frame
            with rows has no `key_column`.
    """
    suite = find_suite(table)
    values = resolve_parameters(suite, {"now": datetime.now(UTC), **parameters})
    checked = _prepare_frame(suite, frame, key_column)
    context = open_context(docs_dir)
    with warnings.catch_warnings():
        # Great Expectations 1.24 reads times in a way that pandas 4 will change; results are right with 3.1.
        warnings.filterwarnings(
            "ignore", message=r"Series\.values returning an ndarray", category=DeprecationWarning
        )
        result = open_batch(context, table, checked).validate(
            build_expectations(suite, language, checked.columns),
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": list(dict.fromkeys([key_column, POSITION])),
                "include_unexpected_rows": False,
            },
            expectation_parameters=values,
        )
    keys = frame.get(key_column)
    failures = read_failures(suite, result, keys, language)
    page = None
    if docs_dir is not None:
        page = keep_result(context, docs_dir, result, run_id, [] if keys is None else keys)
    return ValidationOutcome(
        table=table,
        run_id=run_id,
        success=not failures,
        evaluated_count=len(result.results),
        row_count=len(frame),
        failures=failures,
        failed_rules=tuple(dict.fromkeys(failure.rule_id for failure in failures)),
        docs_path=page,
    )


def _prepare_frame(suite: Suite, frame: pd.DataFrame, key_column: str) -> pd.DataFrame:
    """The frame that is checked: with positions and measures, without long text and columns no rule reads."""
    doubled = sorted({str(name) for name in frame.columns[frame.columns.duplicated()]})
    if doubled:
        raise ValueError(f"staged {suite.table} has column {', '.join(doubled)} more than once")
    if not len(frame):
        frame = frame.reindex(columns=list(dict.fromkeys([*frame.columns, *suite.columns, key_column])))
    elif key_column not in frame:
        known = ", ".join(map(str, frame.columns))
        raise ValueError(f"staged {suite.table} has no key column {key_column}; it has {known}")
    checked = frame.reset_index(drop=True)
    if set(suite.columns) <= set(checked.columns):
        checked = suite.derive(checked)
    needed = suite.read_columns() | {key_column}
    return checked[[name for name in checked if name in needed]].assign(**{POSITION: range(len(checked))})
