"""Lines that a page writes by itself: date stamps, view counters, the country or language it is shown for."""

from __future__ import annotations

import re
from functools import cache

from transforms.model import NoiseClass
from transforms.normalise_text import drop_dates
from transforms.read_nature_terms import fold_word, read_nature_terms

MAX_STAMP_WORDS = 18
MAX_TEMPLATE_WORDS = 20
_WORD = re.compile(r"[^\W\d_]+")
_VERSION = re.compile(
    r"\b(?:version|versie|wersja|fassung|versiunea|rev|v)\b\.? ?(?:n[°ºo]?\.? ?)?\d+(?:[.\-]\d+)*",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}(?::\d{2}){1,2}\b")
_RELATIVE = re.compile(
    r"\b(?:\d+|a|an|one|un|une) (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b"
    r"|\bil y a (?:\d+|une?) (?:minutes?|heures?|jours?|semaines?|mois|ans?)\b"
    r"|\bvor (?:\d+|einem|einer) (?:minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b",
    re.IGNORECASE,
)
_DATE_MARK, _COUNTER_MARK = "\ue100", "\ue101"


@cache
def _counter() -> re.Pattern[str]:
    units = "|".join(sorted(read_nature_terms().counter_units, key=len, reverse=True))
    figure = r"\d+(?:[.,  ]\d+)*\s?[km]?\+?"
    return re.compile(
        rf"{figure}\s?(?:{units})\b|\b(?:{units})\s?[:(]\s?{figure}\)?"
        r"|\b\d+ (?:out of|sur|von|van|din|z) \d+ (?:found (?:this )?helpful|utilisateurs?|fanden)",
        re.IGNORECASE,
    )


def mask_stamp(text: str) -> str:
    """The folded line with dates, versions and counters masked: equal for two states of the same stamp."""
    masked = fold_word(text)
    masked = _RELATIVE.sub(_DATE_MARK, _VERSION.sub(_DATE_MARK, drop_dates(masked, _DATE_MARK)))
    masked = _counter().sub(_COUNTER_MARK, masked)
    if _DATE_MARK in masked:
        masked = _TIME.sub(_DATE_MARK, masked)
    return " ".join(masked.split())


def read_stamp(text: str) -> NoiseClass:
    """ "date stamp" or "counter" when the whole line is one, else "". A date inside a clause is never one."""
    if len(text) > 200 or text.count(" ") >= MAX_STAMP_WORDS:
        return ""
    masked = mask_stamp(text)
    if _DATE_MARK not in masked and _COUNTER_MARK not in masked:
        return ""
    terms = read_nature_terms()
    words = _WORD.findall(masked)
    rest = [word for word in words if word not in terms.stamp_cues and word not in terms.stamp_fillers]
    if rest and not _is_cued_title(masked, words):
        return ""
    return "counter" if _COUNTER_MARK in masked else "date stamp"


def _is_cued_title(masked: str, words: list[str]) -> bool:
    """A short title that carries its stamp ("Part B - version updated on ..."): a cue right before each date."""
    terms = read_nature_terms()
    if (
        any(word in terms.guards and word not in terms.stamp_fillers for word in words)
        or _COUNTER_MARK in masked
    ):
        return False
    if masked.rstrip().endswith((".", ";")):
        return False
    pieces = masked.split(_DATE_MARK)
    return all(_ends_with_cue(piece) for piece in pieces[:-1]) and not _WORD.search(pieces[-1])


def _ends_with_cue(piece: str) -> bool:
    """Whether a cue stands among the last three words before a date, or nothing at all does."""
    terms = read_nature_terms()
    tail = _WORD.findall(piece)[-3:]
    return not tail or any(word in terms.stamp_cues for word in tail)


def read_template(text: str) -> str:
    """Name of the family of template lines the text belongs to, or ""."""
    if text.count(" ") >= MAX_TEMPLATE_WORDS:
        return ""
    for name, pattern in read_nature_terms().template_lines.items():
        if pattern.match(text):
            return name
    return ""


def template_key(text: str) -> str:
    """A key that all states of one template or stamp line share, for alignment; "" for any other text."""
    return read_template(text) or read_stamp(text)
