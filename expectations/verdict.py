"""Rules for staged verdicts: what became of each observation, always with a reason."""

from __future__ import annotations

from typing import get_args

from expectations.compose_rules import filled, one_of, present, unique
from expectations.compose_suite import compose_suite
from expectations.suite import When
from transforms.model import VerdictName

# A change, or a document that is gone: the two pieces of news that stakeholders are told of.
ANNOUNCED = ("changed", "withdrawn")

SUITE = compose_suite(
    "verdict",
    (
        "verdict_id",
        "observation_id",
        "document_id",
        "verdict",
        "rule_id",
        "reason",
        "comparison_id",
        "is_alert",
        "engine_version",
    ),
    (
        present("verdict_id", on_failure="stop"),
        unique("verdict_id"),
        present("observation_id", on_failure="stop"),
        unique("observation_id"),
        present("document_id", on_failure="stop"),
        present("verdict"),
        one_of("verdict", get_args(VerdictName)),
        *filled("rule_id"),
        *filled("reason"),
        present("comparison_id", when=When("verdict", ("changed",))),
        present("is_alert"),
        one_of("verdict", ANNOUNCED, when=When("is_alert", (True,)), name="alert-announces"),
        *filled("engine_version"),
    ),
)
