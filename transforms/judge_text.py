"""The judgement of one captured text beside the text in force: what became of it, and what that puts in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from transforms.confirm_change import AWAITING, CONFIRMED, Confirmation, confirm_text
from transforms.doubt_text import doubt_text
from transforms.fold_memory import Memory
from transforms.folded import Verdict
from transforms.model import Seen
from transforms.owe_alert import owe_alert
from transforms.text_library import ComparedTexts, TextLibrary
from transforms.word_verdicts import describe_change, name_day, name_span, word_cosmetic, word_verdict


class TextJudge:
    """Judges texts in order of `observed_at`. `unconfirmed` lists the changes that wait for a second fetch.

    `needs_confirmation`: a change that would alert counts only when a later observation shows it too.
    """

    def __init__(self, library: TextLibrary, memory: Memory, *, needs_confirmation: bool) -> None:
        self.library = library
        self.memory = memory
        self.needs_confirmation = needs_confirmation
        self.unconfirmed: list[int] = []
        self._refuting: set[int] = set()
        self._later: Iterable[Seen] = ()

    def judge(self, seen: Seen, text_hash: str, later: Iterable[Seen]) -> Verdict:
        """The verdict on an observation with a text; `later` are the ones after it that have a text, in order."""
        self._later = later
        if not self.library.read(text_hash).clauses:
            return word_verdict(seen, "quarantined", "quarantine:empty", "no clause in the captured text")
        if self.memory.in_force is None:
            self.memory.open_version(seen, text_hash, "baseline", None)
            return word_verdict(seen, "baseline", "fold:baseline", "first good observation of the document")
        if text_hash == self.memory.in_force:
            since = self.memory.versions[-1].valid_from
            reason = f"same text as the version in force since {name_day(since)}"
            return word_verdict(seen, "unchanged", "fold:same-text", reason)
        return self._judge_difference(seen, text_hash, self.memory.in_force)

    def _judge_difference(self, seen: Seen, text_hash: str, in_force: str) -> Verdict:
        previous = seen.previous_text_hash
        # What a capture gives that was never accepted says nothing about the text in force.
        if previous is not None and previous != in_force and seen.observation_id not in self._refuting:
            return self._judge_extracted_anew(seen, text_hash, previous, in_force)
        compared = self.library.compare(in_force, text_hash)
        if seen.technical_reason and previous is None:
            return self._accept_technical(seen, text_hash, compared)
        return self._judge_compared(seen, text_hash, compared)

    def _judge_extracted_anew(self, seen: Seen, text_hash: str, previous: str, in_force: str) -> Verdict:
        """Declaration or extractor changed: the way from the text in force to `previous` is ours, the rest is not."""
        if text_hash == previous or self.library.is_noise(previous, text_hash):
            compared = self.library.compare(in_force, text_hash)
            doubt = None if compared.is_noise else self._doubt(seen, compared)
            if doubt is not None:
                return word_verdict(seen, "quarantined", *doubt, compared)
            return self._accept_technical(seen, text_hash, compared)
        step = self.library.compare(in_force, previous)
        if self.library.is_noise(in_force, text_hash) or self._doubt(seen, step) is not None:
            return self._judge_compared(seen, text_hash, self.library.compare(in_force, text_hash))
        own_clauses = len(self.library.read(text_hash).clauses)
        self.memory.open_version(seen, previous, "technical", step, first_position=own_clauses)
        return self._judge_compared(seen, text_hash, self.library.compare(previous, text_hash))

    def _accept_technical(self, seen: Seen, text_hash: str, compared: ComparedTexts) -> Verdict:
        self.memory.open_version(seen, text_hash, "technical", compared)
        reason = seen.technical_reason or "re-extracted under a changed declaration or extractor"
        return word_verdict(seen, "technical", "fold:technical", reason, compared)

    def _judge_compared(self, seen: Seen, text_hash: str, compared: ComparedTexts) -> Verdict:
        """The verdict on a text compared with the one in force."""
        if compared.is_noise:
            self.memory.remember_variant(text_hash, compared.before_hash)
            return word_cosmetic(seen, compared)
        returned = self.memory.find_returned(text_hash)
        if returned is not None:
            return self._return_to(seen, returned, compared)
        doubt = self._doubt(seen, compared)
        if doubt is not None:
            return word_verdict(seen, "quarantined", *doubt, compared)
        return self._change(seen, text_hash, compared)

    def _doubt(self, seen: Seen, compared: ComparedTexts) -> tuple[str, str] | None:
        if seen.is_released:
            return None
        before, after = self.library.read(compared.before_hash), self.library.read(compared.after_hash)
        return doubt_text(before, after, compared)

    def _return_to(self, seen: Seen, returned: str, compared: ComparedTexts) -> Verdict:
        """An earlier text is back: an oscillation within 14 days or when it alternates, else a restoration."""
        gap = seen.observed_at - self.memory.left_at[returned]
        first = name_day(self.memory.first_seen[returned])
        reason = f"the text first seen on {first} is back after {name_span(gap)}"
        if self.memory.is_oscillation(returned, gap):
            self.memory.reopen_version(seen, returned, "oscillation")
            return word_verdict(seen, "oscillation", "fold:oscillation", reason, compared)
        accept = partial(self.memory.reopen_version, seen, returned, "changed")
        return self._announce(seen, compared, "fold:restored", f"restored: {reason}", accept)

    def _change(self, seen: Seen, text_hash: str, compared: ComparedTexts) -> Verdict:
        """A text never seen before: judged against the nearest text that may be behind it."""
        rule = "fold:changed"
        # Texts that left lately were extracted in another way than an observation that was extracted anew.
        if seen.previous_text_hash != compared.before_hash:
            reference = self.memory.nearest_reference(text_hash, seen.observed_at)
            if reference != compared.before_hash:
                compared = self.library.compare(reference, text_hash)
                rule = "fold:changed-since-recent"
        accept = partial(self.memory.open_version, seen, text_hash, "changed", compared)
        return self._announce(seen, compared, rule, describe_change(compared), accept)

    def _announce(
        self, seen: Seen, compared: ComparedTexts, rule: str, reason: str, accept: Callable[..., None]
    ) -> Verdict:
        """The verdict on a change: told when it touches a commitment and, where needed, a later fetch confirms it."""
        alert = owe_alert(self.library, seen, compared, self.memory.last_good_at)
        confirmation = self._confirm(seen) if alert is not None else CONFIRMED
        if confirmation.state == "refuted":
            if confirmation.by is not None:
                self._refuting.add(confirmation.by.observation_id)
            return word_verdict(seen, "oscillation", "fold:unconfirmed", confirmation.explanation, compared)
        if confirmation.state != "confirmed":
            if confirmation.state == "awaited":
                self.unconfirmed.append(seen.observation_id)
                rule += AWAITING
            accept(keeps_alerts=True)
            return word_verdict(seen, "changed", rule, f"{reason}; {confirmation.explanation}", compared)
        is_new = alert is not None and alert.key not in self.memory.alerts
        accept(alert)
        return word_verdict(seen, "changed", rule, reason, compared, is_new)

    def _confirm(self, seen: Seen) -> Confirmation:
        if not self.needs_confirmation or seen.is_released:
            return CONFIRMED
        assert self.memory.in_force is not None
        assert seen.text_hash is not None
        return confirm_text(self.library, self.memory.in_force, seen.text_hash, self._later)
