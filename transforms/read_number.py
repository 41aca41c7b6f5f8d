"""The clause's own number as printed: "Pro. 10.8", "Article 9", "3.2.1", "S-1.2", "(a)", "iv)", "1°"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORDS = (
    "article|articles|art|section|clause|chapter|chapitre|schedule|appendix|annexe|annex|part|partie|titre|title|"
    "paragraph|paragraphe|artikel|abschnitt|anlage|anhang|teil|hoofdstuk|bijlage|articolul|capitolul|anexa|"
    "rozdział|załącznik|άρθρο|artículo|articolo"
)
_END = r"\s*(?:[.:)°º]|[-–—](?=\s))*"
# "Article 9 -", "§ 4", "Annexe II :", "Pro. 10.8 -"
_NAMED = re.compile(
    rf"(?P<number>(?:(?i:{_WORDS})\.?|§+|[A-Z][a-z]{{1,4}}\.|PRO\.)"
    rf"(?:\s*(?:n\s?[°º]\s*)?\d{{1,3}}(?:\s?[.\-]\s?\d{{1,3}})*[a-z]?|\s+(?:[IVXLC]+|[A-Z]))(?!\w)){_END}(?=\s|$|[^\W\d])"
)
# "S-1.2", "API-2.2", "F.9.1"
_CODED = re.compile(rf"(?P<number>[A-Z]{{1,4}}\s?[-.]\s?\d{{1,3}}(?:\.\d{{1,3}})*)(?![\w%]){_END}(?=\s|$)")
# "3.2.1", "9 .", "12)", "2.GENERALITES"; never an amount, a date or a share ("1.5 %", "24.06.2023", "30 days").
_DECIMAL = re.compile(
    r"(?P<number>\d{1,3}(?:\s?\.\s?\d{1,3})*)"
    r"(?:(?P<mark>\s?[.:)°º]{1,2}|\s?[-–—](?=\s\D))"
    r"|(?:(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d))"
    r"(?!\s*(?:%|€|\$|£|euros?\b|eur\b|usd\b|percent|per\scent|pour\s?cent|h\b|heures?\b|hours?\b)))"
    r"(?![\d%,])(?=\s|$|[^\W\d])",
    re.IGNORECASE,
)
# "(a)", "a)", "iv)", "(12)", "a.", "A-", "a/"
_LETTERED = re.compile(
    r"\(\s?(?P<inner>[a-z]{1,2}|[ivxlc]{1,6}|\d{1,2})\s?\)(?=\s|$|[^\W\d])"
    r"|(?P<bare>[a-z]|[ivxlc]{2,6}|aa|bb)\s?(?:\)|\.(?=\s)|[-–—](?=\s)|/(?=\s))(?!\))"
    r"|(?P<roman>(?-i:[IVX]{2,5}))\.(?=[^\W\d_])",
    re.IGNORECASE,
)
# After a list's own number the author's may be glued to the text: "1. a.If you", "2. ii.Where".
_NESTED = re.compile(r"(?:[a-z]|[ivxlc]{2,6})[.)](?=[^\W\d_])", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+$")
_GAP = re.compile(r"(?<=\d)\s*([.\-])\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number as printed, what follows it, and its nesting depth (0: none; 1: "9"; 2: "9.1"; letters are 6)."""

    number: str
    rest: str
    depth: int


LETTER_DEPTH = 6
MAX_NUMBERS = 3


@lru_cache(maxsize=4096)
def read_number(text: str) -> OwnNumber:
    """The own number at the start of a plain text. Without one, `number` is "" and `rest` is the text."""
    found = _NAMED.match(text) or _CODED.match(text)
    if found and not _reads_on(text, found):
        digits = re.findall(r"\d+", found["number"])
        return OwnNumber(_tidy(found["number"]), text[found.end() :].lstrip(), max(1, len(digits)))
    if text[:1].isdigit():
        return _read_decimal(text)
    found = _LETTERED.match(text)
    if found:
        number = found["inner"] or found["bare"] or found["roman"]
        depth = 1 if len(number) > 1 and _ROMAN.match(number) else LETTER_DEPTH
        return OwnNumber(number, text[found.end() :].lstrip(), depth)
    return OwnNumber("", text, 0)


def strip_numbers(text: str) -> str:
    """The text without its own number, or numbers ("1. a. If you ..." has two: the list's and the author's)."""
    rest = text
    for _ in range(MAX_NUMBERS):
        own = read_number(rest)
        if own.number and own.rest:
            rest = own.rest
            continue
        nested = _NESTED.match(rest) if rest != text else None
        if not nested:
            break
        rest = rest[nested.end() :]
    return rest


def _read_decimal(text: str) -> OwnNumber:
    found = _DECIMAL.match(text)
    if not found:
        return OwnNumber("", text, 0)
    rest = text[found.end() :].lstrip()
    number = _tidy(found["number"])
    depth = number.count(".") + 1
    if found["mark"] is None and depth < 3 and rest[:1].islower():
        # "4.83 calendar days" is a figure, "4.83 Calendar" is a title, "4.8.3 calendar" is numbered.
        return OwnNumber("", text, 0)
    return OwnNumber(number, rest, depth)


def _tidy(number: str) -> str:
    return _GAP.sub(r"\1", number)


def _reads_on(text: str, found: re.Match[str]) -> bool:
    """Whether the words before a figure are the start of a sentence ("Section 5 shall apply", "Ltd. 5 days")."""
    return not text[found.end("number") : found.end()].strip() and text[found.end() :].lstrip()[:1].islower()
