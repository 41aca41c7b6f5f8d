"""Validations that several tests read: the library is imported once, and each table is validated once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from expectations.outcome import ValidationOutcome
from expectations.validate import validate_table
from tests.expectations.spoilt_frame import SpoiltFrame, spoil_frame
from tests.expectations.staged_samples import KEYS, PARAMETERS


@pytest.fixture(scope="session")
def spoilt() -> Callable[[str], tuple[SpoiltFrame, ValidationOutcome]]:
    """Per table: a frame with one row broken per rule, and the outcome of its validation."""

    @cache
    def validate(table: str) -> tuple[SpoiltFrame, ValidationOutcome]:
        sample = spoil_frame(table)
        outcome = validate_table(
            table, sample.frame, key_column=KEYS[table], run_id="spoilt", docs_dir=None, parameters=PARAMETERS
        )
        return sample, outcome

    return validate
