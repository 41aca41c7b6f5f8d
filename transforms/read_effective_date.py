"""The date on which a change says that it takes effect, where the changed words say so."""

from __future__ import annotations

import re
from datetime import date

from transforms.model import AssessedChange
from transforms.read_dates import read_dates

# What announces the date that follows, in the languages whose dates are read (French, English).
CUE = re.compile(
    r"(entr(?:e|era|ent|eront|ée) en (?:vigueur|application)|pren(?:d|dra|nent|dront) effet|applicables?|en vigueur"
    r"|à (?:compter|partir) du|take(?:s)? effect|(?:come|comes|enter|enters) into (?:force|effect)|effective|in effect"
    r"|appl(?:y|ies))",
    re.IGNORECASE,
)
# "entrera en vigueur le", "effective as of", "with effect from": a few words between cue and date, no sentence end.
MOST_BETWEEN = 30


def read_effective_date(changes: tuple[AssessedChange, ...]) -> date | None:
    """The first date that the newer wording announces and the older did not have; None when none is stated."""
    for assessed in changes:
        known = {quantity.low for quantity in read_dates(assessed.change.before_text)}
        text = assessed.change.after_text
        for quantity in read_dates(text):
            before = text[max(0, quantity.start - MOST_BETWEEN - 40) : quantity.start]
            cues = list(CUE.finditer(before))
            if quantity.low in known or not cues:
                continue
            between = before[cues[-1].end() :]
            if len(between) <= MOST_BETWEEN and "." not in between and quantity.low >= 1:
                return date.fromordinal(int(quantity.low))
    return None
