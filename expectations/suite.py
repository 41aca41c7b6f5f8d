"""What a suite of expectations is made of. Plain values: Great Expectations is not imported here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Level = Literal["row", "table"]
# quarantine: the row is kept apart with the rule that failed. stop: nothing of the batch is promoted.
OnFailure = Literal["quarantine", "stop"]
# row: the row itself cannot be promoted. text: the row stands, the text it carries does not (the observation
# is promoted as quarantined, so that the attempt to see the document is not lost).
Subject = Literal["row", "text"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value known only when the suite runs, such as the present time: stands in `Rule.kwargs`."""

    name: str


@dataclass(frozen=True, slots=True)
class When:
    """A rule applies only to rows where `column` is one of `values`; None stands for a missing value.

    `negated` turns it round. At most one kind of value: None alone, or values without None.
    """

    column: str
    values: tuple[str | bool | None, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation. `rule_id` is `<table>:<rule>`; `columns` are those it reads; reasons say what failed.

    `expectation_type` and `kwargs` are those of Great Expectations; `kwargs` may hold `Parameter` values.
    """

    rule_id: str
    expectation_type: str
    kwargs: Mapping[str, object]
    columns: tuple[str, ...]
    level: Level
    on_failure: OnFailure
    reason_fr: str
    reason_en: str
    subject: Subject = "row"
    when: When | None = None

    def read_columns(self) -> frozenset[str]:
        """Columns that the rule reads, its condition included."""
        return frozenset((*self.columns, *((self.when.column,) if self.when else ())))


def _keep_columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of one table. `columns` must all be staged.

    `derive` gives the frame that is really checked: it may add measures (the length of a text) and must cut
    long third-party text, since failing values are shown in Data Docs. `defaults` are values of parameters.
    """

    table: str
    columns: tuple[str, ...]
    rules: tuple[Rule, ...]
    derive: Callable[[pd.DataFrame], pd.DataFrame] = _keep_columns
    defaults: Mapping[str, object] | None = None

    def parameter_names(self) -> frozenset[str]:
        """Names of the parameters that the rules use."""
        values = (value for rule in self.rules for value in rule.kwargs.values())
        return frozenset(value.name for value in values if isinstance(value, Parameter))

    def read_columns(self) -> frozenset[str]:
        """Columns that must be staged or that a rule reads."""
        return frozenset(self.columns).union(*(rule.read_columns() for rule in self.rules))
