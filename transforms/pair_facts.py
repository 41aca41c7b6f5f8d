"""Pair the quantities of two texts of one clause: what was, what is now, as written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from transforms.locate_edits import Span, locate_edits
from transforms.model import Fact, Quantity
from transforms.quantity_patterns import EVERY, UNITS
from transforms.read_quantities import read_quantities

Key = tuple[float, float, str, str]
Region = tuple[list[Quantity], list[Quantity]]
# Regulation (EU) 2019/1150: article 3(2) wants 15 days before a change of terms, 4(2) 30 days before a
# termination.
CHANGE_WORDS = re.compile(
    r"modif|chang|amend|évolution|revis|updat|entrée en vigueur|take effect|effective date", re.IGNORECASE
)
END_WORDS = re.compile(r"résili|terminat|clôtur|closure|fin du contrat|cessation", re.IGNORECASE)
FLOORS = (
    (END_WORDS, 30, "30 jours (article 4, paragraphe 2, du règlement (UE) 2019/1150)"),
    (CHANGE_WORDS, 15, "15 jours (article 3, paragraphe 2, du règlement (UE) 2019/1150)"),
)
SIDES = (
    {"at least", "at most"},
    {"more than", "less than"},
    {"at least", "less than"},
    {"at most", "more than"},
)
DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "hour": 1 / 24}


def key_quantity(quantity: Quantity) -> Key:
    """What makes two quantities the same fact, however they are written."""
    return quantity.low, quantity.high, quantity.unit, quantity.calendar


def align_quantities(before: Sequence[Quantity], after: Sequence[Quantity]) -> list[Region]:
    """Runs of quantities that differ, between those that both texts hold in the same order."""
    keys: dict[Key, int] = {}
    left = [keys.setdefault(key_quantity(item), len(keys)) for item in before]
    right = [keys.setdefault(key_quantity(item), len(keys)) for item in after]
    return [
        (list(before[code.src_start : code.src_end]), list(after[code.dest_start : code.dest_end]))
        for code in LCSseq.opcodes(left, right)
        if code.tag != "equal"
    ]


def join_runs(regions: list[Region]) -> list[Region]:
    """LCS reports a replacement as a deletion and an insertion side by side: one region."""
    joined: list[Region] = []
    for old, new in regions:
        if joined and ((old and not joined[-1][0]) or (new and not joined[-1][1])):
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new)
        else:
            joined.append((old, new))
    return joined


def mask_quantities(text: str, quantities: Sequence[Quantity]) -> str:
    """A text with its quantities blanked and white space folded: equal where only quantities differ."""
    pieces: list[str] = []
    last = 0
    for item in quantities:
        pieces.append(text[last : item.start])
        last = item.end
    return " ".join("#".join([*pieces, text[last:]]).split())


def pair_in_place(before: Sequence[Quantity], after: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Quantities that stand at the same place of the same words, one to one: a value that another place held
    before ("from 2023; before that from 2022") has not moved."""
    return [
        (old, new) for old, new in zip(before, after, strict=True) if key_quantity(old) != key_quantity(new)
    ]


def drop_moved(regions: list[Region]) -> list[Region]:
    """Leave out quantities that only stand elsewhere: the same value and role gone in one place and come in
    another."""
    came = Counter((key_quantity(item), item.role) for _old, new in regions for item in new)
    went = Counter((key_quantity(item), item.role) for old, _new in regions for item in old)
    moved = came & went
    kept: list[Region] = []
    spent = Counter(moved), Counter(moved)
    for region in regions:
        sides: list[list[Quantity]] = []
        for side, left in zip(region, spent, strict=True):
            stays = []
            for item in side:
                key = (key_quantity(item), item.role)
                if left[key]:
                    left[key] -= 1
                else:
                    stays.append(item)
            sides.append(stays)
        kept.append((sides[0], sides[1]))
    return kept


def rate_pair(old: Quantity, new: Quantity) -> int:
    """How well two quantities answer each other; 0 means not at all."""
    if old.unit != new.unit:
        return 1 if old.role and old.role == new.role and {old.unit, new.unit} <= set(DAYS) else 0
    return 2 + (old.role == new.role) + (old.comparator == new.comparator)


