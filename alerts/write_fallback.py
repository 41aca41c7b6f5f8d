"""The text of a message for notifications and screen readers, which do not read its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from alerts.clean_text import cut_end, write_one_line
from alerts.describe_change import name_place, write_direction, write_quantities
from alerts.mark_edits import mark_edits
from alerts.model import AlertedChange
from alerts.shorten_clause import shorten_clause
from alerts.wording import Wording
from alerts.write_blocks import MAX_FALLBACK, escape_within

_EXCERPT: Final = 200
_MAX_FACTS: Final = 3


def write_fallback(
    opening: Sequence[str], changes: Sequence[AlertedChange], closing: Sequence[str], wording: Wording
) -> str:
    """Opening sentences, one line a change, closing sentences; escaped, at most 4,000 characters."""
    lines = [*opening, *(_write_change(change, wording) for change in changes), *closing]
    return escape_within("\n".join(lines), MAX_FALLBACK)


def _write_change(change: AlertedChange, wording: Wording) -> str:
    place = name_place(change)
    subject = wording.kinds[change.kind] + (f" · {place}" if place else "")
    told = [write_quantities(fact, wording) for fact in change.facts[:_MAX_FACTS]]
    told = [*(told or _write_excerpts(change, wording)), write_direction(change, wording)]
    return f"• {subject}{wording.colon}{' — '.join(part for part in told if part)}"


def _write_excerpts(change: AlertedChange, wording: Wording) -> list[str]:
    """Before and after, around the changed words; a clause with one side only shows that side."""
    before, after = change.before, change.after
    if before and after and change.edits:
        spans = shorten_clause(mark_edits(change.edits), 2 * _EXCERPT)
        before = "".join(span.text for span in spans if span.mark != "new")
        after = "".join(span.text for span in spans if span.mark != "old")
    sides = ((wording.before, write_one_line(before)), (wording.after, write_one_line(after)))
    return [label + cut_end(text, _EXCERPT) for label, text in sides if text]
