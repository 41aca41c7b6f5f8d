"""Rules for staged changes: what happened to one clause between two texts; clauses are only measured."""

from __future__ import annotations

from typing import get_args

from expectations.compose_rules import (
    between,
    different,
    filled,
    hash_shaped,
    matches,
    one_of,
    present,
    unique,
)
from expectations.compose_suite import compose_suite
from expectations.measure_text import measure_change
from expectations.suite import When
from transforms.model import ChangeKind, Direction, Nature, NoiseClass

_BOTH_SIDES = ("kept", "moved", "renumbered", "split", "merged", "modified")

SUITE = compose_suite(
    "change",
    (
        "change_id",
        "comparison_id",
        "document_id",
        "before_text_hash",
        "after_text_hash",
        "ordinal",
        "kind",
        "nature",
        "nature_rule",
        "noise_class",
        "clause_before",
        "clause_after",
        "edits",
        "facts",
        "direction",
        "direction_rule",
    ),
    (
        present("change_id", on_failure="stop"),
        unique("change_id"),
        present("comparison_id", on_failure="stop"),
        present("document_id", on_failure="stop"),
        present("before_text_hash"),
        hash_shaped("before_text_hash"),
        present("after_text_hash"),
        hash_shaped("after_text_hash"),
        different("before_text_hash", "after_text_hash"),
        present("ordinal"),
        between("ordinal-positive", "ordinal", 0, None, "le rang est négatif", "the ordinal is negative"),
        present("kind"),
        one_of("kind", get_args(ChangeKind)),
        present("nature"),
        one_of("nature", get_args(Nature)),
        *filled("nature_rule"),
        one_of("noise_class", get_args(NoiseClass)),
        matches(
            "noise_class-only-of-noise",
            "noise_class",
            r"\A\Z",
            "une classe de bruit accompagne un changement qui n'est pas du bruit",
            "a class of noise comes with a change that is not noise",
            when=When("nature", ("noise",), negated=True),
        ),
        between(
            "has-a-side",
            "either_length",
            1,
            None,
            "le changement n'a ni texte avant ni texte après",
            "the change has neither a text before nor a text after",
        ),
        between(
            "added-without-before",
            "before_length",
            None,
            0,
            "un ajout a un texte avant",
            "an addition has a text before",
            when=When("kind", ("added",)),
        ),
        between(
            "removed-without-after",
            "after_length",
            None,
            0,
            "une suppression a un texte après",
            "a removal has a text after",
            when=When("kind", ("removed",)),
        ),
        between(
            "lived-on-with-before",
            "before_length",
            1,
            None,
            "une clause qui demeure n'a pas de texte avant",
            "a clause that lives on has no text before",
            when=When("kind", _BOTH_SIDES),
        ),
        between(
            "lived-on-with-after",
            "after_length",
            1,
            None,
            "une clause qui demeure n'a pas de texte après",
            "a clause that lives on has no text after",
            when=When("kind", _BOTH_SIDES),
        ),
        one_of("edits_readable", [True], name="edits-json"),
        one_of("facts_readable", [True], name="facts-json"),
        present("direction"),
        one_of("direction", get_args(Direction)),
        *filled("direction_rule", when=When("direction", ("better", "worse"))),
    ),
    measure_change,
)
