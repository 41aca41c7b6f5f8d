"""A long clause reduced to the sentences that changed, so that a message stays readable on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alerts.clean_text import ELLIPSIS, GAP, cut_end, cut_middle, cut_start, join_around_gap, measure_text
from alerts.mark_edits import Span

# (characters of unchanged text kept beside a change, characters of one changed span), tried from wide to
# narrow.
_WIDTHS: Final = ((300, 900), (160, 450), (80, 240), (40, 120))
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")


def shorten_clause(spans: Sequence[Span], limit: int) -> tuple[Span, ...]:
    """The spans within `limit` UTF-16 units: whole when they fit, else the changed sentences with edits.

    Unchanged sentences are dropped first, then unchanged words far from an edit, then the middle of long
    edits; as a last resort the end. Every cut shows as an ellipsis.
    """
    if _measure(spans) <= limit:
        return tuple(spans)
    shortened: tuple[Span, ...] = ()
    for context, change in _WIDTHS:
        shortened = tuple(_narrow(spans, context, change))
        if _measure(shortened) <= limit:
            return shortened
    return tuple(_cut_after(shortened, limit))


def _measure(spans: Sequence[Span]) -> int:
    return sum(measure_text(span.text) for span in spans)


def _narrow(spans: Sequence[Span], context: int, change: int) -> Iterator[Span]:
    last = len(spans) - 1
    for index, span in enumerate(spans):
        if span.mark != "same":
            yield Span(cut_middle(span.text, change), span.mark)
        elif last == 0:
            yield Span(cut_end(span.text, context + change), "same")
        else:
            yield Span(_keep_near_edits(span.text, context, index > 0, index < last), "same")


def _keep_near_edits(text: str, context: int, follows: bool, precedes: bool) -> str:
    """What of an unchanged text stands in the same sentence as the edit that it follows or precedes."""
    ends = list(_SENTENCE_END.finditer(text))
    head = cut_end(text[: ends[0].start()] if ends else text, context)
    tail = cut_start(text[ends[-1].end() :] if ends else text, context)
    if follows and precedes:
        return text if measure_text(text) <= 2 * context else join_around_gap(head, tail)
    if follows:
        is_cut = len(head) < len(text.rstrip()) and not head.endswith(ELLIPSIS)
        return f"{head} {ELLIPSIS}" if is_cut else head
    is_cut = len(tail) < len(text.lstrip()) and not tail.startswith(ELLIPSIS)
    return f"{ELLIPSIS} {tail}" if is_cut else tail


def _cut_after(spans: Sequence[Span], limit: int) -> Iterator[Span]:
    left = limit - measure_text(GAP)
    for span in spans:
        size = measure_text(span.text)
        if size > left:
            yield Span(cut_end(span.text, left), span.mark)
            yield Span(GAP.rstrip(), "same")
            return
        yield span
        left -= size
