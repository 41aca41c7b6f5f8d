"""Decide which charter commitments a clause concerns: cues of body, heading and lead-in, and the party that
is bound.

Body-only lexicons were measured at recall .00-.38: the heading path and the party are required evidence. The
decision is the sum of the weights of the cues that fired (each once), minus exclusions and what the party
evidence takes away, against the commitment's threshold. `explain_match` shows every addend."""

from __future__ import annotations

import math
from functools import lru_cache

from transforms.explain_match import Explanation, explain_clause, explain_match
from transforms.fire_cues import Subject
from transforms.load_lexicon import load_calibration
from transforms.model import DocumentContext, Match

__all__ = ["explain_match", "match_commitments"]

MOST = 3
WEAKEST_SHARE = 0.45


def estimate_confidence(score: float, threshold: float) -> float:
    """Probability that a match is right, by the constants of calibration.yml (fitted on labelled clauses)."""
    constants = load_calibration()
    return round(1 / (1 + math.exp(-(constants.intercept + constants.slope * (score - threshold)))), 3)


def build_match(item: Explanation) -> Match:
    """The match of an explanation: its rule is the heaviest cue, its span the heaviest cue of the body."""
    positive = sorted((f for f in item.firings if f.weight > 0), key=lambda firing: -firing.weight)
    body = next((firing for firing in positive if firing.place == "body"), None)
    start, end = (body.start, body.end) if body else (0, 0)
    rule_id = f"{item.commitment_id}/{positive[0].cue.cue_id}"
    return Match(
        item.commitment_id, rule_id, start, end, item.score, estimate_confidence(item.score, item.threshold)
    )


@lru_cache(maxsize=65536)
def explain_subject(subject: Subject) -> tuple[Explanation, ...]:
    """Explanations of the commitments that a clause matches, at most three, best first. Remembered: a history repeats
    its clauses, and judging one costs a third of a millisecond."""
    matched = [item for item in explain_clause(subject, hopeless=False) if item.matched]
    if not matched:
        return ()
    floor = matched[0].score * WEAKEST_SHARE
    return tuple(item for item in matched[:MOST] if item.score >= floor)


def match_commitments(
    text: str, heading: str, context: DocumentContext, *, lead_in: str = ""
) -> tuple[Match, ...]:
    """Commitments that a clause concerns, at most three (code book), best first; buyer documents yield
    nothing."""
    if context.audience == "buyer" or not text.strip():
        return ()
    return tuple(map(build_match, explain_subject(Subject(text, heading, context, lead_in))))
