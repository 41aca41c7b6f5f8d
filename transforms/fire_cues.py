"""Fire the cues of the lexicon on a clause: its body, its heading path and terms type, the lead-in of a list item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from transforms.find_cues import find_pattern
from transforms.load_lexicon import Cue, Lexicon, Place, load_lexicon
from transforms.model import DocumentContext
from transforms.read_terms import Reading

LEAD_FACTOR = 0.7
LEVEL_FACTORS = (1.0, 0.9, 0.75)
NOT_NAMES = frozenset({"com", "the", "app", "store", "shop", "les", "des"})


@dataclass(frozen=True, slots=True)
class Firing:
    """One cue that fired: where, with what weight, on which characters of the clause (0, 0 outside its body)."""

    cue: Cue
    place: str
    weight: float
    start: int = 0
    end: int = 0
    reading: Reading | None = None

    def locate(self, text: str) -> Firing:
        """The same with characters of `text` for `start` and `end`, which are positions of `reading` until then."""
        if self.place != "body" or self.reading is None:
            return self
        start, end = self.reading.locate(text, self.start, self.end)
        return replace(self, start=start, end=end, reading=None)


def fire_cues(lexicon: Lexicon, place: Place, reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Number, first and last position of every cue of one place that fires in a reading."""
    index = lexicon.indexes[place]
    present = {term for _position, terms in reading.hits for term in terms}
    candidates = {number for term in present for number in index.by_term.get(term, ())}
    mask = reading.mask
    fired: set[int] = set()
    for candidate in sorted(candidates):
        pattern, cue, masks = index.patterns[candidate]
        if cue in fired or not all(bits & mask for bits in masks):
            continue
        span = find_pattern(pattern, reading)
        if span is not None:
            fired.add(cue)
            yield cue, span[0], span[1]


@lru_cache(maxsize=256)
def name_words(platform_name: str) -> frozenset[str]:
    """Words of a platform's name that stand for it in its texts ("Booking.com" -> "booking")."""
    return frozenset(word for word in re.findall(r"[^\W\d_]{3,}", platform_name.lower()) if word not in NOT_NAMES)


@lru_cache(maxsize=8192)
def fire_heading(language: str, heading: str, terms_type: str) -> tuple[tuple[int, str, float], ...]:
    """Cues that the heading path and the terms type fire: number, place, factor. Remembered: clauses share headings."""
    lexicon = load_lexicon(language)
    best: dict[int, tuple[str, float]] = {}
    levels = [level for level in heading.split(" > ") if level.strip()]
    for depth, level in enumerate(reversed(levels)):
        factor = LEVEL_FACTORS[min(depth, len(LEVEL_FACTORS) - 1)]
        reading = lexicon.reader.read_text(level)
        places: tuple[Place, ...] = ("heading", "title") if depth == 0 else ("heading",)
        for place in places:
            for cue, _start, _end in fire_cues(lexicon, place, reading):
                best.setdefault(cue, (place, factor))
    if terms_type:
        for cue, _start, _end in fire_cues(lexicon, "document", lexicon.reader.read_text(terms_type)):
            best.setdefault(cue, ("document", 1.0))
    return tuple((cue, place, factor) for cue, (place, factor) in best.items())


@lru_cache(maxsize=2048)
def fire_lead(language: str, lead_in: str) -> tuple[int, ...]:
    """Body cues that a list item's lead-in sentence fires."""
    lexicon = load_lexicon(language)
    return tuple(cue for cue, _start, _end in fire_cues(lexicon, "body", lexicon.reader.read_text(lead_in)))


def gather_firings(
    lexicon: Lexicon, language: str, reading: Reading, heading: str, context: DocumentContext, lead_in: str
) -> list[Firing]:
    """Every cue that fires anywhere, each once, its strongest place first."""
    firings: dict[int, Firing] = {}
    for number, first, last in fire_cues(lexicon, "body", reading):
        cue = lexicon.cues[number]
        firings[number] = Firing(cue, "body", cue.weight, first, last, reading)
    for number in fire_lead(language, lead_in) if lead_in else ():
        cue = lexicon.cues[number]
        if number not in firings and cue.commitment_id:
            firings[number] = Firing(cue, "lead-in", cue.weight * LEAD_FACTOR)
    for number, place, factor in fire_heading(language, heading, context.terms_type):
        cue = lexicon.cues[number]
        firings[number] = Firing(cue, place, cue.weight * factor)
    return list(firings.values())
