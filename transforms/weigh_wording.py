"""Words with one plain meaning for the seller: a burden or a relief, read with who acts.

"Without notice" burdens the seller when the platform may do it and frees the seller who may; "free to", "not
required to" and "at no charge" relieve, and their contrary burdens."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from transforms.name_parties import name_actor
from transforms.read_role_words import load_data, read_role_words

Weight = Literal["burden", "relief"]


@dataclass(frozen=True, slots=True)
class Wording:
    """`is_power`: turns round when the seller is the one who may; `needs_actor`: says nothing without one;
    `is_duty`: says something only about what the platform has to do."""

    weight: Weight
    is_power: bool
    needs_actor: bool
    is_duty: bool


@cache
def read_wordings() -> tuple[re.Pattern[str], dict[str, Wording]]:
    """The pattern of all wordings, one named group each, and what each means. Raises KeyError or re.error when
    wordings.yml is malformed (a test reads it)."""
    data, parties = load_data("wordings.yml"), read_role_words().parties
    article = r"(?:l[ea]s?\s|the\s|l['’])?"
    lists = {
        "<seller>": f"{article}(?:{parties['seller']})",
        "<platform>": f"{article}(?:{parties['platform']})",
        "<costs>": f"(?:{'|'.join(data['costs'])})",
        "<bears>": f"(?:{'|'.join(data['bears'])})",
    }
    groups: list[str] = []
    for row in data["wordings"]:
        words = "|".join(row["words"])
        for mark, meant in lists.items():
            words = words.replace(mark, meant)
        groups.append(f"(?P<{row['name']}>{words})")
    known = {
        row["name"]: Wording(
            row["weight"], *(row.get(flag, False) for flag in ("power", "needs_actor", "duty"))
        )
        for row in data["wordings"]
    }
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})", re.IGNORECASE), known


_MAY = re.compile(
    r"\b(?:may|can|peut|peuvent|pouvez|pourra|pourront|pourrez|entitled|droit|free|libre)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?;]\s+|\n")


def weigh_match(text: str, found: re.Match[str], wording: Wording) -> Weight | None:
    """Burden or relief of one wording, turned round where it is a power of the seller; None when it says nothing."""
    if not (wording.is_power or wording.is_duty):
        return wording.weight
    sentence = _SENTENCE.split(text[: found.start()])[-1] + _SENTENCE.split(text[found.end() :])[0]
    may = bool(_MAY.search(sentence))
    if wording.is_duty:
        is_duty = not may and name_actor(text, found.start(), found.end()) == "platform"
        return wording.weight if is_duty else None
    actor = name_actor(text, found.start(), found.end()) if may or not wording.needs_actor else ""
    if actor == "seller" and may:
        return "relief"
    return None if wording.needs_actor and actor != "platform" else wording.weight


def count_wordings(text: str, *, with_conditions: bool = True) -> Counter[tuple[Weight, str]]:
    """The burdens and reliefs of a text by name of wording. A duty of the platform that comes with
    its condition is still a gain: read whole clauses without conditions."""
    pattern, known = read_wordings()
    counts: Counter[tuple[Weight, str]] = Counter()
    for found in pattern.finditer(text):
        wording = known[str(found.lastgroup)]
        if wording.is_duty and not with_conditions:
            continue
        weight = weigh_match(text, found, wording)
        if weight:
            counts[weight, str(found.lastgroup)] += 1
    return counts


def compare_wordings(before: str, after: str) -> tuple[set[Weight], set[Weight]]:
    """What was gained and what was lost between two texts, by kind: the same kind gained and lost cancels out."""
    older, newer = count_wordings(before), count_wordings(after)
    gained = Counter(weight for weight, _name in (newer - older).elements())
    lost = Counter(weight for weight, _name in (older - newer).elements())
    return set(gained - lost), set(lost - gained)
