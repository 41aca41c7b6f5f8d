"""Rules for staged observations: one attempt to see a document at a time, successful or not.

Rules with subject `text` concern the text that was obtained: the promoter keeps such an observation and
records it as quarantined, so that a failed look at a document is never lost.
"""

from __future__ import annotations

from expectations.compose_rules import between, filled, hash_shaped, matches, one_of, present, unique
from expectations.compose_suite import compose_suite
from expectations.limits import EARLIEST, MOST_REPLACED, PREVIEW_LENGTH, SHORTEST_TEXT
from expectations.measure_text import measure_preview
from expectations.suite import Parameter, Rule, When

# `text`, or the failure that `transforms.model.Seen` names.
OUTCOMES = ("text", "quarantined", "unreachable", "policy_blocked", "gone", "withdrawn")
NO_TEXT = ("unreachable", "policy_blocked", "gone", "withdrawn")

_GOT_TEXT = When("outcome", ("text",))
_FAILED = When("outcome", ("text",), negated=True)

_TEXT_RULES = (
    present("is_decodable", when=_GOT_TEXT, subject="text"),
    one_of("is_decodable", [True], when=_GOT_TEXT, name="text-decodable", subject="text"),
    present("char_count", when=_GOT_TEXT, subject="text"),
    between(
        "text-long-enough",
        "char_count",
        SHORTEST_TEXT,
        None,
        f"le texte compte moins de {SHORTEST_TEXT} caractères",
        f"the text has fewer than {SHORTEST_TEXT} characters",
        when=_GOT_TEXT,
        subject="text",
    ),
    present("replacement_share", when=_GOT_TEXT, subject="text"),
    between(
        "text-not-damaged",
        "replacement_share",
        0,
        MOST_REPLACED,
        f"plus de {MOST_REPLACED:.0%} des caractères du texte ont été perdus au décodage (U+FFFD)",
        f"more than {MOST_REPLACED:.0%} of the characters of the text were lost in decoding (U+FFFD)",
        when=_GOT_TEXT,
        subject="text",
    ),
    matches(
        "text-not-challenge",
        "challenge_marker",
        r"\A\Z",
        "la page est un contrôle d'accès ou une page de blocage, pas la politique",
        "the page is a challenge or a block page, not the policy",
        when=_GOT_TEXT,
        subject="text",
    ),
    between(
        "text-without-nul",
        "nul_count",
        None,
        0,
        "le texte contient un caractère nul : ce n'est pas du texte",
        "the text holds a NUL character: it is not text",
        when=_GOT_TEXT,
        subject="text",
    ),
    between(
        "preview-short",
        "preview_length",
        None,
        PREVIEW_LENGTH,
        f"l'aperçu du texte dépasse {PREVIEW_LENGTH} caractères",
        f"the preview of the text is longer than {PREVIEW_LENGTH} characters",
    ),
)

SUITE = compose_suite(
    "observation",
    (
        "observation_id",
        "document_id",
        "service",
        "terms_type",
        "observed_at",
        "source_id",
        "outcome",
        "outcome_reason",
        "technical_reason",
        "text_hash",
        "char_count",
        "is_decodable",
        "replacement_share",
        "challenge_marker",
        "body_preview",
    ),
    (
        present("observation_id", on_failure="stop"),
        unique("observation_id"),
        present("document_id", on_failure="stop"),
        *filled("service"),
        *filled("terms_type"),
        present("observed_at"),
        between(
            "observed_at-plausible",
            "observed_at",
            EARLIEST,
            None,
            "la date d'observation est antérieure à l'an 2000",
            "the date of observation is before the year 2000",
        ),
        between(
            "observed_at-not-future",
            "observed_at",
            None,
            Parameter("now"),
            "la date d'observation est dans le futur",
            "the date of observation is in the future",
        ),
        *filled("source_id"),
        present("outcome"),
        one_of("outcome", OUTCOMES),
        *filled("outcome_reason", when=_FAILED),
        present("text_hash", when=_GOT_TEXT, subject="text"),
        hash_shaped("text_hash"),
        Rule(
            "text_hash-only-with-text",
            "expect_column_values_to_be_null",
            {"column": "text_hash"},
            ("text_hash",),
            "row",
            "quarantine",
            "un texte accompagne une observation qui n'en a pas obtenu",
            "a text comes with an observation that obtained none",
            when=When("outcome", NO_TEXT),
        ),
        *_TEXT_RULES,
    ),
    measure_preview,
)
