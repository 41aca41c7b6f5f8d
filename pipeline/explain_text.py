"""Why the rules say what they say of one clause, or of one change of a clause: every rule that fired, in words."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.assess_changes import assess_change
from transforms.detect_language import detect_language
from transforms.diff_words import diff_words
from transforms.explain_match import Explanation, explain_match
from transforms.match_commitments import match_commitments
from transforms.model import AssessedChange, ClauseChange, DocumentContext, Match, Quantity
from transforms.name_audience import name_audience
from transforms.read_quantities import read_quantities
from transforms.split_clauses import clause_from_text


@dataclass(frozen=True, slots=True)
class TextExplanation:
    """What the rules make of a clause: `considered` holds every commitment with a cue, `matches` those that count.

    `change` is set when an older wording was given: nature, facts and direction with their rules.
    """

    context: DocumentContext
    considered: tuple[Explanation, ...]
    matches: tuple[Match, ...]
    quantities: tuple[Quantity, ...]
    change: AssessedChange | None


def explain_text(
    text: str,
    *,
    heading: str = "",
    lead_in: str = "",
    terms_type: str = "Marketplace Sellers Conditions",
    platform_name: str = "",
    language: str = "",
    before: str | None = None,
) -> TextExplanation:
    """Explain a clause under its heading path ("A > B"), and the change from `before` where one is given.

    Raises:
        ValueError: the text is blank.
    """
    if not text.strip():
        raise ValueError("the text is blank: nothing to explain")
    language = language or detect_language(text) or "unknown"
    context = DocumentContext(terms_type, language, name_audience(terms_type), platform_name)
    change = None
    if before is not None:
        old, new = clause_from_text(heading, before), clause_from_text(heading, text)
        modified = ClauseChange("modified", (old,), (new,), diff_words(old.text, new.text))
        change = assess_change(modified, context)
    return TextExplanation(
        context=context,
        considered=tuple(explain_match(text, heading, context, lead_in=lead_in)),
        matches=match_commitments(text, heading, context, lead_in=lead_in),
        quantities=tuple(read_quantities(text, language)),
        change=change,
    )
