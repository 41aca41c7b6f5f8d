"""Texts of one document, each analysed once, and pairs of them, each compared once.

Recorded histories repeat themselves (one real document: 1,039 recorded versions, 4 texts), so the fold over
observations asks here for everything that depends on text alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from transforms.assess_changes import assess_changes
from transforms.compare_versions import compare_versions
from transforms.detect_language import detect_language
from transforms.judge_nature import judge_nature
from transforms.model import AssessedChange, Clause, Comparison, DocumentContext
from transforms.split_clauses import split_clauses

# Confidence below which a match is recorded for analysts and nobody is told of it (docs/decisions/0012-*.md).
LEAST_TOLD = 0.55
REPLACEMENT_CHARACTER = "�"


@dataclass(frozen=True)
class AnalysedText:
    """One text cut into clauses. `clause_set_hash` ignores order and repetition: half of an alert's key."""

    text_hash: str
    clauses: tuple[Clause, ...]
    char_count: int
    replacement_count: int

    @cached_property
    def clause_hashes(self) -> frozenset[str]:
        """Hashes of the distinct clause texts."""
        return frozenset(clause.text_hash for clause in self.clauses)

    @cached_property
    def clause_set_hash(self) -> str:
        """SHA-256 (32 hex digits) of the sorted distinct clause hashes."""
        return hashlib.sha256("\n".join(sorted(self.clause_hashes)).encode()).hexdigest()[:32]

    @cached_property
    def language(self) -> str:
        """Language of the body text ("" when unsure). The longest clauses are read: menus and names mislead."""
        longest = sorted(self.clauses, key=lambda clause: (-len(clause.text), clause.position))[:12]
        return detect_language(" ".join(clause.text[:400] for clause in longest))

    def likeness(self, other: AnalysedText) -> float:
        """Share of distinct clauses in common (Jaccard, 0 to 1)."""
        union = len(self.clause_hashes | other.clause_hashes)
        return len(self.clause_hashes & other.clause_hashes) / union if union else 1.0


@dataclass(frozen=True)
class ComparedTexts:
    """Two texts compared and judged. `pairs` maps clause positions before -> after."""

    before_hash: str
    after_hash: str
    changes: tuple[AssessedChange, ...]
    pairs: tuple[tuple[int, int], ...]

    @cached_property
    def is_noise(self) -> bool:
        """True when nothing but noise separates the two texts."""
        return all(assessed.nature.nature == "noise" for assessed in self.changes)

    @cached_property
    def noise_classes(self) -> tuple[str, ...]:
        """Classes of noise among the changes, most frequent first."""
        counts = Counter(a.nature.noise_class for a in self.changes if a.nature.noise_class)
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    @cached_property
    def substantive(self) -> tuple[AssessedChange, ...]:
        """The substantive changes, in order."""
        return tuple(assessed for assessed in self.changes if assessed.nature.nature == "substantive")

    @cached_property
    def alerting(self) -> tuple[AssessedChange, ...]:
        """The substantive changes that touch a commitment: what an alert may be about."""
        return tuple(assessed for assessed in self.substantive if assessed.matches)

    @cached_property
    def telling(self) -> tuple[AssessedChange, ...]:
        """Those of `alerting` whose match is sure enough to be told: without one, nobody is."""
        return tuple(
            assessed
            for assessed in self.alerting
            if any(match.confidence >= LEAST_TOLD for match in assessed.matches)
        )


class TextLibrary:
    """Analyses and comparisons of one document's texts, remembered by hash."""

    def __init__(self, text_of: Callable[[str], str], context: DocumentContext) -> None:
        self._text_of = text_of
        self._context = context
        self._texts: dict[str, AnalysedText] = {}
        self._alignments: dict[tuple[str, str], Comparison] = {}
        self._comparisons: dict[tuple[str, str], ComparedTexts] = {}

    def read(self, text_hash: str) -> AnalysedText:
        """The text with this hash, cut into clauses."""
        if text_hash not in self._texts:
            body = self._text_of(text_hash)
            self._texts[text_hash] = AnalysedText(
                text_hash, split_clauses(body), len(body), body.count(REPLACEMENT_CHARACTER)
            )
        return self._texts[text_hash]

    def compare(self, before_hash: str, after_hash: str) -> ComparedTexts:
        """The two texts compared and judged."""
        key = (before_hash, after_hash)
        if key not in self._comparisons:
            before, after = self.read(before_hash).clauses, self.read(after_hash).clauses
            comparison = self._align(key)
            changes = assess_changes(comparison, before, after, self._context)
            self._comparisons[key] = ComparedTexts(before_hash, after_hash, changes, comparison.pairs)
        return self._comparisons[key]

    def is_noise(self, before_hash: str, after_hash: str) -> bool:
        """Whether nothing but noise separates two texts: like `compare(...).is_noise`, ended by the first change that
        is more (most earlier texts differ in many clauses, and one of them settles it)."""
        key = (before_hash, after_hash)
        if key in self._comparisons:
            return self._comparisons[key].is_noise
        before, after = self.read(before_hash), self.read(after_hash)
        return all(
            judge_nature(change, before_hashes=before.clause_hashes, after_hashes=after.clause_hashes).nature
            == "noise"
            for change in self._align(key).changes
        )

    def _align(self, key: tuple[str, str]) -> Comparison:
        if key not in self._alignments:
            self._alignments[key] = compare_versions(self.read(key[0]).clauses, self.read(key[1]).clauses)
        return self._alignments[key]

    def comparisons(self) -> tuple[ComparedTexts, ...]:
        """Every comparison made so far."""
        return tuple(self._comparisons.values())
