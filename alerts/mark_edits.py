"""Word-level edits as spans of text to show: the same, old (struck through) or new (bold)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from alerts.clean_text import clean_text
from transforms.model import Edit


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one mark. `same` text stands on both sides."""

    text: str
    mark: Literal["same", "old", "new"]


def mark_edits(edits: Iterable[Edit]) -> tuple[Span, ...]:
    """Spans to show, in reading order, each old text before the new one.

    Changed words that only white space separates become one change ("~thirty days~ *two weeks*", not word by
    word); white space at the edges of a changed span is left unmarked.
    """
    spans: list[Span] = []
    for is_change, group in groupby(_join_changes(list(edits)), key=lambda edit: edit.op != "equal"):
        run = list(group)
        if is_change:
            spans.extend(_mark_change("".join(e.before for e in run), "".join(e.after for e in run)))
        else:
            # Equal words may differ in the blanks after them: the wider side keeps words apart.
            spans.append(Span("".join(max(edit.before, edit.after, key=len) for edit in run), "same"))
    return tuple(_merge_same(span for span in spans if span.text))


def _join_changes(edits: list[Edit]) -> Iterator[Edit]:
    """Blank equal text between two changes belongs to both."""
    for index, edit in enumerate(edits):
        between = 0 < index < len(edits) - 1
        if edit.op == "equal" and between and not edit.before.strip():
            yield Edit("replace", edit.before, edit.after)
        else:
            yield edit


def _mark_change(before: str, after: str) -> Iterator[Span]:
    before, after = clean_text(before), clean_text(after)
    if before.strip() == after.strip():
        yield Span(after, "same")
        return
    yield from _mark_core(before, "old")
    touching = before[-1:].strip() and after[:1].strip()
    if touching:
        yield Span(" ", "same")
    yield from _mark_core(after, "new")


def _mark_core(text: str, mark: Literal["old", "new"]) -> Iterator[Span]:
    if not text.strip():
        yield Span(text, "same")
        return
    lead, core, trail = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    yield from (Span(lead, "same"), Span(core, mark), Span(trail, "same"))


def _merge_same(spans: Iterable[Span]) -> Iterator[Span]:
    for mark, group in groupby(spans, key=lambda span: span.mark):
        text = clean_text("".join(span.text for span in group))
        if mark == "same":
            text = re.sub(r"[ \t]{2,}", " ", text)
        if text:
            yield Span(text, mark)
