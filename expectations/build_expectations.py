"""A suite of ours as a suite of Great Expectations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Literal

from expectations.suite import Parameter, Rule, Suite, When

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation

Language = Literal["fr", "en"]


def build_expectations(
    suite: Suite, language: Language, columns: Collection[str] | None = None
) -> ExpectationSuite:
    """The suite for Great Expectations, named after its table.

    With `columns`, rules that read any other are left out: the rule on columns reports those missing.
    """
    from great_expectations import ExpectationSuite

    rules = [rule for rule in suite.rules if columns is None or rule.read_columns() <= set(columns)]
    return ExpectationSuite(
        name=suite.table,
        expectations=[_build(rule, language) for rule in rules],
        meta={"columns": list(suite.columns)},
    )


def resolve_parameters(suite: Suite, given: Mapping[str, object]) -> dict[str, object]:
    """Values of the suite's parameters.

    Raises:
        ValueError: a parameter of the suite has no value.
    """
    known = {**(suite.defaults or {}), **given}
    lacking = sorted(suite.parameter_names() - known.keys())
    if lacking:
        raise ValueError(f"the expectations of {suite.table} need the parameter {', '.join(lacking)}")
    return {name: known[name] for name in suite.parameter_names()}


def _build(rule: Rule, language: Language) -> Expectation:
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.registry import get_expectation_impl

    kwargs: dict[str, Any] = {
        name: {"$PARAMETER": value.name} if isinstance(value, Parameter) else value
        for name, value in rule.kwargs.items()
    }
    if rule.when is not None:
        kwargs["row_condition"] = _condition(rule.when)
    return get_expectation_impl(rule.expectation_type)(
        **kwargs,
        # Shown in Data Docs in place of the library's own wording: what is wrong when it fails.
        description=_describe(rule, language),
        severity=FailureSeverity.CRITICAL if rule.on_failure == "stop" else FailureSeverity.WARNING,
        meta={"rule_id": rule.rule_id},
    )


def _describe(rule: Rule, language: Language) -> str:
    if language == "fr":
        return f"{rule.rule_id} : refus si {rule.reason_fr}"
    return f"{rule.rule_id}: refused if {rule.reason_en}"


def _condition(when: When) -> Any:
    from great_expectations.expectations.row_conditions import Column

    column = Column(when.column)
    if when.values == (None,):
        return column.is_not_null() if when.negated else column.is_null()
    if len(when.values) == 1:
        return column != when.values[0] if when.negated else column == when.values[0]
    return column.is_not_in(list(when.values)) if when.negated else column.is_in(list(when.values))
