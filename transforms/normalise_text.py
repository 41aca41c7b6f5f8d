"""Addresses of clause texts: the exact hash, and the canonical form that serves alignment only.

The canonical form ignores what changes without a meaning (own number, dates, URLs, accents, case, punctuation,
cross-reference numbers) and keeps quantities. It never decides a verdict.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from transforms.read_number import strip_numbers

HASH_CHARS = 32
_MONTHS = (
    "jan(?:uary|vier|uar|\\.)?|f[eé]v(?:rier|r?\\.)|feb(?:ruary|ruar|\\.)?|mar(?:ch|s|\\.)?|märz|apr(?:il|\\.)?|avr(?:il|\\.)|"
    "may|mai|june?|juin|juni|july?|juil(?:let|\\.)|juli|aug(?:ust|\\.)?|ao[uû]t|sept?(?:ember|embre|\\.)?|"
    "oct(?:ober|obre|\\.)?|oktober|nov(?:ember|embre|\\.)?|d[eé]c(?:ember|embre|\\.)?|dezember|"
    "ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie|"
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
)
# Every alternative has a year of four digits, so that "5 May" in a rule about a delay is not a date.
DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|er|\.)?(?: +of)?[ \-/]+(?:de +)?(?:"
    + _MONTHS
    + r")[ ,.\-/]*(?:de +)?(?:19|20)\d\d"
    r"|\b(?:" + _MONTHS + r") +\d{1,2}(?:st|nd|rd|th)? *,? +(?:19|20)\d\d"
    r"|\b(?:" + _MONTHS + r") +(?:19|20)\d\d(?!\d)"
    r"|(?<![\d.,/])\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d\d"
    r"|(?<![\d.,/])(?:19|20)\d\d([./\-])\d{1,2}\2\d{1,2}(?!\d)",
    re.IGNORECASE,
)
URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'«»“”]*[^\s<>()\[\]\"'«»“”.,;:!?]", re.IGNORECASE)
_CROSS_REFERENCE = re.compile(
    r"(?<!\w)(?:s(?:ections?|chedules?)|a(?:rt(?:icles?|ikel)?|nnex(?:es|e)?|ppendix|bschnitt)|clauses?|p(?:aragraphe?s?|ro|ct|kt|unkte?)|ziffern?|§§?)"
    r"\.? *(?:n[°º] *)?(?:[a-z]{1,3}[-.])?\d+(?:[.\-]\d+)*(?:\([a-z0-9]{1,4}\))*"
    r"(?: *(?:,|and|et|or|ou|to|à|und|-|–) *"
    r"(?:[a-z]{1,3}[-.])?\d+(?:\.\d+)*(?![\d%]| *(?:day|jour|month|mois|week|semaine|hour|heure|tag|%|€|euro)))*"
)
_THOUSANDS = re.compile(r"(?<=\d)[ .,'’\u00a0\u202f](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
# Kept beside letters and digits: signs that belong to a quantity. A full stop survives between digits only.
_PUNCTUATION = re.compile(r"[^\w%€$£<>=+.]+")
_LONE_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_NOT_SQUASHED = re.compile(r"[^\w%€$£<>=+]|_")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_COMBINING = re.compile("[\u0300-\u036f]+")


def text_hash(text: str) -> str:
    """Address of a clause text: first 32 hex digits of its SHA-256 in UTF-8 (lone surrogates are kept)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_CHARS]


def fold_accents(text: str) -> str:
    """Text without diacritics, ligatures undone ("œuvre" -> "oeuvre"); other letters untouched."""
    if text.isascii():
        return text
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("ß", "ss").replace("ł", "l")
    decomposed = unicodedata.normalize("NFKD", text)
    return _COMBINING.sub("", decomposed)


def fold_numbers(text: str) -> str:
    """Figures written alike: no thousands separator, a point for the decimals ("1 500,50" -> "1500.50")."""
    return _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", text))


@lru_cache(maxsize=8192)
def canonical_text(text: str) -> str:
    """Form of a clause that serves alignment: see the module. "" when nothing but number, date or link is there.

    Costly expressions run only where a digit or an address makes them possible.
    """
    folded = _PUNCTUATION.sub(" ", fold_accents(_drop_references(text)))
    return " ".join(_LONE_POINT.sub(" ", folded).replace("_", " ").split())


def _drop_references(text: str) -> str:
    text = " ".join(strip_numbers(text).split()).lower()
    if "http" in text or "www." in text:
        text = URL.sub(" ", text)
    if not _DIGIT.search(text):
        return text
    return fold_numbers(drop_cross_references(drop_dates(text)))


def drop_dates(text: str, instead: str = " ") -> str:
    """Text with each full date (day or month, and a year of four digits) replaced."""
    return DATE.sub(instead, text) if _YEAR.search(text) else text


def has_date(text: str) -> bool:
    """Whether a full date stands in the text."""
    return bool(_YEAR.search(text) and DATE.search(text))


def drop_cross_references(text: str, instead: str = " ") -> str:
    """A text in lower case with each numbered reference ("section 7.5", "articles 3 and 4") replaced."""
    return _CROSS_REFERENCE.sub(instead, text)


def squash_text(text: str) -> str:
    """Letters, digits and signs of quantity only, in lower case: equal however a text is cut into clauses."""
    return _NOT_SQUASHED.sub("", text.lower())
