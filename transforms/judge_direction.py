"""Judge whether a change is better or worse for the professional seller, and name the rule that decided.

Better or worse is said only where role, obligor, unit and calendar of every changed quantity agree, or where
a clause or words with one plain meaning came or went; everything else is "unclear" (a commitment is touched)
or "neutral" (none is)."""

from __future__ import annotations

import re

from transforms.direction_rules import OPPOSITE, direct_growth, direct_presence
from transforms.locate_edits import locate_edits
from transforms.model import ClauseChange, Direction, Fact, Match, NatureJudgement, Quantity
from transforms.pair_facts import DAYS
from transforms.quantity_patterns import CALENDARS
from transforms.read_nature_terms import fold_word, read_nature_terms
from transforms.read_quantities import read_quantities
from transforms.weigh_wording import compare_wordings, count_wordings

# A new clause of these commitments takes from the seller, of those it gives to the seller.
TAKING = ("suspension-grounds", "price-channel-restrictions")
GIVING = ("appeal-complaints", "mediation", "contact-support")
GIVING_RULES = (
    "terms-clarity-access/access-to-text",
    "suspension-process/reasons",
    "suspension-process/reinstatement",
)
# A limit on complaints takes only where the clause does not grant the complaint in the same breath.
GRANT = re.compile(
    r"\b(?:(?:may|can)(?! only)|could|right|entitled|able|free|peut|peuvent|pouvez|pourr\w+|droit|dispos\w+|have|"
    r"possib\w+|libre)\b",
    re.IGNORECASE,
)
TIME_LIMITS = ("response", "decision", "appeal", "payout", "notice")
CALENDAR_WORDS = tuple(re.compile(rf"\b(?:{forms})\b", re.IGNORECASE) for forms in CALENDARS.values())
LIST_WORDS = ("or", "ou", "and", "et")
SHORT_WORD = 3
# Months are 28 to 31 days long: values in different units differ only beyond this share.
UNIT_SLACK = 0.1


def name_calendars(written: str) -> tuple[bool, ...]:
    """Which calendar types a quantity as written names."""
    return tuple(bool(words.search(written)) for words in CALENDAR_WORDS)


def read_bounds(written: str, unit: str, value: float) -> tuple[float, float, str]:
    """(low, high, unit) of a quantity as written, in days where it is a time; `unit` and `value` where it cannot be
    read alone."""
    found = read_quantities(written, "")
    low, high, named = (
        (found[0].low, found[0].high, found[0].unit) if len(found) == 1 else (value, value, unit)
    )
    scale = DAYS.get(named)
    return (low * scale, high * scale, "day") if scale else (low, high, named)


def judge_fact(fact: Fact) -> Direction:
    """Direction of one old -> new pair; "unclear" unless role, obligor, unit and calendar decide it."""
    if fact.old_value is None or fact.new_value is None or fact.unit in ("date", "item"):
        return "unclear"
    old_low, old_high, old_unit = read_bounds(fact.old, fact.unit, fact.old_value)
    new_low, new_high, new_unit = read_bounds(fact.new, fact.unit, fact.new_value)
    if old_unit != new_unit or name_calendars(fact.old) != name_calendars(fact.new):
        return "unclear"
    signs = {(new > old) - (new < old) for old, new in ((old_low, new_low), (old_high, new_high))} - {0}
    slack = UNIT_SLACK * max(old_high, new_high) if fact.unit != "day" else 0.0
    if len(signs) != 1 or (
        slack and old_unit == "day" and abs(new_high - old_high) + abs(new_low - old_low) <= slack
    ):
        return "unclear"
    return direct_growth(fact.role, fact.obligor, grows=signs.pop() > 0)


def judge_facts(facts: tuple[Fact, ...]) -> tuple[Direction, str]:
    """Direction of all facts together: they must agree."""
    judged = {judge_fact(fact) for fact in facts}
    if len(judged) == 1 and "unclear" not in judged:
        role = facts[0].role
        return judged.pop(), f"fact:{role}:{facts[0].obligor}"
    return "unclear", "facts:undecided"


def is_limit(quantity: Quantity | Fact, text: str) -> bool:
    """Whether a quantity is a time limit whose mere presence has a direction in this text."""
    if quantity.role not in TIME_LIMITS or quantity.unit not in DAYS:
        return False
    if isinstance(quantity, Quantity) and not (quantity.comparator == "at most" or quantity.role == "notice"):
        return False
    return quantity.role != "appeal" or not GRANT.search(text)


def judge_limits(limits: list[tuple[str, str]]) -> tuple[Direction, str]:
    """Direction of time limits, as (role, obligor), that stand in a text: they must agree."""
    judged = {direct_presence(role, obligor) for role, obligor in limits}
    if len(judged) == 1 and "unclear" not in judged:
        return judged.pop(), f"presence:{limits[0][0]}"
    return "unclear", "presence:undecided"


