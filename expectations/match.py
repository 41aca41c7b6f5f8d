"""Rules for staged matches: the decision that a change concerns a commitment of the charter.

Parameter `commitment_ids`: ids of the charter's commitments, known to the charter room.
"""

from __future__ import annotations

from expectations.compose_rules import between, filled, in_order, present, unique, unique_together
from expectations.compose_suite import compose_suite
from expectations.suite import Parameter, Rule

SUITE = compose_suite(
    "match",
    (
        "match_id",
        "change_id",
        "document_id",
        "commitment_id",
        "rule_id",
        "span_start",
        "span_end",
        "score",
        "confidence",
    ),
    (
        present("match_id", on_failure="stop"),
        unique("match_id"),
        present("change_id", on_failure="stop"),
        present("document_id", on_failure="stop"),
        present("commitment_id"),
        Rule(
            "commitment_id-known",
            "expect_column_values_to_be_in_set",
            {"column": "commitment_id", "value_set": Parameter("commitment_ids")},
            ("commitment_id",),
            "row",
            "quarantine",
            "l'engagement n'est pas l'un de ceux de la charte",
            "the commitment is not one of the charter's",
        ),
        *filled("rule_id"),
        unique_together("decision", "change_id", "commitment_id", "rule_id", "span_start"),
        present("span_start"),
        present("span_end"),
        between(
            "span_start-positive",
            "span_start",
            0,
            None,
            "le passage commence avant le texte",
            "the passage starts before the text",
        ),
        in_order("span_start", "span_end"),
        present("score"),
        present("confidence"),
        between(
            "confidence-share",
            "confidence",
            0,
            1,
            "la confiance n'est pas entre 0 et 1",
            "the confidence is not between 0 and 1",
        ),
    ),
)
