"""Letters of a PDF page to words: characters made whole, blanks read, turned text told apart."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from transforms.pdf_fonts import NO_STYLE, Style, StyleReader
from transforms.pdf_page import Frame, Word

LOST = "\ufffd"
# Presentation forms of ligatures. NFKC would change more than these ("²", "½", "™").
_LIGATURES = {0xFB00 + place: text for place, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_HYPHEN_AT_LINE_END = 2  # how PDFium writes it
_UNMAPPED = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
_SURROGATES = range(0xD800, 0xE000)
# Of the size of the text: from where on letters no longer touch, and a jump that ends a word without a blank.
_TOUCH = 0.25
_JUMP = 0.4
_BACK = -0.6
_SAME_BASELINE = 0.1
# Raised or lowered small letters ("1er", a footnote's mark) belong to the line of the word beside them.
_SMALL = 0.88
_RAISED = 0.7
_LOWERED = -0.35


class Letter(NamedTuple):
    """One character with its origin in the file's space and the advance of its box across and upwards."""

    text: str
    x: float
    y: float
    across: float
    upwards: float
    style: Style
    has_blank: bool


def read_letters(text: Any, count: int) -> list[Letter]:
    """Visible characters of a text page in the order of the file; blanks are kept as marks on the letter after."""
    styles = StyleReader(text)
    style, has_blank, lead, last_code = NO_STYLE, True, 0, 0
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    advances: dict[tuple[int, int], tuple[float, float]] = {}
    letters: list[Letter] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _SURROGATES:
            if code < 0xDC00:
                lead = code
                continue
            code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00) if lead else 0xFFFD
        lead = 0
        character = _write(code)
        if not character or character.isspace():
            has_blank = has_blank or character.isspace()
            continue
        style = styles.read(index, style)
        pdfium.FPDFText_GetCharOrigin(text, index, to_x, to_y)
        if letters and not has_blank and (letters[-1].x, letters[-1].y) == (x.value, y.value):
            # One sign for several letters (a ligature): all have its origin, and its width is not theirs.
            pdfium.FPDFText_GetLooseCharBox(text, index, to_box)
            across, upwards = box.right - box.left, box.top - box.bottom
            joined = letters[-1].text + character
            letters[-1] = letters[-1]._replace(text=joined, across=across, upwards=upwards)
            advances.pop((style.key, last_code), None)
            continue
        last_code = code
        advance = advances.get((style.key, code))
        if advance is None:
            pdfium.FPDFText_GetLooseCharBox(text, index, to_box)
            advance = advances[style.key, code] = (box.right - box.left, box.top - box.bottom)
        shown = "•" if style.is_pictures else character
        letters.append(Letter(shown, x.value, y.value, *advance, style, has_blank))
        has_blank = False
    return letters


@cache
def _write(code: int) -> str:
    if code in _UNMAPPED:
        return LOST
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    if code in _LIGATURES:
        return _LIGATURES[code]
    character = chr(code)
    if code < 0x20 or character.isspace():
        return " "
    return "" if unicodedata.category(character) == "Cf" and code != 0xAD else character


def group_by_angle(letters: list[Letter]) -> dict[int, list[Letter]]:
    """Letters by the angle they run at; the angle of most of them first."""
    found: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        found[letter.style.angle].append(letter)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def join_letters(letters: list[Letter], frame: Frame, angle: int) -> list[Word]:
    """Words of letters that run at one angle, in the order of the file."""
    return _settle(list(_split_words(letters, frame, angle)))


def _split_words(letters: list[Letter], frame: Frame, angle: int) -> Iterator[Word]:
    text, start, end, baseline = "", 0.0, 0.0, 0.0
    style, is_glued, order = NO_STYLE, False, 0
    for letter in letters:
        x, y = frame.place(letter.x, letter.y)
        size, own = letter.style.size, letter.style
        gap = x - end
        is_apart = letter.has_blank or not _BACK * size < gap < _JUMP * size
        is_restyled = own is not style and (size, own.is_bold) != (style.size, style.is_bold)
        if is_apart or is_restyled or abs(y - baseline) > _SAME_BASELINE * size:
            if text:
                yield Word(text, start, end, baseline, style.size, style.is_bold, is_glued, order)
                order += 1
            is_near = bool(text) and abs(y - baseline) <= _RAISED * max(size, style.size)
            is_glued = not is_apart and is_near and gap < _TOUCH * size
            text, start, baseline, style = "", x, y, own
        text += letter.text
        end = x + (letter.across if angle in (0, 180) else letter.upwards if angle in (90, 270) else size / 2)
    if text:
        yield Word(text, start, end, baseline, style.size, style.is_bold, is_glued, order)


def _settle(words: list[Word]) -> list[Word]:
    """Small raised or lowered words put on the baseline of the word that they touch."""
    settled = list(words)
    for place, word in enumerate(words):
        beside = [settled[place - 1]] if place else []
        beside += words[place + 1 : place + 2]
        for other in beside:
            shift = (other.y - word.y) / other.size
            gap = word.x0 - other.x1 if other.order < word.order else other.x0 - word.x1
            is_small = word.size < _SMALL * other.size and abs(gap) < _JUMP * other.size
            if is_small and _LOWERED < shift < _RAISED and abs(shift) > 0.01:
                settled[place] = replace(word, y=other.y)
                break
    return settled
