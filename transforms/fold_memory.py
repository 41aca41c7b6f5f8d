"""What the fold remembers of a document: the text in force, earlier texts and their variants, alerts announced."""

from __future__ import annotations

from datetime import datetime, timedelta

from transforms.folded import AlertDue, ClauseIdentity, Version
from transforms.model import Seen, VerdictName
from transforms.text_library import ComparedTexts, TextLibrary

# A text that returns within this span is an oscillation; so is one that has come back this often already.
OSCILLATION_SPAN = timedelta(days=14)
ALTERNATIONS = 3
# Nearest earlier texts that are compared in full; beyond them likeness only falls.
NEAREST = 3


class Memory:
    """State of the fold. Texts are named by hash; a *variant* differs only by noise from the text it stands for."""

    def __init__(self, library: TextLibrary) -> None:
        self.library = library
        self.versions: list[Version] = []
        self.alerts: dict[tuple[str, str], AlertDue] = {}
        self.in_force: str | None = None
        self.last_good_at: datetime | None = None
        self.first_seen: dict[str, datetime] = {}
        self.left_at: dict[str, datetime] = {}
        self._returns: dict[str, int] = {}
        self._variants: dict[str, str] = {}
        self._latest: dict[str, Version] = {}
        self._included: dict[str, frozenset[tuple[str, str]]] = {}

    def remember_variant(self, text_hash: str, stands_for: str) -> None:
        """Note that a text differs only by noise from an accepted one."""
        self._variants[text_hash] = stands_for

    def find_returned(self, text_hash: str) -> str | None:
        """The earlier accepted text that this one is, or differs from by noise only; None when it is new."""
        known = self._variants.get(text_hash, text_hash)
        if known in self._latest and known != self.in_force:
            return known
        # Nearest first, down to the text in force: what is less alike than that did not come back.
        for earlier in self._nearest(text_hash, list(self._latest)):
            if earlier == self.in_force:
                break
            if self.library.is_noise(earlier, text_hash):
                self.remember_variant(text_hash, earlier)
                return earlier
        return None

    def is_oscillation(self, returned: str, gap: timedelta) -> bool:
        """Whether a return after `gap` is an oscillation rather than a restoration."""
        return gap <= OSCILLATION_SPAN or self._returns.get(returned, 0) >= ALTERNATIONS

    def nearest_reference(self, text_hash: str, observed_at: datetime) -> str:
        """The text a new one is judged against: the one in force, or a nearer one that left within the span."""
        assert self.in_force is not None
        recent = [text for text, left in self.left_at.items() if observed_at - left <= OSCILLATION_SPAN]
        return self._nearest(text_hash, [self.in_force, *recent])[0]

    def open_version(
        self,
        seen: Seen,
        text_hash: str,
        opened_by: VerdictName,
        compared: ComparedTexts | None,
        alert: AlertDue | None = None,
        *,
        keeps_alerts: bool = False,
        first_position: int = 0,
    ) -> None:
        """Accept a new text; clauses that live on keep their identity, others are named from `first_position` on.

        `keeps_alerts`: it stands for the text that was in force, so that no announced alert changes its state.
        """
        reference = self._latest.get(compared.before_hash) if compared else None
        carried = {after: before for before, after in compared.pairs} if compared else {}
        text = self.library.read(text_hash)
        identities = tuple(
            reference.identities[carried[clause.position]]
            if reference and clause.position in carried
            else ClauseIdentity(seen.observation_id, first_position + clause.position)
            for clause in text.clauses
        )
        version = Version(
            seen.observation_id, text_hash, text.clause_set_hash, seen.observed_at, opened_by, text.clauses, identities
        )  # fmt: skip
        base = self.in_force if keeps_alerts else compared.before_hash if compared else None
        self._put_in_force(version, text_hash, self._included.get(base or "", frozenset()), alert)

    def reopen_version(
        self,
        seen: Seen,
        returned: str,
        opened_by: VerdictName,
        alert: AlertDue | None = None,
        *,
        keeps_alerts: bool = False,
    ) -> None:
        """Put an earlier text in force again; `keeps_alerts` as in `open_version`."""
        earlier = self._latest[returned]
        version = Version(
            seen.observation_id, earlier.text_hash, earlier.clause_set_hash, seen.observed_at, opened_by,
            earlier.clauses, earlier.identities,
        )  # fmt: skip
        self._returns[returned] = self._returns.get(returned, 0) + 1
        included = self._included[(self.in_force or "") if keeps_alerts else returned]
        self._put_in_force(version, returned, included, alert)

    def _put_in_force(
        self, version: Version, text_hash: str, included: frozenset[tuple[str, str]], alert: AlertDue | None
    ) -> None:
        at = version.valid_from
        if self.versions and self.versions[-1].observation_id == version.observation_id:
            # A step towards the text of the same observation: remembered, but never in force for any time.
            self.versions.pop()
        if self.versions:
            self.versions[-1].valid_until = at
        if self.in_force is not None and self.in_force != text_hash:
            self.left_at[self.in_force] = at
        self.left_at.pop(text_hash, None)
        self.first_seen.setdefault(text_hash, at)
        self.versions.append(version)
        self._latest[text_hash] = version
        self.in_force = text_hash
        if alert is not None:
            self.alerts.setdefault(alert.key, alert)
            included |= {alert.key}
        self._included[text_hash] = included
        self._update_alerts(included, at)

    def _update_alerts(self, included: frozenset[tuple[str, str]], at: datetime) -> None:
        """Bring every announced alert to the state of the text now in force."""
        for key, alert in self.alerts.items():
            if key in included and alert.state == "undone":
                alert.state, alert.state_since = "in_force_again", at
            elif key not in included and alert.state != "undone":
                alert.state, alert.state_since = "undone", at

    def _nearest(self, text_hash: str, candidates: list[str]) -> list[str]:
        """Candidates by likeness, nearest first; on a tie the first named wins."""
        text = self.library.read(text_hash)
        ranked = sorted(dict.fromkeys(candidates), key=lambda other: -text.likeness(self.library.read(other)))
        return ranked[:NEAREST]
