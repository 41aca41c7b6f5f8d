"""Rules for staged versions: the accepted text of a document, from one observation until the next version."""

from __future__ import annotations

from expectations.compose_rules import between, hash_shaped, in_order, one_of, present, unique
from expectations.compose_suite import compose_suite
from expectations.limits import EARLIEST
from expectations.suite import Parameter, Rule, When

# Verdicts that put a text in force.
OPENING = ("baseline", "changed", "technical", "oscillation")

SUITE = compose_suite(
    "version",
    (
        "version_id",
        "document_id",
        "observation_id",
        "text_hash",
        "clause_set_hash",
        "valid_from",
        "valid_until",
        "opened_by",
    ),
    (
        present("version_id", on_failure="stop"),
        unique("version_id"),
        present("document_id", on_failure="stop"),
        present("observation_id", on_failure="stop"),
        present("text_hash"),
        hash_shaped("text_hash"),
        present("clause_set_hash"),
        hash_shaped("clause_set_hash"),
        present("valid_from"),
        between(
            "valid_from-plausible",
            "valid_from",
            EARLIEST,
            Parameter("now"),
            "la version commence avant l'an 2000 ou dans le futur",
            "the version starts before the year 2000 or in the future",
        ),
        in_order("valid_from", "valid_until"),
        Rule(
            "one-in-force",
            "expect_column_values_to_be_unique",
            {"column": "document_id"},
            ("document_id",),
            "row",
            "quarantine",
            "plusieurs versions du même document sont en vigueur",
            "several versions of the same document are in force",
            when=When("valid_until", (None,)),
        ),
        present("opened_by"),
        one_of("opened_by", OPENING),
    ),
)
