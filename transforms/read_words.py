"""Clause text as comparable words: one form for typography, one for wording (contractions, numerals, references)."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer
from text_to_num import text2num

from transforms.normalise_text import URL, drop_cross_references, fold_accents, fold_numbers
from transforms.read_nature_terms import read_nature_terms

ADDRESS_MARK = "\ue110"
LINK_MARK = "\ue111"
_REFERENCE_WORD = "\ue112"
_APOSTROPHES = re.compile("[’‘ʼ´`′]")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|[%‰€$£<>=+]|[\ue110-\ue112]|\ufffd+")
# A page that hides addresses from robots shows this instead; how much of the address is shown varies by request.
_HIDDEN_ADDRESS = re.compile(r"\[?\s*e-?mail(?:\s|\u00a0)*protected\s*\]?", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CONTRACTIONS = (
    (re.compile(r"\bcan(?:'t|not)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"(?<=\w)n't\b"), " not"),
    (re.compile(r"(?<=\w)'ll\b"), " will"),
    (re.compile(r"(?<=\w)'re\b"), " are"),
    (re.compile(r"(?<=\w)'ve\b"), " have"),
    (re.compile(r"\bn'(?=\w)"), "ne "),
)
# "section 17 of the Agreement" names the same place as "section 17".
_REFERENCE_TAIL = re.compile(
    rf"{_REFERENCE_WORD}(?: (?:of|des?|du|de la) (?:the |these |this |les |la |ces )?[\w ]{{3,40}}?(?=[.,;)]|$))?"
)
# "trente (30)", "30 (trente)", "cinq pour cent (5 %)", "quatrième (4ème)"
_NUMERAL_BESIDE = re.compile(
    r"(?P<words>[^\W\d_]+(?:[- ][^\W\d_]+){0,4}) ?\((?P<figure>\d+)(?:[a-z]{1,3}| ?%)? ?\)"
    r"|(?P<figure2>\d+)(?:[a-z]{1,3}| ?%)? ?\((?P<words2>[^\W\d_]+(?:[- ][^\W\d_]+)*) ?\)"
)
_SHARE = re.compile(r" (?:pour ?cent|per ?cent)s?$")
_DOUBLE_FIGURE = re.compile(r"\(\d|\d(?:[a-z]{1,3}| ?%)? ?\(")
_ORDINAL = re.compile(r"\b(\d+) ?(?:er|ere|eme|e|st|nd|rd|th)\b")
_ENGLISH, _FRENCH = Stemmer.Stemmer("english"), Stemmer.Stemmer("french")


def _lower(text: str) -> str:
    return (text if text.isascii() else _APOSTROPHES.sub("'", text)).lower()


@lru_cache(maxsize=256)
def read_plain_words(text: str) -> tuple[str, ...]:
    """Words in lower case with accents; figures written alike; web addresses as one mark; no punctuation."""
    lowered = _lower(text)
    if "http" in lowered or "www." in lowered:
        lowered = URL.sub(LINK_MARK, lowered)
    return tuple(_WORD.findall(fold_numbers(lowered)))


def hide_addresses(text: str) -> str:
    """Text with e-mail addresses, shown or hidden from robots, as one mark."""
    return _ADDRESS.sub(ADDRESS_MARK, _HIDDEN_ADDRESS.sub(ADDRESS_MARK, text))


def has_hidden_address(text: str) -> bool:
    """Whether an address hidden from robots stands in the text."""
    return "protected" in text and bool(_HIDDEN_ADDRESS.search(text))


def read_rule_words(text: str) -> list[str]:
    """Words that carry a rule: no accents, contractions undone, "trente (30)" as "30", references as one mark."""
    lowered = _lower(text)
    if "'" in lowered or "cannot" in lowered:
        for pattern, full in _CONTRACTIONS:
            lowered = pattern.sub(full, lowered)
    folded = fold_accents(URL.sub(LINK_MARK, lowered))
    folded = read_nature_terms().boilerplate.sub(" ", folded)
    if _DOUBLE_FIGURE.search(folded):
        folded = _NUMERAL_BESIDE.sub(_read_double_figure, folded)
    folded = _REFERENCE_TAIL.sub(_REFERENCE_WORD, drop_cross_references(folded, _REFERENCE_WORD))
    return _WORD.findall(fold_numbers(_ORDINAL.sub(r"\1", folded)))


def _read_double_figure(found: re.Match[str]) -> str:
    """A figure written twice counts once where both agree; where they do not, both stay."""
    words, digits = found["words"] or found["words2"], found["figure"] or found["figure2"]
    numeral = _SHARE.sub("", words)
    sign = " %" if numeral != words or "%" in found[0] else ""
    parts = numeral.split(" ")
    for start in range(len(parts)):
        if read_numeral(" ".join(parts[start:])) == int(digits):
            return f"{' '.join(parts[:start])} {digits}{sign} "
    return found[0]


_ORDINAL_STEMS = {
    "premier": 1, "premiere": 1, "first": 1, "second": 2, "seconde": 2, "third": 3, "quatrieme": 4, "cinquieme": 5,
    "neuvieme": 9, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


@lru_cache(maxsize=1024)
def read_numeral(words: str) -> int | None:
    """Value of a cardinal or ordinal in words (French or English, no accents), or None."""
    if words in _ORDINAL_STEMS:
        return _ORDINAL_STEMS[words]
    cardinal = re.sub(r"(?<=[a-z]{3})(?:ieme|th)$", "", words)
    spellings = (words, cardinal, f"{cardinal}e") if cardinal != words else (words,)
    for language in ("fr", "en"):
        for spelling in spellings:
            try:
                return int(text2num(spelling.replace(" ", "-") if language == "fr" else spelling, language))
            except ValueError:
                continue
    return None


@lru_cache(maxsize=16384)
def stem_word(word: str) -> str:
    """Key under which inflected forms of a word, and listed synonyms, are equal."""
    group = read_nature_terms().synonyms.get(word)
    if group is not None:
        return f"~{group}"
    numeral = read_numeral(word) if word.isalpha() and len(word) > 2 else None
    if numeral is not None:
        return str(numeral)
    return str(_FRENCH.stemWord(_ENGLISH.stemWord(word)))
