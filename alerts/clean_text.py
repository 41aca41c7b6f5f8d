"""Third-party text made safe to show: no control characters or direction overrides, cut to a measure.

Lengths are counted in UTF-16 code units, as JavaScript services count them: a character outside the basic
plane (most emojis) counts twice, so a text that fits here fits whichever way Slack counts.
"""

from __future__ import annotations

import re
from typing import Final

_BASIC_PLANE_END: Final = 0xFFFF
ELLIPSIS: Final = "…"
GAP: Final = " […] "
# Controls (line feed and tab stay) and lone surrogates cannot be sent; bidirectional overrides and isolates
# can make a quoted amount read backwards. None of them carries wording.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """The text without control characters (not line feeds and tabs), lone surrogates, direction marks."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_one_line(text: str) -> str:
    """Cleaned text on one line, runs of white space reduced to one space."""
    return re.sub(r"\s+", " ", clean_text(text)).strip()


def measure_text(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for mark in text if ord(mark) > _BASIC_PLANE_END)


def cut_end(text: str, limit: int) -> str:
    """At most `limit` units, the end replaced by an ellipsis, at a space where one is near."""
    if measure_text(text) <= limit:
        return text
    kept = _first_units(text, max(limit - 1, 0))
    space = max(kept.rfind(" "), kept.rfind("\n"))
    if space >= len(kept) - 40 and space > len(kept) // 2:
        kept = kept[:space]
    return kept.rstrip() + ELLIPSIS


def cut_start(text: str, limit: int) -> str:
    """At most `limit` units, the start replaced by an ellipsis, at a space where one is near."""
    if measure_text(text) <= limit:
        return text
    return ELLIPSIS + cut_end(text[::-1], limit)[:-1][::-1]


def cut_middle(text: str, limit: int) -> str:
    """At most `limit` units, the middle replaced by "[…]", at spaces where some are near."""
    if measure_text(text) <= limit:
        return text
    half = max((limit - len(GAP)) // 2, 1)
    return join_around_gap(cut_end(text, half), cut_start(text, half))


def join_around_gap(head: str, tail: str) -> str:
    """The two ends of a text with "[…]" for what lay between."""
    return head.removesuffix(ELLIPSIS).rstrip() + GAP + tail.removeprefix(ELLIPSIS).lstrip()


def _first_units(text: str, count: int) -> str:
    return text.encode("utf-16-le")[: 2 * count].decode("utf-16-le", errors="ignore")
