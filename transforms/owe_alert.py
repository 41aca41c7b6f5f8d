"""The message that a change is owed."""

from __future__ import annotations

from datetime import datetime

from transforms.folded import AlertDue
from transforms.model import Seen
from transforms.read_effective_date import read_effective_date
from transforms.text_library import ComparedTexts, TextLibrary


def owe_alert(
    library: TextLibrary, seen: Seen, compared: ComparedTexts, last_good_at: datetime | None
) -> AlertDue | None:
    """The alert about a change that `seen` shows first; None when nothing substantive touches a commitment, as
    far as can be told.

    `last_good_at` is the last sight of the document before: the change came later.
    """
    if not compared.telling:
        return None
    return AlertDue(
        observation_id=seen.observation_id,
        before_hash=compared.before_hash,
        after_hash=compared.after_hash,
        before_set_hash=library.read(compared.before_hash).clause_set_hash,
        after_set_hash=library.read(compared.after_hash).clause_set_hash,
        changed_after=last_good_at or seen.observed_at,
        changed_before=seen.observed_at,
        stated_effective_date=read_effective_date(compared.changes),
        state="in_force",
        state_since=seen.observed_at,
    )
