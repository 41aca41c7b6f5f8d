"""Letters lost in encoding (U+FFFD), put back where the same text holds the word undamaged.

One real marketplace loses other letters at every request: a policy repeats its words, so most can be read
elsewhere in it. A word that could be two words, or that appears nowhere whole, stays damaged.
"""

from __future__ import annotations

import re
from collections import defaultdict

LOST = "\ufffd"
_WORD = re.compile(rf"[\w{LOST}]+(?:['\u2019-][\w{LOST}]+)*")
# A lost letter shows as one mark, or one for each of its bytes: two in French, three for typographic signs.
_MIN_KNOWN_LETTERS = 2


def recover_replacement_characters(text: str) -> str:
    """The text with those lost letters put back that only one of its own words can explain."""
    if LOST not in text:
        return text
    by_ending: dict[tuple[str, str], set[str]] = defaultdict(set)
    for word in {found[0] for found in _WORD.finditer(text)}:
        if LOST not in word and not word.isascii():
            by_ending[word[:1].lower(), word[-1:].lower()].add(word)

    def recover(found: re.Match[str]) -> str:
        word = found[0]
        if LOST not in word or len(word.replace(LOST, "")) < _MIN_KNOWN_LETTERS:
            return word
        shape = _shape_of(word)
        candidates = [
            known for group in _groups(word, by_ending) for known in group if shape.fullmatch(known)
        ]
        is_certain = len({known.lower() for known in candidates}) == 1
        return _cased_like(word, min(candidates, key=str.swapcase)) if is_certain else word

    return _WORD.sub(recover, text)


def _shape_of(word: str) -> re.Pattern[str]:
    """What a damaged word may have been: any letter beyond ASCII for each run of marks."""
    parts = re.split(f"({LOST}{{1,3}})", word)
    return re.compile(
        "".join(r"[^\x00-\x7f]" if LOST in part else re.escape(part) for part in parts), re.IGNORECASE
    )


def _groups(word: str, by_ending: dict[tuple[str, str], set[str]]) -> list[set[str]]:
    """Known words that may begin and end like a damaged one; a lost end fits any."""
    first, last = word[:1].lower(), word[-1:].lower()
    return [
        group
        for (begin, end), group in by_ending.items()
        if (first in (LOST, begin)) and (last in (LOST, end))
    ]


def _cased_like(damaged: str, known: str) -> str:
    """A known word in the case of a damaged one; a lost first letter keeps the case it is known with."""
    if damaged.replace(LOST, "").isupper():
        return known.upper()
    first = known[:1] if damaged[:1] == LOST else damaged[:1]
    return first + known[1:]
