"""Rules that call a reworded clause noise: what changed is not what the clause says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from rapidfuzz.distance import LCSseq

from transforms.detect_language import detect_language
from transforms.mask_template import read_stamp, read_template
from transforms.model import NatureJudgement, NoiseClass
from transforms.read_nature_terms import read_nature_terms
from transforms.read_number import read_number
from transforms.read_words import (
    ADDRESS_MARK,
    LINK_MARK,
    has_hidden_address,
    hide_addresses,
    read_plain_words,
)
from transforms.recognise_damage import is_same_but_damaged

MAX_LABEL_WORDS = 4
MAX_ADDRESS_REST = 4
MAX_TEMPLATE_CHARS = 160
_SEGMENT = re.compile(r"\s*(?:[,;]|\b(?:and|or|et|ou)\b)\s*")
Rule = Callable[[str, str], NoiseClass]


def judge_noise(before: str, after: str) -> NatureJudgement | None:
    """The first rule that explains the whole difference between two different texts, or None."""
    for rule in _RULES:
        noise_class = rule(before, after)
        if noise_class:
            return NatureJudgement("noise", f"noise:{rule.__name__.strip('_').replace('_', '-')}", noise_class)
    return None


def _own_number(before: str, after: str) -> NoiseClass:
    left, right = read_number(before), read_number(after)
    if left.number == right.number or not left.rest:
        return ""
    return "renumbering" if read_plain_words(left.rest) == read_plain_words(right.rest) else ""


def _stamp_line(before: str, after: str) -> NoiseClass:
    left, right = read_stamp(before), read_stamp(after)
    return (left if left == right else "date stamp") if left and right else ""


def _template_line(before: str, after: str) -> NoiseClass:
    return "template language" if read_template(before) and read_template(before) == read_template(after) else ""


def _punctuation(before: str, after: str) -> NoiseClass:
    left, right = read_plain_words(before), read_plain_words(after)
    if left == right:
        return "typography"
    is_respaced = "".join(left) == "".join(right) and _figures(left) == _figures(right)
    return "typography" if is_respaced else ""


def _figures(words: list[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _interface_words(before: str, after: str) -> NoiseClass:
    interface = read_nature_terms().interface
    left, right = interface.sub(" ", before), interface.sub(" ", after)
    if (left, right) == (before, after):
        return ""
    return "markup" if read_plain_words(left) == read_plain_words(right) else ""


def _printed_twice(before: str, after: str) -> NoiseClass:
    """One text is the other several times over, with or without a blank between."""
    left, right = "".join(read_plain_words(before)), "".join(read_plain_words(after))
    shorter, longer = sorted((left, right), key=len)
    times, rest = divmod(len(longer), len(shorter) or 1)
    return "duplication" if shorter and not rest and times > 1 and shorter * times == longer else ""


def _lost_characters(before: str, after: str) -> NoiseClass:
    return "encoding" if is_same_but_damaged(before, after) else ""


def _hidden_address(before: str, after: str) -> NoiseClass:
    """A robot-proof address: the words shown beside it are leftovers of the address."""
    if not (has_hidden_address(before) or has_hidden_address(after)):
        return ""
    return "encoding" if _differ_only_at(hide_addresses(before), hide_addresses(after), ADDRESS_MARK, MAX_ADDRESS_REST) else ""


def _link_label(before: str, after: str) -> NoiseClass:
    """An address shown instead of its label, or another address."""
    if not any(mark in text for text in (before, after) for mark in ("http", "www.")):
        return ""
    return "link target" if _differ_only_at(before, after, LINK_MARK, MAX_LABEL_WORDS) else ""


def _differ_only_at(before: str, after: str, mark: str, limit: int) -> bool:
    """Whether every difference holds the mark or touches it, and is at most `limit` words long without figures."""
    left, right = read_plain_words(before), read_plain_words(after)
    for code in LCSseq.opcodes(left, right):
        if code.tag == "equal":
            continue
        changed = left[code.src_start : code.src_end] + right[code.dest_start : code.dest_end]
        around = left[max(0, code.src_start - 1) : code.src_end + 1] + right[max(0, code.dest_start - 1) : code.dest_end + 1]
        if mark not in around or len(changed) > limit + 1 or _figures(changed):
            return False
        if any(word in read_nature_terms().guards for word in changed):
            return False
    return True


def _list_order(before: str, after: str) -> NoiseClass:
    """The same members in another order."""
    left, right = (sorted(filter(None, _SEGMENT.split(text.lower().rstrip(" .;")))) for text in (before, after))
    if len(left) < 3 or Counter(left) != Counter(right) or max(part.count(" ") for part in left) > 6:
        return ""
    return "order"


def _language_of_line(before: str, after: str) -> NoiseClass:
    """A short line in another language, alike in its figures."""
    if max(len(before), len(after)) > MAX_TEMPLATE_CHARS or min(before.count(" "), after.count(" ")) < 3:
        return ""
    left, right = read_plain_words(before), read_plain_words(after)
    if _figures(left) != _figures(right) or len(set(left) & set(right)) > len(set(left)) / 2:
        return ""
    languages = detect_language(before), detect_language(after)
    return "template language" if all(languages) and languages[0] != languages[1] else ""


_RULES: tuple[Rule, ...] = (
    _stamp_line,
    _template_line,
    _own_number,
    _punctuation,
    _interface_words,
    _printed_twice,
    _lost_characters,
    _hidden_address,
    _link_label,
    _list_order,
    _language_of_line,
)
