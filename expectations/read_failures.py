"""Failures, row by row, from a result of Great Expectations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from expectations.build_expectations import Language
from expectations.outcome import RowFailure, RowKey
from expectations.suite import Rule, Suite

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )

# Column added to the checked frame: 0-based position of the row. Keys may be missing or shared, never these.
POSITION = "row_position"
# A value is quoted in a reason up to this length; column names and rule tell the rest.
_LONGEST_VALUE = 80


def read_failures(
    suite: Suite, result: ExpectationSuiteValidationResult, keys: pd.Series[Any] | None, language: Language
) -> tuple[RowFailure, ...]:
    """Failures in the order of the suite's rules, then of rows. `keys` are the key column's values."""
    by_rule = {_rule_id(found): found for found in result.results if not found.success}
    failures: list[RowFailure] = []
    for rule in suite.rules:
        if rule.rule_id in by_rule:
            failures.extend(_read_rule(rule, by_rule[rule.rule_id], keys, language))
    return tuple(failures)


def _rule_id(found: ExpectationValidationResult) -> str:
    config = found.expectation_config
    if config is None or not config.meta:
        raise ValueError(f"a result of Great Expectations does not say which rule it is of: {found}")
    return str(config.meta["rule_id"])


def _read_rule(
    rule: Rule, found: ExpectationValidationResult, keys: pd.Series[Any] | None, language: Language
) -> Iterator[RowFailure]:
    reason = rule.reason_fr if language == "fr" else rule.reason_en
    broken = _exception_message(found.exception_info or {})
    if broken:
        # A rule that could not be evaluated has not been met: values of an unexpected type, for instance.
        label = "règle impossible à évaluer" if language == "fr" else "the rule could not be evaluated"
        yield RowFailure(
            None, None, rule.rule_id, rule.expectation_type, f"{label} : {broken}", "stop", rule.subject
        )
        return
    if rule.level == "table":
        seen = _describe_table(found.result)
        yield RowFailure(
            None,
            None,
            rule.rule_id,
            rule.expectation_type,
            f"{reason} ({seen})",
            rule.on_failure,
            rule.subject,
        )
        return
    rows = sorted(found.result["unexpected_index_list"], key=lambda row: int(row[POSITION]))
    for row in rows:
        position = int(row[POSITION])
        yield RowFailure(
            row_key=None if keys is None else _read_key(keys.iloc[position]),
            row_position=position,
            rule_id=rule.rule_id,
            expectation_type=rule.expectation_type,
            reason=f"{reason}{_quote_values(rule, row)}",
            on_failure=rule.on_failure,
            subject=rule.subject,
        )


def _exception_message(info: Mapping[str, Any]) -> str:
    """The message when evaluation raised: the library gives one mapping per failed metric, or a flat one."""
    if "raised_exception" in info:
        return str(info["exception_message"] or "exception") if info["raised_exception"] else ""
    return "; ".join(sorted({str(metric["exception_message"]) for metric in info.values()}))


def _describe_table(result: Mapping[str, Any]) -> str:
    missing = result.get("details", {}).get("mismatched", {}).get("missing")
    return ", ".join(missing) if missing else str(result.get("observed_value"))


def _read_key(value: Any) -> RowKey:
    if pd.isna(value):
        return None
    return value if isinstance(value, str) else int(value)


def _quote_values(rule: Rule, row: Mapping[str, Any]) -> str:
    """The values that failed, as ` (column = value)`; nothing for missing ones: the reason says so."""
    checked = _checked_columns(rule)
    quoted = [
        f"{column} = {_quote(row[column])}"
        for column in checked
        if column in row and not pd.isna(row[column])
    ]
    return f" ({', '.join(quoted)})" if quoted else ""


def _checked_columns(rule: Rule) -> tuple[str, ...]:
    names = [rule.kwargs.get(name) for name in ("column", "column_A", "column_B")]
    listed = rule.kwargs.get("column_list")
    columns = [*names, *(listed if isinstance(listed, list) else [])]
    return tuple(str(name) for name in columns if name is not None)


def _quote(value: Any) -> str:
    text = value.isoformat() if isinstance(value, pd.Timestamp) else str(value)
    shown = "".join(character if character.isprintable() else " " for character in text)
    return shown if len(shown) <= _LONGEST_VALUE else shown[: _LONGEST_VALUE - 1] + "…"
