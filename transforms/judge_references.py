"""Noise rules about marks, not words: references renumbered, leftovers of an address, lettered members reordered."""

from __future__ import annotations

import re
from collections import Counter

from transforms.model import NoiseClass
from transforms.normalise_text import drop_cross_references
from transforms.read_words import read_plain_words

_REFERENCE = "\ue113"
_NUMBER = re.compile(r"\d+(?:[.\-]\d+)*")
# An article of a law does not move with the contract's own articles.
_OF_A_LAW = re.compile(
    rf"{_REFERENCE}[^.;{_REFERENCE}]{{0,40}}\b(?:codes?|regulation|règlement|directive|law|loi|acts?|décret|ordonnance|gdpr|"
    r"rgpd|verordnung|gesetz\w*|bgb|hgb)\b"
)
# "%20", "?%3E)" left in the text where a link was taken apart; "15 %" never has two hexadecimal digits glued to it.
_ADDRESS_REST = re.compile(r"(?<![\d\s])[^\w\s]*%[0-9a-f]{2}(?:[^\w\s]*%[0-9a-f]{2})*[^\w\s]*", re.IGNORECASE)
_ENUMERATOR = re.compile(r"(?:^|\s)\(?(?:[a-z]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
MIN_MEMBERS = 3


def cross_reference(before: str, after: str) -> NoiseClass:
    """The same words, only the numbers of sections referred to differ, as many as before."""
    left, right = _mark_references(before), _mark_references(after)
    if left is None or right is None or left != right:
        return ""
    return "renumbering" if len(_NUMBER.findall(before)) == len(_NUMBER.findall(after)) else ""


def _mark_references(text: str) -> tuple[str, ...] | None:
    """Words of a text with one mark for each reference; None without references, or with one to a law."""
    marked = drop_cross_references(" ".join(text.lower().split()), f" {_REFERENCE} ")
    if _REFERENCE not in marked or _OF_A_LAW.search(marked):
        return None
    return tuple(word for part in marked.split(_REFERENCE) for word in (_REFERENCE, *read_plain_words(part)))


def address_rest(before: str, after: str) -> NoiseClass:
    """Escaped characters of an address that came or went."""
    if "%" not in before + after:
        return ""
    left, right = _ADDRESS_REST.sub(" ", before), _ADDRESS_REST.sub(" ", after)
    if (left, right) == (before, after):
        return ""
    return "link target" if read_plain_words(left) == read_plain_words(right) else ""


def lettered_order(before: str, after: str) -> NoiseClass:
    """The same lettered members in another order ("a. Fees b. Tax c. Law")."""
    left, right = ([read_plain_words(part) for part in _ENUMERATOR.split(text)] for text in (before, after))
    if len(left) <= MIN_MEMBERS or left == right:
        return ""
    return "order" if Counter(left) == Counter(right) else ""
