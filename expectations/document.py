"""Rules for staged documents: one seller policy of a platform, live or from an imported history."""

from __future__ import annotations

from typing import get_args

from expectations.compose_rules import filled, matches, not_blank, one_of, present, unique, unique_together
from expectations.compose_suite import compose_suite
from expectations.suite import When
from transforms.model import Audience

# States of a platform file (design page, "Words"), and two of documents that only an import knows: `recorded`
# where a declared platform has no such document, `undeclared` where the service belongs to no declared
# platform.
STATES = (
    "active",
    "to_verify",
    "policy_blocked",
    "behind_login",
    "no_public_terms",
    "hub",
    "archived",
    "out_of_scope",
    "recorded",
    "undeclared",
)

SUITE = compose_suite(
    "document",
    (
        "document_id",
        "platform_id",
        "service",
        "terms_type",
        "origin",
        "title",
        "language",
        "audience",
        "state",
        "attribution",
    ),
    (
        present("document_id", on_failure="stop"),
        unique("document_id"),
        *filled("platform_id"),
        *filled("service"),
        *filled("terms_type"),
        present("origin"),
        matches(
            "origin-shape",
            "origin",
            r"\A(?:live|ota:\S+)\Z",
            "l'origine n'est ni « live » ni « ota:<collection> »",
            "the origin is neither `live` nor `ota:<collection>`",
        ),
        unique_together("document-name", "service", "terms_type", "origin", "title"),
        matches(
            "language-shape",
            "language",
            r"\A(?:[a-z]{2,3}(?:-[A-Z]{2})?)?\Z",
            "la langue n'est pas un code de langue",
            "the language is not a language code",
        ),
        present("audience"),
        one_of("audience", get_args(Audience)),
        present("state"),
        one_of("state", STATES),
        present("attribution", when=When("origin", ("live",), negated=True)),
        not_blank("attribution", when=When("origin", ("live",), negated=True)),
    ),
)
