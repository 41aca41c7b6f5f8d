"""The fold: verdicts, versions and alerts of one document from its observations, in order of `observed_at`.

Pure and deterministic: the same observations give the same result, whenever they arrived. A late observation is
handled by folding again. The rules are those of the project's design page ("The state, and how it moves").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from transforms.count_gone import GoneRow
from transforms.fold_memory import Memory
from transforms.folded import FoldResult, Verdict
from transforms.judge_text import TextJudge
from transforms.model import DocumentContext, Seen
from transforms.text_library import TextLibrary
from transforms.word_verdicts import word_verdict


def fold_observations(
    observations: Iterable[Seen],
    text_of: Callable[[str], str],
    context: DocumentContext,
    *,
    needs_confirmation: bool = False,
) -> FoldResult:
    """Fold the observations of one document. `text_of` gives the Markdown with a text hash.

    `needs_confirmation`: a change that would alert counts only when a later observation shows it too (live documents).

    Raises:
        ValueError: an observation has neither a text nor a failure.
    """
    ordered = sorted(observations, key=lambda item: (item.observed_at, item.observation_id))
    fold = _Fold(TextLibrary(text_of, context), needs_confirmation=needs_confirmation)
    for position in range(len(ordered)):
        fold.observe(ordered, position)
    return fold.result()


class _Fold:
    def __init__(self, library: TextLibrary, *, needs_confirmation: bool) -> None:
        self.library = library
        self.memory = Memory(library)
        self.judge = TextJudge(library, self.memory, needs_confirmation=needs_confirmation)
        self.gone = GoneRow()
        self.verdicts: list[Verdict] = []

    def observe(self, ordered: Sequence[Seen], position: int) -> None:
        seen = ordered[position]
        if seen.failure == "gone":
            self.verdicts.append(self.gone.judge(seen))
            return
        if seen.failure:
            rule = f"observation:{seen.failure}"
            self.verdicts.append(word_verdict(seen, seen.failure, rule, seen.failure_reason))
            return
        if seen.text_hash is None:
            raise ValueError(f"observation {seen.observation_id} has neither a text nor a failure")
        later = (item for item in islice(ordered, position + 1, None) if item.text_hash and not item.failure)
        verdict = self.judge.judge(seen, seen.text_hash, later)
        self.verdicts.append(verdict)
        if verdict.verdict == "quarantined":
            return
        self.gone.end()
        # A text that no other fetch showed is no sight of the text in force either.
        if verdict.rule_id != "fold:unconfirmed":
            self.memory.last_good_at = seen.observed_at

    def result(self) -> FoldResult:
        used = {(v.reference_hash, v.text_hash) for v in self.verdicts if v.reference_hash}
        return FoldResult(
            verdicts=tuple(self.verdicts),
            versions=tuple(self.memory.versions),
            alerts=tuple(self.memory.alerts.values()),
            comparisons=tuple(c for c in self.library.comparisons() if (c.before_hash, c.after_hash) in used),
            unconfirmed=tuple(self.judge.unconfirmed),
        )
