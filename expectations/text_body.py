"""Rules for staged texts: what a document said, addressed by its hash. The body never enters a report."""

from __future__ import annotations

from expectations.compose_rules import (
    between,
    hash_shaped,
    matches,
    one_of,
    present,
    unique_together,
)
from expectations.compose_suite import compose_suite
from expectations.limits import MOST_REPLACED, SHORTEST_TEXT
from expectations.measure_text import measure_body
from expectations.suite import Rule

SUITE = compose_suite(
    "text_body",
    ("text_hash", "document_id", "body", "char_count", "is_decodable", "challenge_marker"),
    (
        present("text_hash", on_failure="stop"),
        hash_shaped("text_hash"),
        present("document_id", on_failure="stop"),
        unique_together("document-text", "document_id", "text_hash"),
        present("is_decodable"),
        one_of("is_decodable", [True], name="text-decodable", subject="text"),
        Rule(
            "text-present",
            "expect_column_values_to_not_be_null",
            {"column": "measured_count"},
            ("measured_count",),
            "row",
            "quarantine",
            "le texte est absent",
            "the text is missing",
            "text",
        ),
        between(
            "text-not-empty",
            "visible_count",
            1,
            None,
            "le texte est vide",
            "the text is empty",
            subject="text",
        ),
        between(
            "text-long-enough",
            "visible_count",
            SHORTEST_TEXT,
            None,
            f"le texte compte moins de {SHORTEST_TEXT} caractères",
            f"the text has fewer than {SHORTEST_TEXT} characters",
            subject="text",
        ),
        between(
            "text-without-nul",
            "nul_count",
            None,
            0,
            "le texte contient un caractère nul : ce n'est pas du texte",
            "the text holds a NUL character: it is not text",
            subject="text",
        ),
        between(
            "text-not-damaged",
            "replacement_share",
            0,
            MOST_REPLACED,
            f"plus de {MOST_REPLACED:.0%} des caractères du texte ont été perdus au décodage (U+FFFD)",
            f"more than {MOST_REPLACED:.0%} of the characters of the text were lost in decoding (U+FFFD)",
            subject="text",
        ),
        matches(
            "text-not-challenge",
            "challenge_marker",
            r"\A\Z",
            "la page est un contrôle d'accès ou une page de blocage, pas la politique",
            "the page is a challenge or a block page, not the policy",
            subject="text",
        ),
        present("char_count"),
        Rule(
            "char_count-true",
            "expect_column_pair_values_to_be_equal",
            {
                "column_A": "char_count",
                "column_B": "measured_count",
                "ignore_row_if": "either_value_is_missing",
            },
            ("char_count", "measured_count"),
            "row",
            "quarantine",
            "le nombre de caractères annoncé n'est pas celui du texte",
            "the stated number of characters is not that of the text",
        ),
    ),
    measure_body,
)
