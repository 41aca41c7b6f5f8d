"""Verdicts in words: the row of an observation, and the reason that a person reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from transforms.folded import Verdict
from transforms.model import Seen
from transforms.text_library import ComparedTexts


def word_verdict(
    seen: Seen,
    name: str,
    rule: str,
    reason: str,
    compared: ComparedTexts | None = None,
    is_alert: bool = False,
) -> Verdict:
    """The verdict on an observation; `compared` is the comparison it rests on."""
    return Verdict(
        observation_id=seen.observation_id,
        observed_at=seen.observed_at,
        verdict=name,  # type: ignore[arg-type]
        rule_id=rule,
        reason=reason or name,
        text_hash=seen.text_hash,
        reference_hash=compared.before_hash if compared else None,
        noise_classes=compared.noise_classes if compared else (),
        is_alert=is_alert,
    )


def word_cosmetic(seen: Seen, compared: ComparedTexts) -> Verdict:
    """The verdict `cosmetic`, with the classes of noise that differ."""
    classes = ", ".join(compared.noise_classes)
    if compared.changes:
        reason = f"only noise differs: {classes} ({_count(len(compared.changes), 'clause')})"
    else:
        reason = (
            "every clause reads the same: only white space, invisible characters or Markdown marks differ"
        )
    return word_verdict(seen, "cosmetic", "fold:only-noise", reason, compared)


def describe_change(compared: ComparedTexts) -> str:
    """How many changes of which nature, and the commitments they touch."""
    touched = sorted({match.commitment_id for assessed in compared.alerting for match in assessed.matches})
    editorial = sum(1 for assessed in compared.changes if assessed.nature.nature == "editorial")
    parts = [_count(len(compared.substantive), "substantive change"), f"{editorial} editorial"]
    parts.append(f"touching {', '.join(touched)}" if touched else "none on a commitment")
    if touched and not compared.telling:
        parts.append("too unsure to tell anybody")
    return ", ".join(parts)


def name_day(moment: datetime) -> str:
    """The day, as 2025-01-06."""
    return moment.date().isoformat()


def name_minute(moment: datetime) -> str:
    """Day and time, as 2025-01-06 18:30 UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def name_span(span: timedelta) -> str:
    """A length of time: hours up to two days, then days."""
    hours = span.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


def name_ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
