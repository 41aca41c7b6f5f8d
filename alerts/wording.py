"""What a message can say, sentence by sentence; the sentences themselves are data, one file per language.

Two rules of the domain shape them: the charter sets no figures, so a message never says that it was breached,
and we never know the exact moment of a change, so days come as an interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alerts.model import AlertState, CharterStatus, EvidenceLevel
from transforms.model import ChangeKind


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences of one language; `{...}` are filled by `str.format`."""

    charter_status: Mapping[CharterStatus, str]
    state_notice: Mapping[AlertState, str]
    state_prefix: Mapping[AlertState, str]
    kinds: Mapping[ChangeKind, str]
    evidence: Mapping[EvidenceLevel, str]
    roles: Mapping[str, str]
    directions: Mapping[str, str]
    direction_reasons: Mapping[str, str]
    obligors: Mapping[str, str]
    colon: str
    semicolon: str
    and_more_commitments: str
    no_commitment: str
    document: str
    seen_between: str
    seen_on: str
    stated_effective: str
    digest: str
    commitment_touched: str
    commitments_touched: str
    commitment_basis: str
    fact_added: str
    fact_dropped: str
    fact_note: str
    by_rule: str
    before: str
    after: str
    full_text: Mapping[ChangeKind, str]
    one_more_change: str
    more_changes: str
    charter_has_no_figures: str
    figures_are_p2b: str
    signatories: str
    signatories_by_press: str
    attribution: str
    imported: str
    alert_number: str
