"""Weigh the cues of a clause against each commitment's threshold, and say every addend."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from transforms.fire_cues import Firing, Subject, gather_firings, name_words
from transforms.load_lexicon import Cue, load_lexicon
from transforms.model import DocumentContext
from transforms.read_party import judge_party
from transforms.read_terms import STEMMERS
from transforms.recognise_rule import lacks_rule

FURTHER_SHARE = 0.5
SHORT_WORDS = 45
SHORT_BONUS = 0.1
LONG_WORDS = 90
LENGTH_RATE = 0.15
UNKNOWN = ("", "unknown", "und", "mul")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a commitment matched or not. `reason` is "" when it did; `firings` hold every addend of `score`."""

    commitment_id: str
    score: float
    threshold: float
    matched: bool
    reason: str
    firings: tuple[Firing, ...]


def weigh_length(words: int) -> float:
    """A short clause is about what it says; a long one may only mention it (code book, rule 5)."""
    if words <= SHORT_WORDS:
        return SHORT_BONUS
    if words <= LONG_WORDS:
        return 0.0
    return -round(LENGTH_RATE * math.log2(words / LONG_WORDS), 3)


def weigh_firings(own: list[Firing], words: int) -> list[Firing]:
    """The addends of a score: each further body cue counts for half of the one before, only the best heading
    cue of each kind counts, and a long clause needs more than a passing mention (code book, rule 5)."""
    weighed = [firing for firing in own if firing.weight <= 0 or not firing.cue.commitment_id]
    for places in (("body", "lead-in"), ("title",), ("heading",), ("document",)):
        found = (f for f in own if f.weight > 0 and f.cue.commitment_id and f.place in places)
        ranked = sorted(found, key=lambda firing: -firing.weight)
        share = 1.0
        for firing in ranked:
            weighed.append(replace(firing, weight=round(firing.weight * share, 3)))
            share *= FURTHER_SHARE if places[0] == "body" else 0.0
    length = weigh_length(words)
    if length and any(firing.weight > 0 and firing.place in ("body", "lead-in") for firing in weighed):
        cue = Cue("", "length", length, "body", frozenset())
        weighed.append(Firing(cue, "length", length))
    return [firing for firing in weighed if firing.weight]


def explain_language(language: str, subject: Subject, *, hopeless: bool) -> list[Explanation]:
    """Explanations of every commitment that has at least one cue, in one language; without `hopeless`, of
    those only whose positive weights could reach the threshold."""
    lexicon = load_lexicon(language)
    reading = lexicon.reader.read_text(subject.text, name_words(subject.context.platform_name))
    firings = gather_firings(lexicon, reading, subject)
    if not any(firing.cue.commitment_id and firing.weight > 0 for firing in firings):
        return []
    gate = lacks_rule(subject.text, reading, language)
    if gate and not hopeless:
        return []
    shared = [firing for firing in firings if not firing.cue.commitment_id]
    explained: list[Explanation] = []
    for commitment in dict.fromkeys(
        firing.cue.commitment_id for firing in firings if firing.cue.commitment_id
    ):
        own = [firing for firing in firings if firing.cue.commitment_id == commitment]
        threshold = lexicon.thresholds[commitment]
        hope = SHORT_BONUS + sum(firing.weight for firing in own if firing.weight > 0)
        # Rounded as the score is: 0.1 + 0.7 + 0.2 falls short of 1.
        if not hopeless and round(hope, 3) < threshold:
            continue
        own += [firing for firing in shared if commitment not in firing.cue.spares]
        own = weigh_firings(own, reading.words)
        score = sum(firing.weight for firing in own)
        party, taken = judge_party(lexicon, reading, subject, commitment)
        if taken:
            party_cue = Cue(commitment, f"party:{party}", taken, "body", frozenset())
            own.append(Firing(party_cue, "party", taken))
        score = round(score + taken, 3)
        reason = gate or ("" if score >= threshold else "below threshold")
        explained.append(
            Explanation(
                commitment,
                score,
                threshold,
                not reason,
                reason,
                tuple(f.locate(subject.text) if hopeless or not reason else f for f in own),
            )
        )
    return explained


def read_languages(context: DocumentContext) -> tuple[str, ...]:
    """Languages to read a document in: its own, French and English where it is unknown, none where it is
    another."""
    if context.language in STEMMERS:
        return (context.language,)
    return () if context.language not in UNKNOWN else ("fr", "en")


def explain_clause(subject: Subject, *, hopeless: bool) -> list[Explanation]:
    """Explanations, best first; of several languages the better score of each commitment is kept."""
    best: dict[str, Explanation] = {}
    for language in read_languages(subject.context):
        for item in explain_language(language, subject, hopeless=hopeless):
            if item.commitment_id not in best or item.score > best[item.commitment_id].score:
                best[item.commitment_id] = item
    return sorted(best.values(), key=lambda item: (not item.matched, -item.score, item.commitment_id))


def explain_match(
    text: str, heading: str, context: DocumentContext, *, lead_in: str = ""
) -> list[Explanation]:
    """Every commitment with a cue in this clause, best first: which cues fired, with what weight, and what
    decided.

    A match also needs to be among the three best and a document that is not for buyers (`match_commitments`).
    """
    return explain_clause(Subject(text, heading, context, lead_in), hopeless=True)
