"""Fire the cues of the lexicon on a clause: its body, its heading path and terms type, the lead-in of a list
item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from transforms.find_cues import find_cues
from transforms.load_lexicon import Cue, Lexicon, Place, load_lexicon
from transforms.model import DocumentContext
from transforms.read_terms import Reading

LEAD_FACTOR = 0.7
LEVEL_FACTORS = (1.0, 0.9, 0.75)
NOT_NAMES = frozenset({"com", "the", "app", "store", "shop", "les", "des"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged: a clause's text with its heading path, its document and the lead-in of a list item
    ("")."""

    text: str
    heading: str
    context: DocumentContext
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Firing:
    """One cue that fired: where, with what weight, on which characters of the clause (0, 0 outside its
    body)."""

    cue: Cue
    place: str
    weight: float
    start: int = 0
    end: int = 0
    reading: Reading | None = None

    def locate(self, text: str) -> Firing:
        """The same with characters of `text` for `start` and `end`, which are positions of `reading` until
        then."""
        if self.place != "body" or self.reading is None:
            return self
        start, end = self.reading.locate(text, self.start, self.end)
        return replace(self, start=start, end=end, reading=None)


@lru_cache(maxsize=256)
def name_words(platform_name: str) -> frozenset[str]:
    """Words of a platform's name that stand for it in its texts ("Booking.com" -> "booking")."""
    return frozenset(
        word for word in re.findall(r"[^\W\d_]{3,}", platform_name.lower()) if word not in NOT_NAMES
    )


@lru_cache(maxsize=8192)
def fire_heading(language: str, heading: str, terms_type: str) -> tuple[tuple[int, str, float], ...]:
    """Cues that the heading path and the terms type fire: number, place, factor. Remembered: clauses share
    headings."""
    lexicon = load_lexicon(language)
    best: dict[int, tuple[str, float]] = {}
    levels = [level for level in heading.split(" > ") if level.strip()]
    for depth, level in enumerate(reversed(levels)):
        factor = LEVEL_FACTORS[min(depth, len(LEVEL_FACTORS) - 1)]
        reading = lexicon.reader.read_text(level)
        places: tuple[Place, ...] = ("heading", "title") if depth == 0 else ("heading",)
        for place in places:
            for cue, _start, _end in find_cues(lexicon.indexes[place], reading):
                best.setdefault(cue, (place, factor))
    if terms_type:
        for cue, _start, _end in find_cues(lexicon.indexes["document"], lexicon.reader.read_text(terms_type)):
            best.setdefault(cue, ("document", 1.0))
    return tuple((cue, place, factor) for cue, (place, factor) in best.items())


@lru_cache(maxsize=2048)
def fire_lead(language: str, lead_in: str) -> tuple[int, ...]:
    """Body cues that a list item's lead-in sentence fires."""
    lexicon = load_lexicon(language)
    return tuple(
        cue for cue, _start, _end in find_cues(lexicon.indexes["body"], lexicon.reader.read_text(lead_in))
    )


def gather_firings(lexicon: Lexicon, reading: Reading, subject: Subject) -> list[Firing]:
    """Every cue that fires anywhere, each once, its strongest place first."""
    firings: dict[int, Firing] = {}
    for number, first, last in find_cues(lexicon.indexes["body"], reading):
        cue = lexicon.cues[number]
        firings[number] = Firing(cue, "body", cue.weight, first, last, reading)
    for number in fire_lead(lexicon.language, subject.lead_in) if subject.lead_in else ():
        cue = lexicon.cues[number]
        if number not in firings and cue.commitment_id:
            firings[number] = Firing(cue, "lead-in", cue.weight * LEAD_FACTOR)
    for number, place, factor in fire_heading(lexicon.language, subject.heading, subject.context.terms_type):
        cue = lexicon.cues[number]
        firings[number] = Firing(cue, place, cue.weight * factor)
    return list(firings.values())
