"""Word-level edits between two texts. Quantities and negations are one word each: they change as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import LCSseq

from transforms.model import Edit
from transforms.narrow_texts import narrow_texts

Operation = Literal["equal", "insert", "delete", "replace"]

_UNIT = (
    r"(?:(?:calendar|business|working|consecutive|banking)\s+)?"
    r"(?:days?|hours?|weeks?|months?|years?|minutes?|jours?|heures?|semaines?|mois|ans?|années?|tage?n?|stunden?|wochen?|"
    r"monate?n?|zile|ore|luni|dagen|weken|maanden|percent|per\s+cent|pour\s?cent|euros?|eur|usd|gbp|pln|lei|ron)\b"
    r"(?:\s+(?:ouvrés?|ouvrables?|francs|calendaires|calendars?|consécutifs|consecutive|lucrătoare))?"
)
_AMOUNT = r"\d+(?:[.,\u00a0\u202f'’ ]\d{3}(?!\d))*(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?:(?:[€$£]|EUR|USD|GBP)\s?{_AMOUNT}|{_AMOUNT}(?:\s?[%‰€$£]|\s+{_UNIT}|\s?\(\w[\w -]*\)\s+{_UNIT})?"
    rf"|[^\W\d]+(?:-[^\W\d]+)?\s\(\d+\)(?:\s?%|\s+{_UNIT})?"
    r"|(?:do|does|did|shall|must|may|will|can|should|would|could|is|are|was|were|has|have)\s+not\b"
    r"|\b(?:ne|n['’])\s?[^\W\d]+\s(?:pas|plus|jamais|aucun\w*)\b"
    r"|[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?['’]?|\d+\w*|[^\w\s]|_|\s+)(?<=\S)\s*|\s+",
    re.IGNORECASE,
)


def split_words(text: str) -> list[str]:
    """The text cut into words that keep the blanks after them; joined, they are the text."""
    words: list[str] = []
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            words.append(text[end : found.start()])
        words.append(found[0])
        end = found.end()
    if end < len(text):
        words.append(text[end:])
    return words


def diff_words(before: str, after: str) -> tuple[Edit, ...]:
    """Edits that turn `before` into `after`. Joined, their `before` and `after` sides are the two texts.

    Words equal but for the blanks after them are equal. Single short words left alone between two edits are drawn into
    them, for a scatter of matches is hard to read; figures never are.
    """
    if before == after:
        return (Edit("equal", before, after),) if before else ()
    start, left_text, right_text, end = narrow_texts(before, after)
    left, right = split_words(left_text), split_words(right_text)
    numbers: dict[str, int] = {}
    left_ids = [numbers.setdefault(word.strip(), len(numbers)) for word in left]
    right_ids = [numbers.setdefault(word.strip(), len(numbers)) for word in right]
    runs = [
        (
            code.tag,
            "".join(left[code.src_start : code.src_end]),
            "".join(right[code.dest_start : code.dest_end]),
        )
        for code in LCSseq.opcodes(left_ids, right_ids)
    ]
    around = [("equal", text, text) for text in (start, end)]
    return _merge(_absorb([run for run in (around[0], *runs, around[1]) if run[1] or run[2]]))


def _absorb(runs: list[tuple[str, str, str]]) -> Iterable[tuple[bool, str, str]]:
    """Runs as (is equal, before, after); a short equal run between two edits counts as edited."""
    for index, (tag, left, right) in enumerate(runs):
        is_between = 0 < index < len(runs) - 1
        is_island = (
            tag == "equal" and is_between and len(left.strip()) <= 3 and not _touches_figure(runs, index)
        )
        yield tag == "equal" and not is_island, left, right


def _touches_figure(runs: list[tuple[str, str, str]], index: int) -> bool:
    around = "".join(runs[index - 1][1:] + runs[index][1:] + runs[index + 1][1:])
    return any(map(str.isdigit, around))


def _merge(runs: Iterable[tuple[bool, str, str]]) -> tuple[Edit, ...]:
    merged: list[tuple[bool, str, str]] = []
    for is_equal, left, right in runs:
        if merged and merged[-1][0] == is_equal:
            merged[-1] = (is_equal, merged[-1][1] + left, merged[-1][2] + right)
        else:
            merged.append((is_equal, left, right))
    return tuple(Edit(_operation(is_equal, left, right), left, right) for is_equal, left, right in merged)


def _operation(is_equal: bool, left: str, right: str) -> Operation:
    if is_equal:
        return "equal"
    if not left:
        return "insert"
    return "replace" if right else "delete"