def pair_region(old: list[Quantity], new: list[Quantity]) -> list[tuple[Quantity | None, Quantity | None]]:
    """Pair the quantities of one region, best fits first, order deciding between equals; the rest stay
    alone."""
    rated = sorted(
        (-rate_pair(left, right), abs(i - j), i, j)
        for i, left in enumerate(old)
        for j, right in enumerate(new)
        if rate_pair(left, right)
    )
    taken_old: dict[int, int] = {}
    for _rate, _distance, i, j in rated:
        if i not in taken_old and j not in taken_old.values():
            taken_old[i] = j
    pairs: list[tuple[Quantity | None, Quantity | None]] = [
        (left, new[taken_old[i]] if i in taken_old else None) for i, left in enumerate(old)
    ]
    pairs.extend((None, right) for j, right in enumerate(new) if j not in taken_old.values())
    return pairs


def is_edited(quantity: Quantity, spans: Sequence[Span]) -> bool:
    """Whether an edit touches the quantity: one that merely stands elsewhere did not change."""
    return any(start < quantity.end and end > quantity.start for start, end in spans)


def find_every(text: str, spans: Sequence[Span], unit: str) -> str:
    """ "any month", "chaque semaine": what may replace a duration without a number, in edited text; "" when
    nothing."""
    if unit not in UNITS:
        return ""
    for found in EVERY.finditer(text):
        fits = re.fullmatch(UNITS[unit], found["unit"], re.IGNORECASE)
        if fits and any(start < found.end() and end > found.start() for start, end in spans):
            return found.group()
    return ""


def note_floor(old: Quantity, new: Quantity, text: str) -> str:
    """Which P2B floor the new value crosses, in French (it is read in messages); "" when none is."""
    if (
        old.unit not in DAYS
        or new.unit not in DAYS
        or new.role not in ("notice", "")
        or old.role not in ("notice", "")
    ):
        return ""
    was, now = old.low * DAYS[old.unit], new.low * DAYS[new.unit]
    nearby = text[max(0, new.start - 250) : new.end + 250]
    for words, floor, name in FLOORS:
        if not words.search(nearby):
            continue
        if was >= floor > now:
            return f"passe sous les {name}"
        if was < floor <= now:
            return f"atteint les {name}"
        return ""
    return ""


def agree(old: Quantity, new: Quantity) -> bool:
    """Whether two quantities are one rule's: role, who owes, floor or ceiling do not differ where both are told."""
    told = ((old.role, new.role), (old.obligor, new.obligor))
    return (
        all(not was or not now or was == now for was, now in told)
        and {old.comparator, new.comparator} not in SIDES
    )


def build_fact(old: Quantity | None, new: Quantity | None, after: str) -> Fact:
    """A fact of a pair, or of a quantity that was added or dropped. A pair whose sides disagree on role, party or
    comparator has no obligor: nobody can say in whose favour it changed."""
    known = new or old
    if known is None:
        raise ValueError("a fact needs at least one side")
    note = note_floor(old, new, after) if old and new else ""
    role = known.role or (old.role if old else "")
    obligor = known.obligor or (old.obligor if old else "")
    return Fact(
        old=old.text if old else "",
        new=new.text if new else "",
        unit=known.unit,
        role=role,
        old_value=old.low if old else None,
        new_value=new.low if new else None,
        obligor=obligor if not (old and new) or agree(old, new) else "",
        note=note,
    )


def pair_facts(before: str, after: str, language: str) -> tuple[Fact, ...]:
    """Quantities that changed between two texts of one clause, old -> new as written, in order.

    Nothing is reported for a clause that was added or removed as a whole (either text empty): its quantities
    did not change. A quantity added to or dropped from a clause that lives on has "" on the other side."""
    if not before.strip() or not after.strip():
        return ()
    edits = locate_edits(before, after)
    old_spans, new_spans = [span for span, _new in edits], [span for _old, span in edits]
    left_side, right_side = read_quantities(before, language), read_quantities(after, language)
    if mask_quantities(before, left_side) == mask_quantities(after, right_side):
        in_place = pair_in_place(left_side, right_side)
        return tuple(keep_distinct([build_fact(old, new, after) for old, new in in_place]))
    facts: list[Fact] = []
    for old, new in drop_moved(join_runs(align_quantities(left_side, right_side))):
        for left, right in pair_region(old, new):
            if (left and not is_edited(left, old_spans)) and not (right and is_edited(right, new_spans)):
                continue
            if right and not left and not is_edited(right, new_spans):
                continue
            fact = build_fact(left, right, after)
            if left and not right and (every := find_every(after, new_spans, left.unit)):
                fact = Fact(left.text, every, left.unit, left.role, left.low, None, left.obligor)
            facts.append(fact)
    return tuple(keep_distinct(facts))


def keep_distinct(facts: Sequence[Fact]) -> list[Fact]:
    """A quantity that a clause repeats changed once: the first of equal facts."""
    first: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        first.setdefault((fact.old, fact.new), fact)
    return list(first.values())
