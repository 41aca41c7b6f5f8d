"""One change of an alert as a rich text block: what happened where, old to new, and in whose favour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import RichTextElement

from alerts.clean_text import GAP, clean_text, cut_end, cut_start, write_one_line
from alerts.mark_edits import Span, mark_edits
from alerts.model import AlertedChange
from alerts.shorten_clause import shorten_clause
from alerts.wording import Wording
from alerts.write_blocks import write_bullets, write_paragraph, write_quote, write_rich_text, write_run
from transforms.model import Fact

_HEADING_LIMIT: Final = 160
_QUANTITY_LIMIT: Final = 80
_NOTE_LIMIT: Final = 200
_RULE_LIMIT: Final = 80
_FACT_PARTS: Final = 2
# Below this share of unchanged words a clause is rewritten, and reads better as two texts than as a weave of
# edits.
_WOVEN_SHARE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a change is told: characters of clause text, runs of marked text, quantities."""

    clause_limit: int = 700
    max_runs: int = 30
    max_facts: int = 5


def describe_change(
    change: AlertedChange, titles: Sequence[str], wording: Wording, detail: Detail
) -> dict[str, Any]:
    """The block that tells one change in full. `titles` name its commitments where the alert has several."""
    parts = [write_paragraph([write_run(wording.kinds[change.kind], bold=True), *_write_place(change)])]
    bullets = [
        *_write_titles(titles, wording),
        *_write_facts(change.facts[: detail.max_facts], wording),
        *_write_direction(change, wording),
    ]
    if bullets:
        parts.append(write_bullets(bullets))
    parts.extend(_write_texts(change, wording, detail))
    return write_rich_text(parts)


def name_place(change: AlertedChange) -> str:
    """Number and heading path of the clause on one line, "" when it has neither."""
    return " · ".join(text for text in (_own_number(change), _short_heading(change)) if text)


def write_quantities(fact: Fact, wording: Wording) -> str:
    """A fact in plain text: "préavis : 30 jours → 15 jours"."""
    role = wording.roles.get(fact.role, "")
    old, new = (cut_end(write_one_line(text), _QUANTITY_LIMIT) for text in (fact.old, fact.new))
    if old and new:
        written = f"{old} → {new}"
    else:
        written = wording.fact_added.format(new=new) if new else wording.fact_dropped.format(old=old)
    return f"{role}{wording.colon}{written}" if role else written


def write_direction(change: AlertedChange, wording: Wording) -> str:
    """In whose favour and why; "" unless better or worse."""
    if change.direction not in wording.directions:
        return ""
    reason = _explain_rule(cut_end(write_one_line(change.direction_rule), _RULE_LIMIT), wording)
    sentence = wording.directions[change.direction]
    return f"{sentence}{wording.colon}{reason}" if reason else sentence


def _explain_rule(rule: str, wording: Wording) -> str:
    """A rule id of `transforms.judge_direction` in words; the id itself when it has none."""
    family, *rest = rule.split(":")
    if family == "fact" and len(rest) == _FACT_PARTS:
        role, obligor = rest
        return ", ".join(filter(None, (wording.roles.get(role, role), wording.obligors.get(obligor))))
    if family == "presence":
        rule = "presence:dropped" if rest[-1:] == ["dropped"] else "presence"
    return wording.direction_reasons.get(rule) or (wording.by_rule.format(rule=rule) if rule else "")


def _own_number(change: AlertedChange) -> str:
    return cut_end(write_one_line(change.number), 40)


def _short_heading(change: AlertedChange) -> str:
    return cut_start(write_one_line(change.heading), _HEADING_LIMIT)


def _write_place(change: AlertedChange) -> list[RichTextElement]:
    place = name_place(change)
    return [write_run(f" · {place}")] if place else []


def _write_titles(titles: Sequence[str], wording: Wording) -> list[list[RichTextElement]]:
    if not titles:
        return []
    label = wording.commitment_touched if len(titles) == 1 else wording.commitments_touched
    return [[write_run(f"{label}{wording.colon}{wording.semicolon.join(titles)}")]]


def _write_facts(facts: Sequence[Fact], wording: Wording) -> list[list[RichTextElement]]:
    bullets: list[list[RichTextElement]] = []
    for fact in facts:
        runs = [write_run(write_quantities(fact, wording), bold=True)]
        if fact.note:
            note = cut_end(write_one_line(fact.note), _NOTE_LIMIT)
            runs.append(write_run(wording.fact_note.format(note=note), italic=True))
        bullets.append(runs)
    return bullets


def _write_direction(change: AlertedChange, wording: Wording) -> list[list[RichTextElement]]:
    sentence = write_direction(change, wording)
    return [[write_run(sentence)]] if sentence else []


def _write_texts(change: AlertedChange, wording: Wording, detail: Detail) -> list[RichTextElement]:
    """The clause: edits woven into one text; two texts when rewritten; one when only one side exists."""
    before, after = clean_text(change.before).strip(), clean_text(change.after).strip()
    spans = mark_edits(change.edits)
    if before and after and _is_woven(spans):
        return [write_quote(_write_spans(shorten_clause(spans, detail.clause_limit), detail.max_runs))]
    if before and after and before != after:
        half = detail.clause_limit // 2
        return [*_write_side(before, wording.before, half), *_write_side(after, wording.after, half)]
    label = wording.full_text.get(change.kind, "")
    return _write_side(after or before, label, detail.clause_limit) if after or before else []


def _write_side(text: str, label: str, limit: int) -> list[RichTextElement]:
    quote = write_quote([write_run(cut_end(text, limit))])
    return [write_paragraph([write_run(label)]), quote] if label else [quote]


def _is_woven(spans: Sequence[Span]) -> bool:
    same = sum(len(span.text) for span in spans if span.mark == "same")
    longest = max(sum(len(span.text) for span in spans if span.mark == mark) for mark in ("old", "new"))
    return longest > 0 and same >= _WOVEN_SHARE * (same + longest)


def _write_spans(spans: Sequence[Span], max_runs: int) -> list[RichTextElement]:
    runs = [
        write_run(span.text, bold=span.mark == "new", strike=span.mark == "old") for span in spans[:max_runs]
    ]
    return [*runs, write_run(GAP.rstrip())] if len(spans) > max_runs else runs
