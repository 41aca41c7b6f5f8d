"""Decide which charter commitments a clause concerns: cues of body, heading and lead-in, and the party that
is bound.

Body-only lexicons were measured at recall .00-.38: the heading path and the party are required evidence. The
decision is the sum of the weights of the cues that fired (each once), minus exclusions and what the party
evidence takes away, against the commitment's threshold. `explain_match` shows every addend."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from transforms.explain_match import Explanation, explain_clause, explain_match
from transforms.fire_cues import Subject
from transforms.load_lexicon import load_calibration
from transforms.locate_edits import gather_sentences, locate_edits
from transforms.model import ClauseChange, DocumentContext, Match

__all__ = ["explain_match", "match_change", "match_commitments"]

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
def match_subject(subject: Subject) -> tuple[Match, ...]:
    """Matches of one clause. Remembered: a history repeats its clauses, and judging one costs a third of a
    millisecond."""
    matched = [item for item in explain_clause(subject, hopeless=False) if item.matched]
    if not matched:
        return ()
    floor = matched[0].score * WEAKEST_SHARE
    return tuple(build_match(item) for item in matched[:MOST] if item.score >= floor)


def match_commitments(
    text: str, heading: str, context: DocumentContext, *, lead_in: str = ""
) -> tuple[Match, ...]:
    """Commitments that a clause concerns, at most three (code book), best first; buyer documents yield
    nothing."""
    if context.audience == "buyer" or not text.strip():
        return ()
    return match_subject(Subject(text, heading, context, lead_in))


def unite_matches(sides: tuple[tuple[Match, ...], ...]) -> tuple[Match, ...]:
    """At most three matches of several readings of one change, the better score of each commitment kept."""
    best: dict[str, Match] = {}
    for match in (match for side in sides for match in side):
        if match.commitment_id not in best or match.score > best[match.commitment_id].score:
            best[match.commitment_id] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.commitment_id))[:MOST])


def place_match(match: Match, read: str, whole: str) -> Match:
    """The match with offsets into the whole clause; 0, 0 where the words it read stand in the older text
    only."""
    start = whole.find(read[match.start : match.end]) if match.end else -1
    if start < 0:
        return replace(match, start=0, end=0)
    return replace(match, start=start, end=start + match.end - match.start)


def match_change(change: ClauseChange, context: DocumentContext) -> tuple[Match, ...]:
    """Commitments that the changed content touches, at most three, best first: the whole clause where it was
    added or removed; where it was modified, the sentences that hold changed words, on both sides. Offsets
    refer to the newer text (the older one of a removed clause)."""
    before, after = change.before_text, change.after_text
    lead_in = (change.after or change.before)[0].context
    if not before or not after:
        return match_commitments(before or after, change.heading, context, lead_in=lead_in)
    edits = locate_edits(before, after)
    sides: list[tuple[Match, ...]] = []
    for text in (
        gather_sentences(after, (span for _before, span in edits)),
        gather_sentences(before, (span for span, _after in edits)),
    ):
        matches = match_commitments(text, change.heading, context, lead_in=lead_in)
        sides.append(tuple(place_match(match, text, after) for match in matches))
    return unite_matches(tuple(sides))
