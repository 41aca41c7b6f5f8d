"""Editorial or substantive: whether any word that carries a rule changed.

Default is substantive. Editorial needs proof: function words only, inflection, a listed synonym, a spelling mistake put
right, a numeral written otherwise, a stock phrase, a cross-reference.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein, LCSseq

from transforms.model import NatureJudgement
from transforms.narrow_texts import narrow_texts
from transforms.normalise_text import fold_accents
from transforms.read_nature_terms import read_nature_terms
from transforms.read_number import strip_numbers
from transforms.read_words import LINK_MARK, read_rule_words, stem_word

MIN_SPELLING_CHARS = 6
# Prefixes that turn a word into its contrary: never a spelling mistake.
_CONTRARY_CHARS = 3
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_NAME_RUN = re.compile(r"\b[A-Z]\w*(?:\s(?:of|and|for|the|de|du|des|et)\b|\s[A-Z]\w*)*\s[A-Z]\w*")


def judge_wording(before: str, after: str, *, is_heading: bool = False) -> NatureJudgement:
    """Nature of a change of words that no noise rule explains. `is_heading`: a title carries no rule of its own."""
    _, before, after, _ = narrow_texts(strip_numbers(before), strip_numbers(after))
    before, after = _shorten_names(before, after), _shorten_names(after, before)
    left, right = read_rule_words(_fold_duties(before)), read_rule_words(_fold_duties(after))
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


def _fold_duties(text: str) -> str:
    """The text in lower case without accents, "have to" and its like as "must"."""
    folded = fold_accents(text.lower().replace("’", "'"))
    for word, forms in read_nature_terms().duties.items():
        folded = forms.sub(f"{word} ", folded)
    return folded


def _shorten_names(text: str, other: str) -> str:
    """The text with each name that the other text gives by its capitals ("Partner Help Centre" as "PHC") so given."""
    for short in set(_ACRONYM.findall(other)) - set(_ACRONYM.findall(text)):
        name = next((name for run in _NAME_RUN.findall(text) if (name := _find_name(run, short))), "")
        text = text.replace(name, short) if name else text
    return text


def _find_name(run: str, short: str) -> str:
    """The part of a run of capitalised words whose capitals are those of `short`, "" when none is."""
    words = run.split()
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            if all(words[edge][0].isupper() for edge in (start, end - 1)) and short == "".join(
                filter(str.isupper, "".join(words[start:end]))
            ):
                return " ".join(words[start:end])
    return ""


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
