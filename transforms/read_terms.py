"""Read a text as the terms the lexicon knows, each with its places: the cheap prefilter before any cue is
tried."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import Stemmer

TOKEN = re.compile(
    # A "(" between two letters of one word is what PDF extraction leaves of a lost "ti" ligature
    # ("résilia(on").
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
    """Where the places of patterns are filled. `places` are the numbers of all that are; `hits` are
    (position, places that the word there fills) in order (pauses widen positions, so that a cue does not
    straddle sentences); `tokens` are (position, number of the token); `words` counts words, function words
    included."""

    places: set[int]
    hits: list[tuple[int, frozenset[int]]]
    tokens: list[tuple[int, int]]
    words: int
    _rows: dict[int, list[int]] = field(default_factory=dict)
    _spans: list[tuple[int, int]] = field(default_factory=list)

    def gather(self, place: int) -> list[int]:
        """Positions of the words that fill a place, in order; remembered, for patterns share places."""
        row = self._rows.get(place)
        if row is None:
            row = self._rows[place] = [position for position, places in self.hits if place in places]
        return row

    def locate(self, text: str, first: int, last: int) -> tuple[int, int]:
        """Characters of `text` from position `first` to position `last`."""
        numbers = dict(self.tokens)
        self._spans = self._spans or [token.span() for token in TOKEN.finditer(text)]
        return self._spans[numbers[first]][0], self._spans[numbers[last]][1]


class TermReader:
    """Reads texts of one language against the places of patterns, each a set of terms: stems ("s:"), prefixes
    ("p:"), exact words ("x:"), numbers and the platform's name.

    Words are resolved once and remembered: a history repeats a few tens of thousands of distinct words. Every
    place is numbered before the first text is read."""

    def __init__(self, language: str, skipped: frozenset[str], irregular: Mapping[str, str]):
        self._stem = Stemmer.Stemmer(STEMMERS[language]).stemWord
        self._skipped = skipped
        self._irregular = irregular
        self._numbers: dict[frozenset[str], int] = {}
        self._by_term: dict[str, list[int]] = {}
        self._prefix_lengths: set[int] = set()
        self._known: dict[str, frozenset[int] | None] = {}

    def number_place(self, terms: frozenset[str]) -> int:
        """Number of the place that these terms fill, the same for the same terms."""
        if terms in self._numbers:
            return self._numbers[terms]
        if self._known:
            raise RuntimeError("a place is numbered after a text was read")
        number = self._numbers[terms] = len(self._numbers)
        for term in terms:
            self._by_term.setdefault(term, []).append(number)
            if term.startswith("p:"):
                self._prefix_lengths.add(len(term) - 2)
        return number

    def name_stem(self, word: str) -> str:
        """The stem term of a word, irregular pairs (suspension / suspendu) brought together."""
        lowered = word.lower().replace("(", "ti")
        stem = fold_word(self._stem(lowered))
        return "s:" + self._irregular.get(stem, stem)

    def name_terms(self, word: str) -> list[str]:
        """Terms that a word might be known by."""
        folded = fold_word(word)
        if word[0].isdigit():
            return [NUMBER_TERM, "x:" + folded]
        prefixes = ["p:" + folded[:length] for length in self._prefix_lengths if length <= len(folded)]
        return [self.name_stem(word), self.name_stem(folded), "x:" + folded, *prefixes]

    def resolve_word(self, word: str) -> frozenset[int] | None:
        """Places that a word fills; None for a function word that does not count as distance."""
        # Unfolded: "dû" (owed) is no "du".
        if word.lower() in self._skipped:
            return None
        return frozenset(place for term in self.name_terms(word) for place in self._by_term.get(term, ()))

    def read_text(self, text: str, names: frozenset[str] = frozenset()) -> Reading:
        """Read a whole text in one pass; words of `names` (lower case) stand for the platform."""
        words = position = 0
        hits: list[tuple[int, frozenset[int]]] = []
        tokens: list[tuple[int, int]] = []
        known, pauses = self._known, PAUSES
        for number, word in enumerate(TOKEN.findall(text)):
            if word in pauses:
                position += pauses[word]
                continue
            words += 1
            if word in known:
                places = known[word]
            else:
                places = known[word] = self.resolve_word(word)
            if places is None:
                continue
            position += 1
            if names and word.lower() in names:
                places = places.union(self._by_term.get(PLATFORM_TERM, ()))
            if places:
                hits.append((position, places))
                tokens.append((position, number))
        return Reading(set().union(*(places for _position, places in hits)), hits, tokens, words)
