"""Decide which commitments a change touches: what was changed, not merely what stands around it (code book)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.explain_match import Explanation
from transforms.fire_cues import Subject
from transforms.locate_edits import Span, gather_sentences, locate_edits
from transforms.match_commitments import MOST, build_match, explain_subject, match_commitments
from transforms.model import ClauseChange, DocumentContext, Match

# Characters between the words that a cue read and the words that changed. On the labelled changes 0 to 40 do alike, and
# from 60 on more matches rest on unchanged words (docs/quality.md).
REACH = 40
# Of a short sentence every word is near: an entity renamed at its end is part of what it rules.
SHORT_SENTENCE = 200


def match_change(change: ClauseChange, context: DocumentContext) -> tuple[Match, ...]:
    """Commitments that the changed content touches, at most three, best first: the whole clause where it was
    added or removed; where it was modified, the sentences that hold changed words, on both sides, and of their
    matches those that read words near the change or whose heading speaks of the commitment too. Offsets refer to the
    newer text (the older one of a removed clause)."""
    before, after = change.before_text, change.after_text
    lead_in = (change.after or change.before)[0].context
    if not before or not after:
        return match_commitments(before or after, change.heading, context, lead_in=lead_in)
    if context.audience == "buyer":
        return ()
    edits = locate_edits(before, after)
    older = gather_sentences(before, (span for span, _after in edits))
    newer = gather_sentences(after, (span for _before, span in edits))
    located = locate_edits(older, newer)
    sides = (
        (newer, [span for _before, span in located]),
        (older, [span for span, _after in located]),
    )
    return unite_matches(
        tuple(
            place_match(build_match(item), text, after)
            for text, spans in sides
            if text.strip()
            for item in explain_subject(Subject(text, change.heading, context, lead_in))
            if len(text) <= SHORT_SENTENCE or is_touched(item, spans)
        )
    )


def is_touched(item: Explanation, spans: Sequence[Span]) -> bool:
    """Whether a match concerns changed words: one of its cues read words within reach of an edit, its heading speaks of
    the commitment too, or no cue of the body was needed."""
    own = [firing for firing in item.firings if firing.weight > 0 and firing.cue.commitment_id]
    body = [firing for firing in own if firing.place == "body"]
    if not body or any(firing.place in ("heading", "title") for firing in own):
        return True
    return any(
        start - REACH < firing.end and end + REACH > firing.start for firing in body for start, end in spans
    )


def unite_matches(found: Sequence[Match]) -> tuple[Match, ...]:
    """At most three matches of several readings of one change, the better score of each commitment kept."""
    best: dict[str, Match] = {}
    for match in found:
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
