"""The message of an alert: pure Block Kit, short, in French or in English.

It tells which commitment of the charter is touched, who signed, what changed from old to new, between which
days, and on what evidence. It never says that the charter was breached: the charter sets no figures, and
thresholds given for reference are those of Regulation (EU) 2019/1150.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from babel.lists import format_list

from alerts.choose_wording import choose_wording
from alerts.clean_text import cut_end, measure_text, write_one_line
from alerts.describe_change import Detail, describe_change
from alerts.format_days import format_day, paris_day
from alerts.model import AlertContent, AlertedChange, Language, Message, TouchedCommitment
from alerts.wording import Wording
from alerts.write_blocks import (
    MAX_PAYLOAD,
    write_bullets,
    write_context,
    write_divider,
    write_header,
    write_link,
    write_paragraph,
    write_rich_text,
    write_run,
)
from alerts.write_fallback import write_fallback

MAX_CHANGES_IN_FULL: Final = 3
MAX_COMMITMENTS: Final = 5
_DETAILS: Final = (Detail(), Detail(500, 14, 3), Detail(240, 6, 2), Detail(120, 3, 1))
_NAME_LIMIT: Final = 60
_TITLE_LIMIT: Final = 120


def build_message(content: AlertContent, language: Language = "fr") -> Message:
    """Message of an alert, within Slack's limits whatever the content. Same content, same message."""
    wording = choose_wording(language)
    shown = rank_changes(content.changes)[:MAX_CHANGES_IN_FULL]
    more = _count_more(len(content.changes) - len(shown), wording)
    headline = _write_headline(content, wording, language)
    statements = _write_statements(content, wording, language)
    footer = _write_footer(content, shown, wording, language)
    head = [write_header(headline), _write_summary(content, statements, wording, language)]
    tail = [*map(write_context, [more] if more else []), write_divider(), write_context(footer)]
    for detail in _DETAILS:
        told = [
            (
                write_divider(),
                describe_change(change, _name_commitments(content, change, language), wording, detail),
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


def _write_headline(content: AlertContent, wording: Wording, language: Language) -> str:
    touched = content.commitments
    subject = _title(touched[0], language) if touched else wording.no_commitment
    if len(touched) > 1:
        subject += wording.and_more_commitments.format(count=len(touched) - 1)
    prefix = wording.state_prefix[content.state]
    return (f"{prefix} · " if prefix else "") + _platform(content) + wording.colon + subject


def _write_statements(content: AlertContent, wording: Wording, language: Language) -> list[str]:
    """The sentences on state, signature and days, in the order in which they are read."""
    after, before = (
        format_day(paris_day(moment), language) for moment in (content.changed_after, content.changed_before)
    )
    seen = wording.seen_on if after == before else wording.seen_between
    statements = [
        wording.charter_status[content.platform_status].format(platform=_platform(content)),
        seen.format(after=after, before=before),
    ]
    if content.state_since is not None and content.state != "in_force":
        day = format_day(paris_day(content.state_since), language)
        statements.insert(0, wording.state_notice[content.state].format(day=day))
    if content.stated_effective_date is not None:
        day = format_day(content.stated_effective_date, language)
        statements.append(wording.stated_effective.format(day=day))
    if content.is_digest:
        statements.append(wording.digest)
    return statements


def _write_summary(
    content: AlertContent, statements: Sequence[str], wording: Wording, language: Language
) -> dict[str, Any]:
    title = cut_end(write_one_line(content.document_title), _TITLE_LIMIT) or content.origin
    has_notice = content.state != "in_force"
    runs = [write_run(statements[0] + "\n", bold=has_notice)]
    runs.extend(write_run(statement + "\n") for statement in statements[1:])
    runs.extend((write_run(wording.document), write_link(title, content.document_url)))
    parts = [write_paragraph(runs)]
    touched = content.commitments
    if touched:
        label = wording.commitment_touched if len(touched) == 1 else wording.commitments_touched
        bullets = [
            [write_run(_title(commitment, language), bold=True), write_run(_write_basis(commitment, wording))]
            for commitment in touched[:MAX_COMMITMENTS]
        ]
        if len(touched) > MAX_COMMITMENTS:
            more = wording.and_more_commitments.format(count=len(touched) - MAX_COMMITMENTS)
            bullets[-1].append(write_run(more))
        parts.extend((write_paragraph([write_run(label + wording.colon.rstrip())]), write_bullets(bullets)))
    return write_rich_text(parts)


def _name_commitments(content: AlertContent, change: AlertedChange, language: Language) -> list[str]:
    """Titles of what this change touches, where the alert as a whole touches several commitments."""
    if len(content.commitments) == 1:
        return []
    return [_title(commitment, language) for commitment in change.commitments[:MAX_COMMITMENTS]]


def _write_basis(commitment: TouchedCommitment, wording: Wording) -> str:
    return wording.commitment_basis.format(
        evidence=wording.evidence[commitment.evidence_level],
        rule=cut_end(write_one_line(commitment.rule_id), 60),
        confidence=round(100 * commitment.confidence),
    )


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


def _title(commitment: TouchedCommitment, language: Language) -> str:
    return cut_end(write_one_line(commitment.title(language)), _TITLE_LIMIT)


def _platform(content: AlertContent) -> str:
    return cut_end(write_one_line(content.platform_name), _NAME_LIMIT)
