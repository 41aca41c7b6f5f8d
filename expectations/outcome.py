"""What a validation found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from expectations.suite import OnFailure, Subject

RowKey: TypeAlias = int | str | None


@dataclass(frozen=True, slots=True)
class RowFailure:
    """One row that breaks a rule, or a batch that breaks a table-level one (`row_key`, `row_position` None).

    `row_key` is the row's value of the key column (None when missing), `row_position` its 0-based position in
    the frame, which identifies rows that share a key or have none. `reason` says in words what is wrong, with
    the value.
    """

    row_key: RowKey
    row_position: int | None
    rule_id: str
    expectation_type: str
    reason: str
    on_failure: OnFailure
    subject: Subject


@dataclass(frozen=True, slots=True)
class ValidationOutcome:
    """Result of one validation. `evaluated_count` counts rules, `docs_path` is its page once built."""

    table: str
    run_id: str
    success: bool
    evaluated_count: int
    row_count: int
    failures: tuple[RowFailure, ...]
    failed_rules: tuple[str, ...]
    docs_path: Path | None

    @property
    def must_stop(self) -> bool:
        """True when nothing of the batch may be promoted."""
        return any(failure.on_failure == "stop" for failure in self.failures)

    def positions(self, subject: Subject) -> frozenset[int]:
        """Positions of rows failing in this subject (`row`: not promoted; `text`: promoted, quarantined)."""
        return frozenset(
            failure.row_position
            for failure in self.failures
            if failure.subject == subject and failure.row_position is not None
        )
