"""Judge whether a change is better or worse for the professional seller, and name the rule that decided.

Better or worse is said only where role, obligor, unit and calendar of every changed quantity agree, or where
a clause or words with one plain meaning came or went; everything else is "unclear" (a commitment is touched)
or "neutral" (none is)."""

from __future__ import annotations

import re

from transforms.locate_edits import locate_edits
from transforms.model import ClauseChange, Direction, Fact, Match, NatureJudgement
from transforms.quantity_patterns import CALENDARS

# Does the seller gain when the figure grows? (role, obligor) -> yes; roles left out are never decided.
GROWTH_IS_BETTER: dict[tuple[str, str], bool] = {
    ("notice", "platform"): True,
    ("notice", "seller"): False,
    ("response", "platform"): False,
    ("response", "seller"): True,
    ("payout", "platform"): False,
    ("payout", "seller"): True,
    ("cure", "seller"): True,
    ("cure", "platform"): True,
    ("appeal", "seller"): True,
    ("commission", "seller"): False,
    ("commission", "platform"): False,
    ("penalty", "seller"): False,
    ("fee", "seller"): False,
    ("reserve", "seller"): False,
    ("reserve", "platform"): False,
}
# A new clause of these commitments takes from the seller, of those it gives to the seller.
TAKING = ("suspension-grounds", "price-channel-restrictions")
GIVING = ("appeal-complaints", "mediation", "contact-support")
GIVING_RULES = (
    "terms-clarity-access/access-to-text",
    "suspension-process/reasons",
    "suspension-process/reinstatement",
)
BURDEN = re.compile(
    r"sans préavis|sans délai|discrétion|discrétionnaire|pénalité|indemnité forfaitaire|due même|"
    r"non remboursable|à ses frais|without (?:prior )?notice|sole discretion|at any time|non-?refundable|"
    r"penalt(?:y|ies)|withhold|still (?:due|owed|payable)|payable even|due even|"
    r"at (?:its|your|the seller's) own expense",
    re.IGNORECASE,
)
RELIEF = re.compile(
    r"préavis de|exposé des motifs|peut contester|droit de contester|gratuit\w*|"
    r"options? (?:of|to) [^.;]{0,60}?(?:appeal|contest)|"
    r"may appeal|right to appeal|statement of reasons|free of charge|prior notice|reinstat\w+|at no cost",
    re.IGNORECASE,
)
CALENDAR_WORDS = tuple(re.compile(rf"\b(?:{forms})\b", re.IGNORECASE) for forms in CALENDARS.values())
SHORT_WORD = 3
OPPOSITE: dict[Direction, Direction] = {
    "better": "worse",
    "worse": "better",
    "neutral": "neutral",
    "unclear": "unclear",
}


def name_calendars(written: str) -> tuple[bool, ...]:
    """Which calendar types a quantity as written names."""
    return tuple(bool(words.search(written)) for words in CALENDAR_WORDS)


def judge_fact(fact: Fact) -> Direction:
    """Direction of one old -> new pair; "unclear" unless role, obligor and calendar decide it."""
    growth = GROWTH_IS_BETTER.get((fact.role, fact.obligor))
    if growth is None or fact.old_value is None or fact.new_value is None or fact.unit in ("date", "item"):
        return "unclear"
    if name_calendars(fact.old) != name_calendars(fact.new) or fact.old_value == fact.new_value:
        return "unclear"
    return "better" if (fact.new_value > fact.old_value) == growth else "worse"


def judge_facts(facts: tuple[Fact, ...]) -> tuple[Direction, str]:
    """Direction of all facts together: they must agree."""
    judged = {judge_fact(fact) for fact in facts}
    if len(judged) == 1 and "unclear" not in judged:
        role = facts[0].role
        return judged.pop(), f"fact:{role}:{facts[0].obligor}"
    return "unclear", "facts:undecided"


def judge_presence(
    text: str, matches: tuple[Match, ...], *, structural: bool = True
) -> tuple[Direction, str]:
    """What it means for the seller that this text is there (its absence means the opposite)."""
    burden, relief = bool(BURDEN.search(text)), bool(RELIEF.search(text))
    if burden != relief:
        return ("worse", "words:burden") if burden else ("better", "words:relief")
    if burden or not structural:
        return "unclear", "words:mixed" if burden else "words:none"
    giving = [m for m in matches if m.commitment_id in GIVING or m.rule_id in GIVING_RULES]
    taking = [m for m in matches if m.commitment_id in TAKING]
    if giving and not taking:
        return "better", f"presence:{giving[0].commitment_id}"
    if taking and not giving:
        return "worse", f"presence:{taking[0].commitment_id}"
    return "unclear", "presence:undecided"


def join_edited(change: ClauseChange) -> tuple[str, str]:
    """The words that went and the words that came, of a modified clause."""
    before, after = change.before_text, change.after_text
    spans = locate_edits(before, after)
    gone = " … ".join(before[start:end] for (start, end), _new in spans if end > start)
    come = " … ".join(after[start:end] for _old, (start, end) in spans if end > start)
    return gone, come


def are_names(edited: str) -> bool:
    """Whether edited words are proper names only (an entity renamed, a country added to a list of sites)."""
    words = re.findall(r"[^\W\d_]+", edited)
    return all(word[0].isupper() or len(word) <= SHORT_WORD for word in words) and any(
        word[0].isupper() for word in words
    )


def judge_modified(change: ClauseChange, matches: tuple[Match, ...]) -> tuple[Direction, str]:
    """Direction of a modified clause without deciding facts: only words were added, or only words were taken
    away."""
    gone, come = join_edited(change)
    if are_names(gone + " " + come) and not (gone + come).isupper():
        return "neutral", "modified:names"
    if come and not gone:
        decided = judge_presence(come, matches)
    elif gone and not come:
        decided = judge_presence(gone, matches)
        decided = OPPOSITE[decided[0]], decided[1] + ":dropped"
    else:
        came, _rule = judge_presence(come, (), structural=False)
        went, _rule = judge_presence(gone, (), structural=False)
        if came not in ("unclear", went):
            return came, "words:came"
        return "unclear", "modified:undecided"
    if any(match.commitment_id in (*TAKING, *GIVING) for match in matches) or decided[1].startswith("words"):
        return decided
    return "unclear", "modified:undecided"


def judge_direction(
    change: ClauseChange, facts: tuple[Fact, ...], matches: tuple[Match, ...], nature: NatureJudgement
) -> tuple[Direction, str]:
    """Direction of a change for the professional seller, with the id of the rule that decided."""
    if nature.nature != "substantive":
        return "neutral", f"nature:{nature.nature}"
    if not matches:
        return "neutral", "no commitment touched"
    changed = tuple(fact for fact in facts if fact.unit != "date")
    if changed:
        return judge_facts(changed)
    before, after = change.before_text, change.after_text
    if before and after:
        return judge_modified(change, matches)
    direction, rule = judge_presence(before or after, matches)
    if not after:
        return OPPOSITE[direction], rule + ":dropped"
    return direction, rule
