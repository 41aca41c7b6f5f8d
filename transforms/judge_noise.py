"""Rules that call a reworded clause noise: what changed is not what the clause says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from rapidfuzz.distance import LCSseq

from transforms.detect_language import detect_language
from transforms.judge_references import address_rest, cross_reference, lettered_order
from transforms.mask_template import read_stamp, read_template
from transforms.model import NatureJudgement, NoiseClass
from transforms.narrow_texts import narrow_texts
from transforms.read_nature_terms import read_nature_terms
from transforms.read_number import strip_numbers
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
MIN_REPEATED_CHARS = 8
MAX_MEMBER_BLANKS = 6
_LIST_END = re.compile(r"[;,]?\s*\b(?:and|or|and/or|et|ou|et/ou|und|oder|en|of)\s*[;,]?\s*$", re.IGNORECASE)
_SEGMENT = re.compile(r"\s*(?:[,;]|\b(?:and|or|et|ou)\b)\s*")
Rule = Callable[[str, str], NoiseClass]


def judge_noise(before: str, after: str) -> NatureJudgement | None:
    """The first rule that explains the whole difference between two different texts, or None."""
    for rule in _RULES_ON_WHOLE:
        if noise_class := rule(before, after):
            return _name(rule, noise_class)
    left, right = strip_numbers(before), strip_numbers(after)
    for rule in _RULES_ON_TEXT:
        if noise_class := rule(left, right):
            return _name(rule, noise_class)
    _, left, right, _ = narrow_texts(left, right)
    for rule in _RULES_ON_MIDDLE:
        if noise_class := rule(left, right):
            return _name(rule, noise_class)
    return None


def _name(rule: Rule, noise_class: NoiseClass) -> NatureJudgement:
    return NatureJudgement("noise", f"noise:{rule.__name__.strip('_').replace('_', '-')}", noise_class)


def _own_number(before: str, after: str) -> NoiseClass:
    left, right = strip_numbers(before), strip_numbers(after)
    if (left, right) == (before, after):
        return ""
    return "renumbering" if _has_same_words(left, right) else ""


def _stamp_line(before: str, after: str) -> NoiseClass:
    left, right = read_stamp(before), read_stamp(after)
    return (left if left == right else "date stamp") if left and right else ""


def _template_line(before: str, after: str) -> NoiseClass:
    return (
        "template language" if read_template(before) and read_template(before) == read_template(after) else ""
    )


def _punctuation(before: str, after: str) -> NoiseClass:
    return "typography" if _has_same_words(before, after) else ""


def _has_same_words(before: str, after: str) -> bool:
    """The same words, blanks inside or between them aside; figures keep their bounds."""
    left, right = read_plain_words(before), read_plain_words(after)
    return left == right or ("".join(left) == "".join(right) and _figures(left) == _figures(right))


def _figures(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _interface_words(before: str, after: str) -> NoiseClass:
    interface = read_nature_terms().interface
    left, right = interface.sub(" ", before), interface.sub(" ", after)
    if (left, right) == (before, after):
        return ""
    return "markup" if _has_same_words(left, right) else ""


def _printed_twice(before: str, after: str) -> NoiseClass:
    """One text is the other several times over, with or without a blank between."""
    left, right = "".join(read_plain_words(before)), "".join(read_plain_words(after))
    shorter, longer = sorted((left, right), key=len)
    times, rest = divmod(len(longer), len(shorter) or 1)
    is_text = len(shorter) >= MIN_REPEATED_CHARS and not shorter.isdigit()
    return "duplication" if is_text and not rest and times > 1 and shorter * times == longer else ""


def _lost_characters(before: str, after: str) -> NoiseClass:
    return "encoding" if is_same_but_damaged(before, after) else ""


def _hidden_address(before: str, after: str) -> NoiseClass:
    """A robot-proof address: the words shown beside it are leftovers of the address."""
    if not (has_hidden_address(before) or has_hidden_address(after)):
        return ""
    return (
        "encoding"
        if _differ_only_at(hide_addresses(before), hide_addresses(after), ADDRESS_MARK, MAX_ADDRESS_REST)
        else ""
    )


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
        around = (
            left[max(0, code.src_start - 1) : code.src_end + 1]
            + right[max(0, code.dest_start - 1) : code.dest_end + 1]
        )
        if mark not in around or len(changed) > limit + 1 or _figures(changed):
            return False
        if any(word in read_nature_terms().guards for word in changed):
            return False
    return True


def _list_order(before: str, after: str) -> NoiseClass:
    """The same short members in another order."""
    left, right = (list(filter(None, _SEGMENT.split(text.lower().rstrip(" .;")))) for text in (before, after))
    if left == right or len(left) < 3 or Counter(left) != Counter(right):
        return ""
    return "order" if max(part.count(" ") for part in left) <= MAX_MEMBER_BLANKS else ""


def _list_end(before: str, after: str) -> NoiseClass:
    """ "; and" at the end of a list's member comes and goes with the members after it."""
    left, right = _LIST_END.search(before), _LIST_END.search(after)
    if (left is None) == (right is None):
        return ""
    left_text, right_text = _LIST_END.sub("", before), _LIST_END.sub("", after)
    return "typography" if _has_same_words(left_text, right_text) else ""


def _language_of_line(before: str, after: str) -> NoiseClass:
    """A short line in another language, alike in its figures."""
    if max(len(before), len(after)) > MAX_TEMPLATE_CHARS or min(before.count(" "), after.count(" ")) < 3:
        return ""
    left, right = read_plain_words(before), read_plain_words(after)
    if _figures(left) != _figures(right) or len(set(left) & set(right)) > len(set(left)) / 2:
        return ""
    languages = detect_language(before), detect_language(after)
    return "template language" if all(languages) and languages[0] != languages[1] else ""


# A rewording beside a new own number is judged without the number.
_RULES_ON_WHOLE: tuple[Rule, ...] = (_stamp_line, _template_line, _punctuation, _own_number)
_RULES_ON_TEXT: tuple[Rule, ...] = (_printed_twice, _list_order, lettered_order, _list_end, _language_of_line)
_RULES_ON_MIDDLE: tuple[Rule, ...] = (
    _punctuation,
    _interface_words,
    _lost_characters,
    _hidden_address,
    _link_label,
    address_rest,
    cross_reference,
)
