"""What the fold over a document's observations yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from transforms.model import Clause, VerdictName
from transforms.text_library import ComparedTexts

AlertState = Literal["in_force", "undone", "in_force_again"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one observation, with its reason. `reference_hash` is the text it was compared with, if any."""

    observation_id: int
    observed_at: datetime
    verdict: VerdictName
    rule_id: str
    reason: str
    text_hash: str | None = None
    reference_hash: str | None = None
    noise_classes: tuple[str, ...] = ()
    is_alert: bool = False


@dataclass(frozen=True, slots=True)
class ClauseIdentity:
    """Identity of a clause through versions: the observation and position where it was first seen.

    Positions go on after the last of the observation's own text for clauses that were first seen when the capture
    before was extracted anew.
    """

    observation_id: int
    position: int


@dataclass(slots=True)
class Version:
    """The accepted text of the document from `valid_from` until `valid_until` (None: still in force)."""

    observation_id: int
    text_hash: str
    clause_set_hash: str
    valid_from: datetime
    opened_by: VerdictName
    clauses: tuple[Clause, ...]
    identities: tuple[ClauseIdentity, ...]
    valid_until: datetime | None = None


@dataclass(slots=True)
class AlertDue:
    """A message owed. Its key is (document, `before_set_hash`, `after_set_hash`); `state` follows the text in force.

    The moment of the change is not known, only its bounds: `changed_after` (last sight of the older text) and
    `changed_before` (first sight of the newer one); `stated_effective_date` is what the new wording says itself.
    """

    observation_id: int
    before_hash: str
    after_hash: str
    before_set_hash: str
    after_set_hash: str
    changed_after: datetime
    changed_before: datetime
    stated_effective_date: date | None
    state: AlertState
    state_since: datetime

    @property
    def key(self) -> tuple[str, str]:
        """The alert's key within its document."""
        return (self.before_set_hash, self.after_set_hash)


@dataclass(frozen=True, slots=True)
class FoldResult:
    """Verdicts (one per observation, in order), versions, alerts, and the comparisons that verdicts refer to.

    `unconfirmed` names the observations whose change would alert and waits for a second fetch.
    """

    verdicts: tuple[Verdict, ...]
    versions: tuple[Version, ...]
    alerts: tuple[AlertDue, ...]
    comparisons: tuple[ComparedTexts, ...]
    unconfirmed: tuple[int, ...] = ()
