"""Short ways to write the rules that most tables share.

Rule ids are written here without their table (`observed_at-present`); `compose_suite` puts it in front.
Great Expectations skips missing values in every rule but `present`: a column that must be filled needs both.
"""

from __future__ import annotations

from collections.abc import Iterable

from expectations.suite import OnFailure, Rule, Subject, When


def present(
    column: str, *, when: When | None = None, on_failure: OnFailure = "quarantine", subject: Subject = "row"
) -> Rule:
    """The column is filled."""
    return Rule(
        f"{column}-present",
        "expect_column_values_to_not_be_null",
        {"column": column},
        (column,),
        "row",
        on_failure,
        f"{column} est absent",
        f"{column} is missing",
        subject,
        when,
    )


def unique(column: str, *, when: When | None = None) -> Rule:
    """No two rows share the value. Every row that does fails: which one is right is not known here."""
    return Rule(
        f"{column}-unique",
        "expect_column_values_to_be_unique",
        {"column": column},
        (column,),
        "row",
        "quarantine",
        f"{column} figure plusieurs fois dans le lot",
        f"{column} occurs more than once in the batch",
        when=when,
    )


def unique_together(name: str, *columns: str) -> Rule:
    """No two rows share the values of these columns; rows with one of them missing are left to `present`."""
    listed = ", ".join(columns)
    return Rule(
        f"{name}-unique",
        "expect_compound_columns_to_be_unique",
        {"column_list": list(columns), "ignore_row_if": "any_value_is_missing"},
        columns,
        "row",
        "quarantine",
        f"la même combinaison de {listed} figure plusieurs fois dans le lot",
        f"the same {listed} occur together more than once in the batch",
    )


def not_blank(column: str, *, when: When | None = None) -> Rule:
    """Where filled, the column holds more than white space."""
    return matches(
        f"{column}-not-blank", column, r"\S", f"{column} est vide", f"{column} is blank", when=when
    )


def filled(column: str, *, when: When | None = None) -> tuple[Rule, Rule]:
    """The column is present and not blank."""
    return present(column, when=when), not_blank(column, when=when)


def one_of(
    column: str,
    values: Iterable[str | bool],
    *,
    when: When | None = None,
    name: str = "",
    subject: Subject = "row",
) -> Rule:
    """Where filled, the column holds a value of a closed list."""
    listed = list(values)
    shown = ", ".join(str(value) or '""' for value in listed)
    return Rule(
        name or f"{column}-known",
        "expect_column_values_to_be_in_set",
        {"column": column, "value_set": listed},
        (column,),
        "row",
        "quarantine",
        f"{column} n'est pas l'une des valeurs permises ({shown})",
        f"{column} is not one of the permitted values ({shown})",
        subject,
        when,
    )


def matches(
    name: str,
    column: str,
    regex: str,
    reason_fr: str,
    reason_en: str,
    *,
    when: When | None = None,
    subject: Subject = "row",
) -> Rule:
    """Where filled, the column matches a regular expression (searched, so anchor it)."""
    return Rule(
        name,
        "expect_column_values_to_match_regex",
        {"column": column, "regex": regex},
        (column,),
        "row",
        "quarantine",
        reason_fr,
        reason_en,
        subject,
        when,
    )


def between(
    name: str,
    column: str,
    low: object,
    high: object,
    reason_fr: str,
    reason_en: str,
    *,
    when: When | None = None,
    subject: Subject = "row",
) -> Rule:
    """Where filled, the column lies between two bounds, both included; None means no bound."""
    bounds = {"min_value": low, "max_value": high}
    return Rule(
        name,
        "expect_column_values_to_be_between",
        {"column": column, **{key: bound for key, bound in bounds.items() if bound is not None}},
        (column,),
        "row",
        "quarantine",
        reason_fr,
        reason_en,
        subject,
        when,
    )


def in_order(earlier: str, later: str) -> Rule:
    """Where both are filled, `earlier` is not after (or above) `later`."""
    return Rule(
        f"{earlier}-before-{later}",
        "expect_column_pair_values_a_to_be_greater_than_b",
        {
            "column_A": later,
            "column_B": earlier,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        (earlier, later),
        "row",
        "quarantine",
        f"{earlier} est postérieur à {later}",
        f"{earlier} is after {later}",
    )


def different(one: str, other: str) -> Rule:
    """Where both are filled, the two columns differ."""
    return Rule(
        f"{one}-differs",
        "expect_select_column_values_to_be_unique_within_record",
        {"column_list": [one, other], "ignore_row_if": "any_value_is_missing"},
        (one, other),
        "row",
        "quarantine",
        f"{one} et {other} sont identiques",
        f"{one} and {other} are the same",
    )


def hash_shaped(column: str) -> Rule:
    """Where filled, the column is a hash as `transforms` writes them: 32 hexadecimal digits."""
    return matches(
        f"{column}-shape",
        column,
        r"\A[0-9a-f]{32}\Z",
        f"{column} n'est pas une empreinte de 32 chiffres hexadécimaux",
        f"{column} is not a hash of 32 hexadecimal digits",
    )
