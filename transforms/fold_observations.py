"""The fold: verdicts, versions and alerts of one document from its observations, in order of `observed_at`.

Pure and deterministic: the same observations give the same result, whenever they arrived. A late observation is
handled by folding again. The rules are those of the project's design page ("The state, and how it moves").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from transforms.doubt_text import doubt_text
from transforms.fold_memory import Memory
from transforms.folded import AlertDue, FoldResult, Verdict
from transforms.model import DocumentContext, Seen
from transforms.read_effective_date import read_effective_date
from transforms.text_library import ComparedTexts, TextLibrary


def fold_observations(
    observations: Iterable[Seen], text_of: Callable[[str], str], context: DocumentContext
) -> FoldResult:
    """Fold the observations of one document. `text_of` gives the Markdown with a text hash.

    Raises:
        ValueError: an observation has neither a text nor a failure.
    """
    fold = _Fold(TextLibrary(text_of, context))
    for seen in sorted(observations, key=lambda item: (item.observed_at, item.observation_id)):
        fold.observe(seen)
    return fold.result()


class _Fold:
    def __init__(self, library: TextLibrary) -> None:
        self.library = library
        self.memory = Memory(library)
        self.verdicts: list[Verdict] = []

    def result(self) -> FoldResult:
        used = {(v.reference_hash, v.text_hash) for v in self.verdicts if v.reference_hash}
        comparisons = tuple(c for c in self.library.comparisons() if (c.before_hash, c.after_hash) in used)
        return FoldResult(
            tuple(self.verdicts), tuple(self.memory.versions), tuple(self.memory.alerts.values()), comparisons
        )

    def observe(self, seen: Seen) -> None:
        verdict = self._judge(seen)
        self.verdicts.append(verdict)
        if verdict.text_hash and verdict.verdict != "quarantined":
            self.memory.last_good_at = seen.observed_at

    def _judge(self, seen: Seen) -> Verdict:
        if seen.failure:
            return _verdict(seen, seen.failure, f"observation:{seen.failure}", seen.failure_reason)
        if seen.text_hash is None:
            raise ValueError(f"observation {seen.observation_id} has neither a text nor a failure")
        if not self.library.read(seen.text_hash).clauses:
            return _verdict(seen, "quarantined", "quarantine:empty", "no clause in the captured text")
        if self.memory.in_force is None:
            self.memory.open_version(seen, "baseline", None)
            return _verdict(seen, "baseline", "fold:baseline", "first good observation of the document")
        if seen.text_hash == self.memory.in_force:
            since = self.memory.versions[-1].valid_from
            reason = f"same text as the version in force since {_day(since)}"
            return _verdict(seen, "unchanged", "fold:same-text", reason)
        return self._judge_difference(seen, seen.text_hash, self.memory.in_force)

    def _judge_difference(self, seen: Seen, text_hash: str, in_force: str) -> Verdict:
        compared = self.library.compare(in_force, text_hash)
        if seen.technical_reason:
            self.memory.open_version(seen, "technical", compared)
            return _verdict(seen, "technical", "fold:technical", seen.technical_reason, compared)
        if compared.is_noise:
            self.memory.remember_variant(text_hash, in_force)
            return _cosmetic(seen, compared)
        returned = self.memory.find_returned(text_hash)
        if returned is not None:
            return self._return_to(seen, returned, compared)
        doubt = (
            None
            if seen.is_released
            else doubt_text(self.library.read(in_force), self.library.read(text_hash), compared)
        )
        if doubt is not None:
            return _verdict(seen, "quarantined", doubt[0], doubt[1], compared)
        return self._change(seen, text_hash, compared)

    def _return_to(self, seen: Seen, returned: str, compared: ComparedTexts) -> Verdict:
        """An earlier text is back: an oscillation within 14 days or when it alternates, else a restoration."""
        gap = seen.observed_at - self.memory.left_at[returned]
        first = _day(self.memory.first_seen[returned])
        if self.memory.is_oscillation(returned, gap):
            self.memory.reopen_version(seen, returned, "oscillation")
            reason = f"the text first seen on {first} is back after {_span(gap.total_seconds())}"
            return _verdict(seen, "oscillation", "fold:oscillation", reason, compared)
        alert, is_new = self._owe_alert(seen, compared)
        self.memory.reopen_version(seen, returned, "changed", alert)
        reason = f"restored: the text first seen on {first} is back after {_span(gap.total_seconds())}"
        return _verdict(seen, "changed", "fold:restored", reason, compared, is_new)

    def _change(self, seen: Seen, text_hash: str, compared: ComparedTexts) -> Verdict:
        """A text never seen before: judged against the nearest text that may be behind it."""
        reference = self.memory.nearest_reference(text_hash, seen.observed_at)
        rule = "fold:changed"
        if reference != self.memory.in_force:
            compared = self.library.compare(reference, text_hash)
            rule = "fold:changed-since-recent"
        alert, is_new = self._owe_alert(seen, compared)
        self.memory.open_version(seen, "changed", compared, alert)
        return _verdict(seen, "changed", rule, _describe(compared), compared, is_new)

    def _owe_alert(self, seen: Seen, compared: ComparedTexts) -> tuple[AlertDue | None, bool]:
        """The alert that this change is owed, and whether it is a new one (the same key is one message, edited)."""
        if not compared.alerting:
            return None, False
        before, after = self.library.read(compared.before_hash), self.library.read(compared.after_hash)
        alert = AlertDue(
            observation_id=seen.observation_id,
            before_hash=compared.before_hash,
            after_hash=compared.after_hash,
            before_set_hash=before.clause_set_hash,
            after_set_hash=after.clause_set_hash,
            changed_after=self.memory.last_good_at or seen.observed_at,
            changed_before=seen.observed_at,
            stated_effective_date=read_effective_date(compared.changes),
            state="in_force",
            state_since=seen.observed_at,
        )
        return alert, alert.key not in self.memory.alerts


def _verdict(
    seen: Seen,
    name: str,
    rule: str,
    reason: str,
    compared: ComparedTexts | None = None,
    is_alert: bool = False,
) -> Verdict:
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


def _cosmetic(seen: Seen, compared: ComparedTexts) -> Verdict:
    classes = ", ".join(compared.noise_classes)
    if compared.changes:
        reason = f"only noise differs: {classes} ({_count(len(compared.changes), 'clause')})"
    else:
        reason = (
            "every clause reads the same: only white space, invisible characters or Markdown marks differ"
        )
    return _verdict(seen, "cosmetic", "fold:only-noise", reason, compared)


def _describe(compared: ComparedTexts) -> str:
    touched = sorted({match.commitment_id for assessed in compared.alerting for match in assessed.matches})
    editorial = sum(1 for assessed in compared.changes if assessed.nature.nature == "editorial")
    parts = [_count(len(compared.substantive), "substantive change"), f"{editorial} editorial"]
    parts.append(f"touching {', '.join(touched)}" if touched else "none on a commitment")
    return ", ".join(parts)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _span(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"
