"""The moment a round is planned for: now, or the one that the address of a replay server ends with."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pipeline.settings import Settings

# "2025-02-03T06:00:00Z", or the 14 figures of web archives with their letters ("20250203060000id_").
_STAMP = re.compile(r"(\d{14})(?:[a-z]{2}_)?$")


def date_round(settings: Settings) -> datetime:
    """The moment whose declarations are in force for a round, in UTC.

    A replay server whose address ends with no moment is planned for as if it were live.
    """
    return read_moment(settings.replay_url) or datetime.now(UTC)


def read_moment(replay_url: str) -> datetime | None:
    """The moment that the last part of a replay server's address names, or None."""
    last = replay_url.rstrip("/").rpartition("/")[2]
    stamp = _STAMP.fullmatch(last)
    try:
        if stamp:
            return datetime.strptime(stamp[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        moment = datetime.fromisoformat(last)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
