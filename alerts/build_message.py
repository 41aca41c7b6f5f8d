"""The message of an alert: pure Block Kit, short, in French or in English.

It tells which commitment of the charter is touched, who signed, what changed from old to new, between which
days, and on what evidence. It never says that the charter was breached: the charter sets no figures, and
thresholds given for reference are those of Regulation (EU) 2019/1150.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Final

from babel.lists import format_list

from alerts.choose_wording import choose_wording
from alerts.clean_text import measure_text, write_one_line
from alerts.describe_change import Detail, describe_change
from alerts.model import AlertContent, AlertedChange, Language, Message
from alerts.wording import Wording
from alerts.write_blocks import MAX_PAYLOAD, write_context, write_divider, write_header
from alerts.write_fallback import write_fallback
from alerts.write_summary import name_commitments, write_headline, write_statements, write_summary

MAX_CHANGES_IN_FULL: Final = 3
_DETAILS: Final = (Detail(), Detail(500, 14, 3), Detail(240, 6, 2), Detail(120, 3, 1))


def build_message(content: AlertContent, language: Language = "fr") -> Message:
    """Message of an alert, within Slack's limits whatever the content. Same content, same message."""
    wording = choose_wording(language)
    shown = rank_changes(content.changes)[:MAX_CHANGES_IN_FULL]
    more = _count_more(len(content.changes) - len(shown), wording)
    headline = write_headline(content, wording, language)
    statements = write_statements(content, wording, language)
    footer = _write_footer(content, shown, wording, language)
    head = [write_header(headline), write_summary(content, statements, wording, language)]
    tail = [*map(write_context, [more] if more else []), write_divider(), write_context(footer)]
    for detail in _DETAILS:
        told = [
            (
                write_divider(),
                describe_change(change, name_commitments(content, change, language), wording, detail),
            )
            for change in shown
        ]
        blocks = [*head, *chain.from_iterable(told), *tail]
        if measure_text(json.dumps(blocks, ensure_ascii=False)) <= MAX_PAYLOAD:
            break
    text = write_fallback([headline, *statements], shown, [*more, footer[0], footer[-1]], wording)
    return Message(text=text, blocks=blocks, is_digest=content.is_digest)


def rank_changes(changes: Sequence[AlertedChange]) -> list[AlertedChange]:
    """Most telling first: better evidenced, worse then better for the seller, with quantities, more sure.

    Changes of equal rank keep the order of the document.
    """

    def rank(change: AlertedChange) -> tuple[bool, int, bool, float]:
        known = any(match.evidence_level != "inferred" for match in change.commitments)
        side = {"worse": 0, "better": 1}.get(change.direction, 2)
        confidence = max((match.confidence for match in change.commitments), default=0.0)
        return (not known, side, not change.facts, -confidence)

    return sorted(changes, key=rank)


def _count_more(count: int, wording: Wording) -> list[str]:
    if count == 0:
        return []
    return [wording.one_more_change if count == 1 else wording.more_changes.format(count=count)]


def _write_footer(
    content: AlertContent, shown: Sequence[AlertedChange], wording: Wording, language: Language
) -> list[str]:
    lines = [wording.charter_has_no_figures]
    if any(fact.note for change in shown for fact in change.facts):
        lines.append(wording.figures_are_p2b)
    for status, sentence in (
        ("signatory-2019", wording.signatories),
        ("joined-2020", wording.signatories_by_press),
    ):
        names = [
            write_one_line(signatory.name) for signatory in content.signatories if signatory.status == status
        ]
        if names:
            lines.append(sentence.format(names=format_list(names, locale=language)))
    if content.attribution.strip():
        attribution = write_one_line(content.attribution).rstrip(".")
        collection = content.origin.removeprefix("ota:")
        sentence = wording.attribution if content.origin == "live" else wording.imported
        lines.append(sentence.format(attribution=attribution, collection=collection))
    lines.append(wording.alert_number.format(alert_id=content.alert_id))
    return lines
