"""Editorial or substantive: whether any word that carries a rule changed.

Default is substantive. Editorial needs proof: function words only, inflection, a listed synonym, a spelling mistake put
right, a numeral written otherwise, a stock phrase, a cross-reference.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein, LCSseq

from transforms.model import NatureJudgement
from transforms.narrow_texts import narrow_texts
from transforms.read_nature_terms import read_nature_terms
from transforms.read_number import strip_numbers
from transforms.read_words import LINK_MARK, read_rule_words, stem_word

MIN_SPELLING_CHARS = 6
# Prefixes that turn a word into its contrary: never a spelling mistake.
_CONTRARY_CHARS = 3


def judge_wording(before: str, after: str, *, is_heading: bool = False) -> NatureJudgement:
    """Nature of a change of words that no noise rule explains. `is_heading`: a title carries no rule of its own."""
    _, before, after, _ = narrow_texts(strip_numbers(before), strip_numbers(after))
    left, right = read_rule_words(before), read_rule_words(after)
    left_keys, right_keys = [stem_word(word) for word in left], [stem_word(word) for word in right]
    rules: list[str] = []
    for code in LCSseq.opcodes(left_keys, right_keys):
        if code.tag != "equal":
            lost, gained = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
            rules.append(_judge_chunk(lost, gained))
    guarded = next((rule for rule in rules if rule.startswith("guard:")), None)
    if guarded:
        return NatureJudgement("substantive", guarded)
    if "content" in rules:
        if is_heading:
            return NatureJudgement("editorial", "editorial:heading")
        return NatureJudgement("substantive", _name_content(before, after))
    if not rules:
        return NatureJudgement("editorial", "editorial:same-words")
    return NatureJudgement("editorial", f"editorial:{sorted(set(rules))[-1]}")


def _judge_chunk(lost: list[str], gained: list[str]) -> str:
    """What changed between two runs of words: "guard:...", "content", "spelling" or "function-words"."""
    terms = read_nature_terms()
    before, after = Counter(map(stem_word, lost)), Counter(map(stem_word, gained))
    words = [word for word in lost + gained if before[stem_word(word)] != after[stem_word(word)]]
    for word in words:
        if word[0].isdigit() or word in "%‰€$£<>=+" or stem_word(word).isdigit():
            return "guard:quantity"
        if word in terms.guards:
            return f"guard:{terms.guards[word]}"
    left = [word for word in lost if word in words and _carries(word)]
    right = [word for word in gained if word in words and _carries(word)]
    if not left and not right:
        return "function-words"
    if len(left) == len(right) and all(map(_is_misspelling, left, right)):
        return "spelling"
    return "content"


def _carries(word: str) -> bool:
    return word not in read_nature_terms().light and word != LINK_MARK and not ("\ue110" <= word <= "\ue112")


def _is_misspelling(one: str, two: str) -> bool:
    if min(len(one), len(two)) < MIN_SPELLING_CHARS or one[:_CONTRARY_CHARS] != two[:_CONTRARY_CHARS]:
        return False
    return DamerauLevenshtein.distance(one, two, score_cutoff=1) <= 1


def _name_content(before: str, after: str) -> str:
    """Rule id of a content change; a changed name (a capital inside a sentence) is told apart for the reader."""
    names = _names(before) ^ _names(after)
    return "substantive:named-body" if names else "substantive:content"


def _names(text: str) -> set[str]:
    if text.isupper():
        return set()
    words = text.split()
    return {
        word.strip(".,;:()\"'«»“”")
        for previous, word in pairwise(words)
        if word[:1].isupper() and not previous.endswith((".", ":", "?", "!"))
    }
