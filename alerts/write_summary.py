"""The opening of a message: headline, who signed, between which days, which document, which commitments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from alerts.clean_text import cut_end, write_one_line
from alerts.format_days import format_day, paris_day
from alerts.model import AlertContent, AlertedChange, Language, TouchedCommitment
from alerts.wording import Wording
from alerts.write_blocks import write_bullets, write_link, write_paragraph, write_rich_text, write_run

MAX_COMMITMENTS: Final = 5
_NAME_LIMIT: Final = 60
_TITLE_LIMIT: Final = 120


def write_headline(content: AlertContent, wording: Wording, language: Language) -> str:
    """Platform and the commitment best evidenced, with how many more, and the state unless in force."""
    touched = content.commitments
    subject = _title(touched[0], language) if touched else wording.no_commitment
    if len(touched) > 1:
        subject += wording.and_more_commitments.format(count=len(touched) - 1)
    prefix = wording.state_prefix[content.state]
    return (f"{prefix} · " if prefix else "") + _platform(content) + wording.colon + subject


def write_statements(content: AlertContent, wording: Wording, language: Language) -> list[str]:
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


def write_summary(
    content: AlertContent, statements: Sequence[str], wording: Wording, language: Language
) -> dict[str, Any]:
    """Rich text block of the statements, the document and the commitments with their evidence."""
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


def _write_basis(commitment: TouchedCommitment, wording: Wording) -> str:
    return wording.commitment_basis.format(
        evidence=wording.evidence[commitment.evidence_level],
        rule=cut_end(write_one_line(commitment.rule_id), 60),
        confidence=round(100 * commitment.confidence),
    )


def name_commitments(content: AlertContent, change: AlertedChange, language: Language) -> list[str]:
    """Titles of what this change touches, where the alert as a whole touches several commitments."""
    if len(content.commitments) == 1:
        return []
    return [_title(commitment, language) for commitment in change.commitments[:MAX_COMMITMENTS]]


def _title(commitment: TouchedCommitment, language: Language) -> str:
    return cut_end(write_one_line(commitment.title(language)), _TITLE_LIMIT)


def _platform(content: AlertContent) -> str:
    return cut_end(write_one_line(content.platform_name), _NAME_LIMIT)
