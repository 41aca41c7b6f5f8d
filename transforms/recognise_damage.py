"""Texts that are the same but for characters lost on the way: accents, U+FFFD, "?" for a letter, broken ligatures."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from transforms.normalise_text import fold_accents, fold_numbers

REPLACEMENT = "\ufffd"
# Text drawn from some PDF files writes "ti", "tt" and the like as one sign ("condi(ons", "a?ribué").
_LIGATURES = frozenset(("ti", "tt", "ff", "fi", "fl", "ffi", "ffl", "ft", "fj", "th", "tti"))
_SIGNS = "?(/;¿<=^~"
_INSIDE_WORD = re.compile(rf"(?<=[^\W\d_])[{re.escape(_SIGNS)}](?=[^\W\d_])")
_KEPT = re.compile(rf"[^\W_]|{REPLACEMENT}|'|(?<=[^\W\d_])[{re.escape(_SIGNS)}](?=[^\W\d_])|[%€$£]")
_FIGURE = re.compile(r"\d+(?:\.\d+)*")
_APOSTROPHES = str.maketrans("’‘ʼ´`′", "''''''")
# UTF-8 read as Windows-1252: "Ã©", "â€™".
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]|â€|Ã\\w|Å“")


def is_damaged(text: str) -> bool:
    """Whether signs of lost characters stand in a text."""
    return REPLACEMENT in text or bool(_MOJIBAKE.search(text)) or bool(_INSIDE_WORD.search(text))


def is_same_but_damaged(before: str, after: str) -> bool:
    """Whether the texts differ only where one of them lost characters. Figures must be equal.

    A difference counts as damage when one side is the other without its accents, or holds a sign of loss (U+FFFD, "?"
    inside a word, nothing) where the other holds a letter that is not ASCII, an apostrophe or a ligature.
    """
    before, after = _repair(before), _repair(after)
    if _FIGURE.findall(fold_numbers(before)) != _FIGURE.findall(fold_numbers(after)):
        return False
    if not (is_damaged(before) or is_damaged(after)) and len(before.split()) != len(after.split()):
        return False  # a word came or went; nothing says that characters were lost
    left, right = _comparable(before), _comparable(after)
    if left == right:
        return True
    if not left or not right or not _may_be_damage(left, right):
        return False
    chunks = _differences(left, right)
    return all(_is_loss(one, two) or _is_loss(two, one) for one, two in chunks)


def _repair(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _comparable(text: str) -> str:
    return "".join(_KEPT.findall(text.translate(_APOSTROPHES).lower()))


def _may_be_damage(left: str, right: str) -> bool:
    shown = left + right
    return not shown.isascii() or any(sign in shown for sign in _SIGNS)


def _differences(left: str, right: str) -> list[tuple[str, str]]:
    """Neighbouring character edits as pairs of strings."""
    return [
        (left[code.src_start : code.src_end], right[code.dest_start : code.dest_end])
        for code in _join_neighbours(left, right)
    ]


def _join_neighbours(left: str, right: str) -> list[_Span]:
    spans: list[_Span] = []
    for code in Levenshtein.opcodes(left, right):
        if code.tag == "equal":
            continue
        if spans and spans[-1].src_end == code.src_start and spans[-1].dest_end == code.dest_start:
            spans[-1] = _Span(spans[-1].src_start, code.src_end, spans[-1].dest_start, code.dest_end)
        else:
            spans.append(_Span(code.src_start, code.src_end, code.dest_start, code.dest_end))
    return spans


class _Span:
    __slots__ = ("dest_end", "dest_start", "src_end", "src_start")

    def __init__(self, src_start: int, src_end: int, dest_start: int, dest_end: int) -> None:
        self.src_start, self.src_end, self.dest_start, self.dest_end = (
            src_start,
            src_end,
            dest_start,
            dest_end,
        )


def _is_loss(lost: str, whole: str) -> bool:
    """Whether `lost` is what remains of `whole` after a damage."""
    if any(map(str.isdigit, lost + whole)):
        return False
    if fold_accents(lost) == fold_accents(whole):
        return True
    if not whole:
        return set(lost) == {REPLACEMENT}
    is_special = all(not character.isascii() or character == "'" for character in whole) and len(whole) <= 3
    if set(lost) <= {REPLACEMENT, "?"} and lost:
        return is_special or whole in _LIGATURES or (REPLACEMENT in lost and len(whole) <= len(lost))
    if not lost:
        return is_special and fold_accents(whole).replace("'", "").isascii() and len(whole) <= 2
    if len(lost) == 1 and lost in _SIGNS:
        return whole in _LIGATURES or is_special
    return whole == "'" and len(lost) == 1 and not lost.isascii()
