"""Words of a PDF page to lines: what stands on one baseline, from left to right, cut where a wide gap shows columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from transforms.pdf_page import Word

# Parts of the size of the text.
_SAME_BASELINE = 0.25
_BLANK = 0.12
_WIDE_GAP = 1.3
_MARK_GAP = 6.0
_DOT_GAP = 3.0
_DOT_HEIGHT = (0.0, 0.75)
BULLETS = "•●○▪▫■□◦‣∙·⚫➢➤►▶✓✔❖❑♦\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071\uf06f\uf02d"
DASHES = "-–—"
_MARK = re.compile(
    rf"(?:[{re.escape(BULLETS)}*o]|[{DASHES}]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[.)°]|\d{{1,3}}(?:\.\d{{1,3}})+[.)]?)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline. `size` is that of most characters; bold when every word with a letter is."""

    words: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool

    @property
    def top(self) -> float:
        """Upper edge, about."""
        return self.y - self.size


def make_line(words: Sequence[Word]) -> Line:
    """A line of words that are in order from left to right."""
    sizes = Counter[float]()
    for word in words:
        sizes[word.size] += len(word.text)
    size = max(sizes, key=lambda one: (sizes[one], one))
    lettered = [word for word in words if any(map(str.isalpha, word.text))]
    return Line(
        tuple(words),
        write_words(words),
        words[0].x0,
        max(word.x1 for word in words),
        Counter(word.y for word in words).most_common(1)[0][0],
        size,
        bool(lettered) and all(word.is_bold for word in lettered),
    )


def write_words(words: Sequence[Word]) -> str:
    """Text of words in order, composed (NFC), blanks between words that do not touch."""
    parts: list[str] = []
    for place, word in enumerate(words):
        if place and not _touches(words[place - 1], word):
            parts.append(" ")
        parts.append(word.text)
    return unicodedata.normalize("NFC", "".join(parts))


def _touches(before: Word, word: Word) -> bool:
    if word.order == before.order + 1:
        return word.is_glued
    return abs(word.x0 - before.x1) < _BLANK * min(word.size, before.size)


def cut_strips(words: Iterable[Word]) -> list[Line]:
    """One line for each baseline of a page, from top to bottom, whatever its gaps."""
    strips: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.y, one.x0, one.order)):
        if strips and word.y - strips[-1][0].y <= _SAME_BASELINE * word.size:
            strips[-1].append(word)
        else:
            strips.append([word])
    return [make_line(sorted(strip, key=lambda one: (one.x0, one.order))) for strip in strips]


def cut_segments(words: Iterable[Word]) -> list[Line]:
    """Lines cut at wide gaps. The mark of a list stays with its text, however far it stands to the left."""
    return [make_line(part) for strip in cut_strips(words) for part in _cut_strip(strip.words)]


def _cut_strip(words: tuple[Word, ...]) -> list[list[Word]]:
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        size = max(word.size, before.size)
        is_mark = gap > _WIDE_GAP * size and _MARK.match(write_words(parts[-1]))
        if gap > (_MARK_GAP if is_mark else _WIDE_GAP) * size:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def add_drawn_bullets(words: list[Word], dots: Sequence[tuple[float, float]]) -> list[Word]:
    """Words with a bullet character where a page draws a dot just before a line instead of writing one."""
    added: list[Word] = []
    order = max((word.order for word in words), default=0) + 2
    for right, middle in dots:
        beside = [
            word
            for word in words
            if -0.5 < word.x0 - right < _DOT_GAP * word.size
            and _DOT_HEIGHT[0] * word.size < word.y - middle < _DOT_HEIGHT[1] * word.size
        ]
        first = min(beside, key=lambda word: word.x0, default=None)
        if first is None or any(_stands_before(word, right, first) for word in words):
            continue
        added.append(
            replace(first, text="•", x0=right - 2, x1=right, is_bold=False, is_glued=False, order=order)
        )
        order += 2
    return words + added


def _stands_before(word: Word, right: float, first: Word) -> bool:
    return abs(word.y - first.y) < first.size / 2 and right - 3 * first.size < word.x1 <= right + 0.5
