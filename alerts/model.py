"""The values that the alerts room takes in and hands out: what a message says, and the message itself.

They are this room's own: the pipeline fills them from warehouse rows, so that a change of schema does not
reach the wording, and a change of wording does not reach the schema.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from transforms.model import ChangeKind, Direction, Edit, Fact

Language = Literal["fr", "en"]
CharterStatus = Literal["signatory-2019", "joined-2020", "none", "unknown"]
EvidenceLevel = Literal["sourced", "topic-sourced", "inferred"]
AlertState = Literal["in_force", "undone", "in_force_again"]


@dataclass(frozen=True, slots=True)
class TouchedCommitment:
    """A commitment of the charter that a change concerns. `confidence` is between 0 and 1."""

    commitment_id: str
    title_fr: str
    title_en: str
    evidence_level: EvidenceLevel
    confidence: float
    rule_id: str

    def title(self, language: Language) -> str:
        """Title in the language asked for."""
        return self.title_fr if language == "fr" else self.title_en


@dataclass(frozen=True, slots=True)
class Signatory:
    """A platform bound by the charter at the date of the change, and how we know it."""

    name: str
    status: Literal["signatory-2019", "joined-2020"]


@dataclass(frozen=True, slots=True)
class AlertedChange:
    """One clause change as the message tells it; a side that does not exist (added, removed) is ""."""

    kind: ChangeKind
    heading: str
    number: str
    before: str
    after: str
    edits: tuple[Edit, ...] = ()
    facts: tuple[Fact, ...] = ()
    direction: Direction = "neutral"
    direction_rule: str = ""
    commitments: tuple[TouchedCommitment, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertContent:
    """Everything one message says. Moments are aware datetimes, shown as days of Europe/Paris.

    `platform_status` and `signatories` are those of the date of the change. `origin` is "live" or
    "ota:<collection>"; an imported text carries its `attribution`. Raises ValueError, naming the alert, when
    the content could only give a wrong or unattributed message.
    """

    alert_id: int
    platform_name: str
    platform_status: CharterStatus
    document_title: str
    origin: str
    attribution: str
    changed_after: datetime
    changed_before: datetime
    changes: tuple[AlertedChange, ...]
    document_url: str | None = None
    stated_effective_date: date | None = None
    state: AlertState = "in_force"
    state_since: datetime | None = None
    signatories: tuple[Signatory, ...] = ()

    def __post_init__(self) -> None:
        if not self.changes:
            raise ValueError(f"alert {self.alert_id}: no change to tell")
        if self.origin != "live" and not self.attribution.strip():
            raise ValueError(f"alert {self.alert_id}: text of origin {self.origin!r} without attribution")
        if self.state != "in_force" and self.state_since is None:
            raise ValueError(f"alert {self.alert_id}: state {self.state} without state_since")
        for moment in (self.changed_after, self.changed_before, self.state_since):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError(f"alert {self.alert_id}: datetime {moment.isoformat()} has no time zone")
        if self.changed_after > self.changed_before:
            raise ValueError(f"alert {self.alert_id}: changed_after is later than changed_before")

    @property
    def commitments(self) -> tuple[TouchedCommitment, ...]:
        """Each commitment touched, once, by its most confident match; inferred last, then surest first."""
        best: dict[str, TouchedCommitment] = {}
        for change in self.changes:
            for match in change.commitments:
                known = best.get(match.commitment_id)
                if known is None or match.confidence > known.confidence:
                    best[match.commitment_id] = match
        return tuple(
            sorted(best.values(), key=lambda match: (match.evidence_level == "inferred", -match.confidence))
        )

    @property
    def is_digest(self) -> bool:
        """True when every commitment touched is only inferred: by default told in the digest."""
        touched = self.commitments
        return bool(touched) and all(match.evidence_level == "inferred" for match in touched)


@dataclass(frozen=True, slots=True)
class Message:
    """A Slack message: `blocks` as Block Kit, `text` for notifications and screen readers."""

    text: str
    blocks: list[dict[str, Any]]
    is_digest: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        """What is posted, without channel and metadata."""
        return {"text": self.text, "blocks": self.blocks}

    @property
    def payload_hash(self) -> str:
        """SHA-256 (hexadecimal) of the payload: equal hashes mean that nothing is to be sent again."""
        canonical = json.dumps(self.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
