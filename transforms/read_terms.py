"""Read a text as the terms the lexicon knows, each with its places: the cheap prefilter before any cue is tried."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import Stemmer

TOKEN = re.compile(
    # A "(" between two letters of one word is what PDF extraction leaves of a lost "ti" ligature ("résilia(on").
    r"[^\W\d_]+(?:\((?=[a-zà-ÿ])(?![^\W\d_]*\))[^\W\d_]+)*|\d+(?:[.,]\d+)*|[%€$£;:\n]|[.!?](?=\s|$)"
)
STEMMERS = {
    "fr": "french",
    "en": "english",
    "de": "german",
    "nl": "dutch",
    "it": "italian",
    "es": "spanish",
}
NUMBER_TERM = "#"
PLATFORM_TERM = "@platform"
PAUSES = {".": 40, "!": 40, "?": 40, "\n": 40, ";": 12, ":": 2}
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl"})


def fold_word(word: str) -> str:
    """Lower case without accents or ligatures, with the lost "ti" of damaged PDF text put back."""
    lowered = word.lower().replace("(", "ti").translate(LIGATURES)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(slots=True)
class Reading:
    """Where each known term stands. `mask` has the bit of every term present; `hits` are (position, terms) in order
    (pauses widen positions, so that a cue does not straddle sentences); `tokens` maps a position to the number of its
    token; `words` counts words, function words included. Positions by term are gathered only when a cue is tried."""

    mask: int
    hits: list[tuple[int, tuple[str, ...]]]
    tokens: list[tuple[int, int]]
    words: int
    _places: dict[str, list[int]] = field(default_factory=dict)
    _rows: dict[frozenset[str], list[int]] = field(default_factory=dict)
    _spans: list[tuple[int, int]] = field(default_factory=list)

    def gather(self, wanted: frozenset[str]) -> list[int]:
        """Sorted positions of any of the terms; remembered, for patterns share places."""
        row = self._rows.get(wanted)
        if row is not None:
            return row
        if not self._places:
            for position, terms in self.hits:
                for term in terms:
                    self._places.setdefault(term, []).append(position)
        found = [self._places[term] for term in wanted & self._places.keys()]
        row = found[0] if len(found) == 1 else sorted({position for places in found for position in places})
        self._rows[wanted] = row
        return row

    def locate(self, text: str, first: int, last: int) -> tuple[int, int]:
        """Characters of `text` from position `first` to position `last`."""
        numbers = dict(self.tokens)
        self._spans = self._spans or [token.span() for token in TOKEN.finditer(text)]
        return self._spans[numbers[first]][0], self._spans[numbers[last]][1]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a word stands for: its terms and their bits."""

    mask: int
    terms: tuple[str, ...]


class TermReader:
    """Reads texts of one language against a fixed vocabulary of stems ("s:"), prefixes ("p:") and exact words ("x:").

    Words are resolved once and remembered: a history repeats a few tens of thousands of distinct words.
    """

    def __init__(self, language: str, terms: frozenset[str], skipped: frozenset[str], irregular: dict[str, str]):
        self._stem = Stemmer.Stemmer(STEMMERS[language]).stemWord
        self._bits = {term: 1 << place for place, term in enumerate(sorted(terms | {NUMBER_TERM, PLATFORM_TERM}))}
        self._skipped = skipped
        self._irregular = irregular
        self._prefix_lengths = sorted({len(term) - 2 for term in terms if term.startswith("p:")})
        self._known: dict[str, Resolved | None] = {}

    def mask_terms(self, terms: frozenset[str] | tuple[str, ...]) -> int:
        """Bits of the terms that this reader knows."""
        mask = 0
        for term in terms:
            mask |= self._bits.get(term, 0)
        return mask

    def name_stem(self, word: str) -> str:
        """The stem term of a word, irregular pairs (suspension / suspendu) brought together."""
        lowered = word.lower().replace("(", "ti")
        stem = fold_word(self._stem(lowered))
        return "s:" + self._irregular.get(stem, stem)

    def resolve_word(self, word: str) -> Resolved | None:
        """Terms that a word satisfies; None for a function word that does not count as distance."""
        terms = self.name_terms(word)
        return None if terms is None else Resolved(self.mask_terms(terms), terms)

    def name_terms(self, word: str) -> tuple[str, ...] | None:
        """Terms of a word, None for a function word."""
        folded = fold_word(word)
        if word[0].isdigit():
            return (NUMBER_TERM, "x:" + folded) if "x:" + folded in self._bits else (NUMBER_TERM,)
        if folded in self._skipped:
            return None
        found = [term for term in (self.name_stem(word), "x:" + folded) if term in self._bits]
        bare = self.name_stem(folded)
        if bare in self._bits and bare not in found:
            found.append(bare)
        found.extend(
            "p:" + folded[:length] for length in self._prefix_lengths if "p:" + folded[:length] in self._bits
        )
        return tuple(dict.fromkeys(found))

    def read_text(self, text: str, names: frozenset[str] = frozenset()) -> Reading:
        """Read a whole text in one pass; words of `names` (lower case) stand for the platform."""
        mask = words = position = 0
        hits: list[tuple[int, tuple[str, ...]]] = []
        tokens: list[tuple[int, int]] = []
        known, pauses = self._known, PAUSES
        for number, word in enumerate(TOKEN.findall(text)):
            if word in pauses:
                position += pauses[word]
                continue
            words += 1
            if word in known:
                resolved = known[word]
            else:
                resolved = known[word] = self.resolve_word(word)
            if resolved is None:
                continue
            position += 1
            if names and word.lower() in names:
                resolved = Resolved(resolved.mask | self._bits[PLATFORM_TERM], (*resolved.terms, PLATFORM_TERM))
            if resolved.mask:
                mask |= resolved.mask
                hits.append((position, resolved.terms))
                tokens.append((position, number))
        return Reading(mask, hits, tokens, words)
