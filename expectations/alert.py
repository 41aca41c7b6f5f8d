"""Rules for staged alerts: a message owed. It exists in the warehouse before it is sent."""

from __future__ import annotations

from expectations.compose_rules import (
    between,
    different,
    hash_shaped,
    in_order,
    one_of,
    present,
    unique,
    unique_together,
)
from expectations.compose_suite import compose_suite
from expectations.limits import EARLIEST
from expectations.suite import Parameter

# States of the announced change (`transforms.folded.AlertState`).
STATES = ("in_force", "undone", "in_force_again")

SUITE = compose_suite(
    "alert",
    (
        "alert_id",
        "document_id",
        "observation_id",
        "before_clause_set_hash",
        "after_clause_set_hash",
        "changed_after",
        "changed_before",
        "is_sendable",
        "state",
        "state_since",
    ),
    (
        present("alert_id", on_failure="stop"),
        unique("alert_id"),
        present("document_id", on_failure="stop"),
        present("observation_id", on_failure="stop"),
        present("before_clause_set_hash"),
        hash_shaped("before_clause_set_hash"),
        present("after_clause_set_hash"),
        hash_shaped("after_clause_set_hash"),
        different("before_clause_set_hash", "after_clause_set_hash"),
        unique_together("alert-key", "document_id", "before_clause_set_hash", "after_clause_set_hash"),
        present("changed_before"),
        between(
            "changed_before-plausible",
            "changed_before",
            EARLIEST,
            Parameter("now"),
            "le changement est daté d'avant l'an 2000 ou du futur",
            "the change is dated before the year 2000 or in the future",
        ),
        in_order("changed_after", "changed_before"),
        present("is_sendable"),
        present("state"),
        one_of("state", STATES),
        present("state_since"),
    ),
)
