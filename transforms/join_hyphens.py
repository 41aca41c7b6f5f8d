"""Lines of running text joined: words hyphenated at a line's end made whole, compounds and addresses kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
HYPHEN = "\u2010"
_AT_END = re.compile(r"([^\W\d_][\w’'\-]*)[-\u00ad‐]$")
_AT_START = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)\S*[/\-_.=&?]$|\S@\S*[.\-]$")
# Without other evidence in the document these keep their hyphen.
_BEFORE = re.compile(
    r"(?:\w|apr[èe]s|au|avant|cell?es?|celui|ceux|ci|co|cross|demi|e|elles?|entre|eux|ex|grand|hors|là|lui|mi|moi|multi|non|"
    r"nous|par|peut|post|pré|quasi|quelques?|rendez|self|semi|soi|sous|sur|tiers|toi|vice|vis|vous)$"
)
_AFTER = re.compile(
    r"(?:après|avant|ces?|ci|dessous|dessus|dites?|dits?|elles?|en|être|ils?|je|la|là|les?|leur|lui|mêmes?|moi|nous|on|"
    r"parts|t|tu|vendre|vous|y|à)$"
)
# A document that ends more of its lines with a hyphen than compounds can explain is hyphenated by a program.
_HYPHENATED_SHARE = 0.015


@dataclass(frozen=True, slots=True)
class HyphenJoiner:
    """What a document's other lines say of its words: whole ones, compounds, and whether it hyphenates at all."""

    whole: frozenset[str]
    compounds: frozenset[str]
    is_hyphenated: bool
    has_hyphen_sign: bool

    def join(self, lines: Sequence[str]) -> str:
        """One text of consecutive lines."""
        parts = list(lines[:1])
        for before, after in pairwise(lines):
            end, start = _AT_END.search(before), _AT_START.match(after)
            if end and start:
                if not self._keeps(before[-1], end[1], start[0]):
                    parts[-1] = parts[-1][:-1]
            elif not _ADDRESS_END.search(before):
                parts.append(" ")
            parts.append(after)
        return "".join(parts).replace(SOFT_HYPHEN, "")

    def _keeps(self, sign: str, first: str, second: str) -> bool:
        # Where words are not written with the hyphen's own sign, a program set it at the line's end.
        if sign == SOFT_HYPHEN or (sign == HYPHEN and not self.has_hyphen_sign):
            return False
        first = first.lower().rsplit("’", 1)[-1].rsplit("'", 1)[-1]
        if second[0].isupper():
            return True
        second = second.lower()
        if f"{first}-{second}" in self.compounds:
            return True
        if first + second in self.whole or first + second in self.compounds:
            return False
        first = first.rsplit("-", 1)[-1]
        if first in self.whole and second in self.whole:
            return True
        return bool(_BEFORE.match(first) or _AFTER.match(second)) or not self.is_hyphenated


def read_hyphens(lines: Iterable[str]) -> HyphenJoiner:
    """Evidence from all lines of a document: their words but those that a line's end may cut."""
    whole: set[str] = set()
    compounds: set[str] = set()
    count = cut = signs = 0
    was_cut = False
    for line in lines:
        count += 1
        is_cut = bool(_AT_END.search(line))
        found = _WORD.findall(line.replace(SOFT_HYPHEN, "").lower())
        for word in found[was_cut : len(found) - is_cut]:
            (compounds if "-" in word else whole).add(word)
        signs += HYPHEN in line[:-1]
        cut += is_cut
        was_cut = is_cut
    return HyphenJoiner(frozenset(whole), frozenset(compounds), cut > _HYPHENATED_SHARE * count, signs > 0)