def judge_presence(text: str, matches: tuple[Match, ...]) -> tuple[Direction, str]:
    """What it means for the seller that this text is there (its absence means the opposite)."""
    weights = {weight for weight, _words in count_wordings(text, with_conditions=False)}
    if len(weights) == 1:
        return ("worse", "words:burden") if "burden" in weights else ("better", "words:relief")
    if weights:
        return "unclear", "words:mixed"
    limits = [(item.role, item.obligor) for item in read_quantities(text, "") if is_limit(item, text)]
    if limits and (decided := judge_limits(limits))[0] != "unclear":
        return decided
    giving = [m for m in matches if m.commitment_id in GIVING or m.rule_id in GIVING_RULES]
    taking = [m for m in matches if m.commitment_id in TAKING]
    if giving and not taking:
        return "better", f"presence:{giving[0].commitment_id}"
    if taking and not giving:
        return "worse", f"presence:{taking[0].commitment_id}"
    return "unclear", "presence:undecided"


def judge_wordings(change: ClauseChange) -> tuple[Direction, str]:
    """Direction of the burdens and reliefs that came and went in a modified clause; they must agree."""
    gained, lost = compare_wordings(change.before_text, change.after_text)
    told: set[tuple[Direction, str]] = {
        ("worse", "burden") if w == "burden" else ("better", "relief") for w in gained
    }
    told |= {("better", "burden:dropped") if w == "burden" else ("worse", "relief:dropped") for w in lost}
    directions = {direction for direction, _rule in told}
    if len(directions) != 1:
        return "unclear", "words:mixed" if told else "words:none"
    rules = sorted(rule for _direction, rule in told)
    return directions.pop(), f"words:{rules[0]}" if len(rules) == 1 else "words:came"


def join_edited(change: ClauseChange) -> tuple[str, str]:
    """The words that went and the words that came, of a modified clause."""
    before, after = change.before_text, change.after_text
    spans = locate_edits(before, after)
    gone = " … ".join(before[start:end] for (start, end), _new in spans if end > start)
    come = " … ".join(after[start:end] for _old, (start, end) in spans if end > start)
    return gone, come


def is_light(edited: str) -> bool:
    """Whether edited words carry nothing by themselves ("or" before the last member of a list, a comma)."""
    light = read_nature_terms().light
    return all(word in light or word in LIST_WORDS for word in re.findall(r"[^\W_]+", fold_word(edited)))


def are_names(edited: str) -> bool:
    """Whether edited words are proper names only (an entity renamed, a country added to a list of sites)."""
    words = re.findall(r"[^\W\d_]+", edited)
    return all(word[0].isupper() or len(word) <= SHORT_WORD for word in words) and any(
        word[0].isupper() for word in words
    )


def judge_modified(change: ClauseChange, matches: tuple[Match, ...]) -> tuple[Direction, str]:
    """Direction of a modified clause without deciding facts: words with a plain meaning came or went, or a whole
    passage did."""
    gone, come = join_edited(change)
    if are_names(gone + " " + come) and not (gone + come).isupper():
        return "neutral", "modified:names"
    told = judge_wordings(change)
    if told[1] != "words:none":
        return told
    gone, come = ("" if is_light(edited) else edited for edited in (gone, come))
    if bool(gone) == bool(come) or not any(m.commitment_id in (*TAKING, *GIVING) for m in matches):
        return "unclear", "modified:undecided"
    direction, rule = judge_presence(come or gone, matches)
    return (direction, rule) if come else (OPPOSITE[direction], rule + ":dropped")


def judge_one_sided(change: ClauseChange, facts: tuple[Fact, ...]) -> tuple[Direction, str]:
    """Direction of time limits that were only written in, or only struck out."""
    gone, come = join_edited(change)
    if bool(gone) == bool(come) or not all(is_limit(fact, come or gone) for fact in facts):
        return "unclear", "facts:undecided"
    direction, rule = judge_limits([(fact.role, fact.obligor) for fact in facts])
    if direction == "unclear":
        return "unclear", "facts:undecided"
    return (direction, rule) if come else (OPPOSITE[direction], rule + ":dropped")


def judge_changed(change: ClauseChange, facts: tuple[Fact, ...]) -> tuple[Direction, str]:
    """Direction of a modified clause with changed quantities; words that say the contrary leave it open."""
    told, rule = judge_wordings(change)
    if any(fact.old_value is None or fact.new_value is None for fact in facts):
        decided = judge_one_sided(change, facts)
        # "is free" became "costs 20 EUR": the words decide what a figure without a counterpart cannot.
        decided = (told, rule) if decided[0] == "unclear" != told else decided
    else:
        decided = judge_facts(facts)
    if "unclear" not in (decided[0], told) and told != decided[0]:
        return "unclear", "facts:undecided"
    return decided


def judge_direction(
    change: ClauseChange, facts: tuple[Fact, ...], matches: tuple[Match, ...], nature: NatureJudgement
) -> tuple[Direction, str]:
    """Direction of a change for the professional seller, with the id of the rule that decided."""
    if nature.nature != "substantive":
        return "neutral", f"nature:{nature.nature}"
    if not matches:
        return "neutral", "no commitment touched"
    changed = tuple(fact for fact in facts if fact.unit != "date")
    before, after = change.before_text, change.after_text
    if changed:
        return judge_changed(change, changed)
    if before and after:
        return judge_modified(change, matches)
    direction, rule = judge_presence(before or after, matches)
    if not after:
        return OPPOSITE[direction], rule + ":dropped"
    return direction, rule
