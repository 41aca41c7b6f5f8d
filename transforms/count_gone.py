"""A page that answers 404 or 410: `unreachable` at first, `withdrawn` once that has lasted."""

from __future__ import annotations

from datetime import datetime, timedelta

from transforms.folded import Verdict
from transforms.model import Seen
from transforms.word_verdicts import name_minute, name_ordinal, word_verdict

# Design page, rules of the domain: "answered 404/410 three times over 48 hours".
TIMES = 3
SPAN = timedelta(hours=48)


class GoneRow:
    """`gone` observations in a row. Other failures between them neither count nor end the row; a good text ends it."""

    def __init__(self) -> None:
        self._count = 0
        self._since: datetime | None = None

    def end(self) -> None:
        """The document was seen: what follows is a new row."""
        self._count, self._since = 0, None

    def judge(self, seen: Seen) -> Verdict:
        """The verdict on one more `gone` observation."""
        self._count += 1
        self._since = self._since or seen.observed_at
        told = f"404 or 410 for the {name_ordinal(self._count)} time"
        why = f": {seen.failure_reason}" if seen.failure_reason else ""
        if self._count >= TIMES and seen.observed_at - self._since >= SPAN:
            reason = f"withdrawn: {told} since {name_minute(self._since)}{why}"
            return word_verdict(seen, "withdrawn", "fold:withdrawn", reason)
        first = f", first on {name_minute(self._since)}" if self._count > 1 else ""
        reason = f"{told}{first}; withdrawn after three times over 48 hours{why}"
        return word_verdict(seen, "unreachable", "observation:gone", reason)
