"""Nature of a clause change - noise, editorial or substantive - with the rule that decided."""

from __future__ import annotations

import re

from transforms.judge_noise import judge_noise
from transforms.judge_wording import judge_wording
from transforms.mask_template import read_stamp, read_template
from transforms.model import Clause, ClauseChange, NatureJudgement, NoiseClass
from transforms.normalise_text import fold_accents, squash_text
from transforms.read_nature_terms import read_nature_terms
from transforms.read_number import read_number

MAX_NAVIGATION_WORDS = 30
MAX_TITLE_WORDS = 8
_QUESTION = re.compile(r"[^.?!;:]{3,}\?$")
_TITLE = re.compile(r"[^\W\d_]+(?:[ '’&/-]+[^\W\d_]+)+$")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?\d{1,3}(?:\s*(?:/|of|sur|de|von|din|z)\s*\d{1,3})?\.?$", re.IGNORECASE
)


def judge_nature(
    change: ClauseChange,
    *,
    before_hashes: frozenset[str] = frozenset(),
    after_hashes: frozenset[str] = frozenset(),
) -> NatureJudgement:
    """Judge one change by the code book. `before_hashes` and `after_hashes` are the text hashes of all clauses of the
    two versions: a clause that is added though its text stood in the older version already is printed once more.
    """
    if change.kind in ("kept", "moved"):
        return _noise("moved", "order")
    if change.kind in ("added", "restored") and change.after:
        return _judge_side(change.after, before_hashes)
    if change.kind == "removed":
        return _judge_side(change.before, after_hashes)
    return _judge_pair(change)


def _noise(rule: str, noise_class: NoiseClass) -> NatureJudgement:
    return NatureJudgement("noise", f"noise:{rule}", noise_class)


def _judge_side(clauses: tuple[Clause, ...], other_side: frozenset[str]) -> NatureJudgement:
    """A clause that came or went, judged by its own text."""
    if all(clause.text_hash in other_side for clause in clauses):
        return _noise("printed-again", "duplication")
    text = "\n".join(clause.text for clause in clauses)
    stamp = read_stamp(text)
    if stamp:
        return _noise("stamp-line", stamp)
    if read_template(text):
        return _noise("template-line", "template language")
    if _PAGE_NUMBER.match(text) or not any(map(str.isalpha, text)):
        return _noise("page-number", "markup")
    is_heading = all(clause.kind == "heading" for clause in clauses)
    if not is_heading and (editorial := _judge_navigation(text)):
        return editorial
    if is_heading or _is_title(clauses):
        return _noise("heading-only", "renumbering" if read_number(text).number else "markup")
    return NatureJudgement("substantive", "substantive:clause")


def _is_title(clauses: tuple[Clause, ...]) -> bool:
    """A question that the text below answers, or a line in capitals that names a section: no rule of its own."""
    if len(clauses) != 1:
        return False
    line = read_number(clauses[0].text).rest
    if _QUESTION.match(line):
        return line.count(" ") < MAX_NAVIGATION_WORDS
    words = re.findall(r"[^\W\d_]+", line)
    if (
        clauses[0].kind != "paragraph"
        or not _TITLE.match(line)
        or len(words) > MAX_TITLE_WORDS
        or line.isupper()
    ):
        return False
    is_cased = all(word[0].isupper() for word in words if len(word) > 3)
    return is_cased and not read_nature_terms().titles.isdisjoint(map(str.lower, words))


def _judge_navigation(text: str) -> NatureJudgement | None:
    """Lines that lead elsewhere and rule nothing: the code book's editorial additions."""
    folded = fold_accents(text.lower())
    if folded.count(" ") >= MAX_NAVIGATION_WORDS * 2:
        return None
    terms = read_nature_terms()
    rules = any(terms.guards.get(word) in ("modal", "negation") for word in re.findall(r"[^\W\d_]+", folded))
    if terms.navigation.match(folded) and folded.count(" ") < MAX_NAVIGATION_WORDS and not rules:
        return NatureJudgement("editorial", "editorial:navigation")
    if terms.pointers.match(folded):
        return NatureJudgement("editorial", "editorial:pointer")
    if terms.form_fields.match(folded):
        return NatureJudgement("editorial", "editorial:form-field")
    return None


def _judge_pair(change: ClauseChange) -> NatureJudgement:
    before, after = change.before_text, change.after_text
    if before == after:
        has_new_target = [clause.links for clause in change.before] != [
            clause.links for clause in change.after
        ]
        return _noise("same-text", "link target") if has_new_target else _noise("same-text", "markup")
    if len(change.before) + len(change.after) > 2 and squash_text(before) == squash_text(after):
        return _noise("cut-elsewhere", "markup")
    noise = judge_noise(" ".join(before.split("\n")), " ".join(after.split("\n")))
    if noise:
        return noise
    is_heading = all(clause.kind == "heading" for clause in change.before + change.after)
    return judge_wording(before, after, is_heading=is_heading)
