"""The values that the rooms exchange: clauses, edits, changes, matches, facts, verdicts.

Everything here is immutable and free of I/O. Words are those of the field: a *clause* is one numbered or
titled paragraph, list item or table row with its heading path; a *change* is what happened to a clause between two
versions of a document; a *verdict* is what became of one observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ClauseKind = Literal["heading", "paragraph", "list_item", "table_row"]
ChangeKind = Literal[
    "kept", "moved", "renumbered", "split", "merged", "modified", "added", "removed", "restored"
]
Nature = Literal["noise", "editorial", "substantive"]
Direction = Literal["better", "worse", "neutral", "unclear"]
NoiseClass = Literal[
    "",
    "counter",
    "link target",
    "date stamp",
    "typography",
    "encoding",
    "markup",
    "duplication",
    "template language",
    "renumbering",
    "order",
]
VerdictName = Literal[
    "baseline",
    "unchanged",
    "cosmetic",
    "oscillation",
    "quarantined",
    "changed",
    "technical",
    "unreachable",
    "policy_blocked",
    "withdrawn",
]
Audience = Literal["seller", "buyer", "seller+buyer", "unknown"]


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What is known of a document before its text is read; evidence for relevance, never for equality."""

    terms_type: str
    language: str
    audience: Audience = "unknown"
    platform_name: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `text` is plain (no Markdown marks, links reduced to their label) and keeps its own number.

    `position` is the 0-based order in the document. `number` is the clause's own number as printed ("Pro. 10.8",
    "3.2.1", "a"), or "". `context` is the lead-in sentence of a list item or the column names of a table row.
    `text_hash` addresses `text`; `canonical_hash` ignores own number, dates, URLs, accents and cross-references but
    keeps quantities: it serves alignment only and never decides a verdict. `links` are the link targets, in order.
    """

    position: int
    number: str
    heading_path: tuple[str, ...]
    text: str
    kind: ClauseKind
    context: str
    text_hash: str
    canonical_hash: str
    links: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The heading path as one line, levels joined by " > "."""
        return " > ".join(self.heading_path)


@dataclass(frozen=True, slots=True)
class Edit:
    """One word-level edit: `op` is equal, insert, delete or replace; texts keep their own spacing."""

    op: Literal["equal", "insert", "delete", "replace"]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity read in a clause. `start`/`end` are character offsets; `low`/`high` the value's bounds.

    `unit` is one of day, hour, week, month, year, percent, EUR, USD, GBP, ..., item; `calendar` is "", business,
    working ("ouvrables"), clear ("francs") or calendar; `comparator` is "", at least, at most, more than, less than or
    from;
    `role` is "", notice, response, payout, commission, cap, ... and `obligor` is "", platform,
    seller, buyer or either.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    calendar: str = ""
    comparator: str = ""
    role: str = ""
    obligor: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity (or date) that changed inside a clause: old and new as written; either may be "" (added, dropped)."""

    old: str
    new: str
    unit: str
    role: str
    old_value: float | None = None
    new_value: float | None = None
    obligor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The decision that a clause concerns a commitment: the rule that fired, the span it read, and how sure it is.

    `start`/`end` are character offsets into the clause text (both 0 when the heading alone decided). `score` is the
    sum of the rule's weights; `confidence` is between 0 and 1.
    """

    commitment_id: str
    rule_id: str
    start: int
    end: int
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What the comparison of two versions found for one clause (several on a side when split or merged)."""

    kind: ChangeKind
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]
    edits: tuple[Edit, ...] = ()

    @property
    def before_text(self) -> str:
        """Text of the clause(s) before, one per line."""
        return "\n".join(clause.text for clause in self.before)

    @property
    def after_text(self) -> str:
        """Text of the clause(s) after, one per line."""
        return "\n".join(clause.text for clause in self.after)

    @property
    def heading(self) -> str:
        """Heading path of the newer side, else of the older one."""
        side = self.after or self.before
        return side[0].heading


@dataclass(frozen=True, slots=True)
class NatureJudgement:
    """Nature of a change with the rule that decided; `noise_class` is "" unless the nature is noise."""

    nature: Nature
    rule_id: str
    noise_class: NoiseClass = ""


@dataclass(frozen=True, slots=True)
class AssessedChange:
    """A clause change with everything Vigie says about it."""

    change: ClauseChange
    nature: NatureJudgement
    matches: tuple[Match, ...]
    facts: tuple[Fact, ...]
    direction: Direction
    direction_rule: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions compared. `pairs` maps positions before -> after of every clause that lives on (kept ones too)."""

    changes: tuple[ClauseChange, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as the fold reads it. `text_hash` is None when no text was obtained.

    `failure` is "" or a verdict name decided before comparison (quarantined, unreachable, policy_blocked, withdrawn)
    with its `failure_reason`, or "gone" (404, 410): the fold then says when that becomes `withdrawn`.
    `technical_reason` is set where the importing archive says that it re-extracted, or declaration or extractor
    changed. `is_released` is true when a person accepted the text after quarantine: it is then not put in doubt again,
    and needs no second fetch. `previous_text_hash` is the text that the newest earlier capture which was not put in
    doubt gives under the declaration and extractor of this observation, where they changed since (else None).
    """

    observation_id: int
    observed_at: datetime
    text_hash: str | None
    failure: Literal["", "quarantined", "unreachable", "policy_blocked", "gone", "withdrawn"] = ""
    failure_reason: str = ""
    technical_reason: str = ""
    is_released: bool = False
    previous_text_hash: str | None = None
