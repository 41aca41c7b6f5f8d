"""Who was bound by the charter, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from charter.platforms import CharterStatus, Platform


def status_on(platform: Platform, day: date) -> CharterStatus:
    """Charter status of a platform on a day; `none` where no dated status covers it."""
    for dated in platform.charter_status:
        if dated.valid_from <= day and (dated.valid_until is None or day < dated.valid_until):
            return dated.status
    return "none"


def signatories_on(platforms: Iterable[Platform], day: date) -> tuple[Platform, ...]:
    """The platforms that had signed or joined the charter by a day, in the order given."""
    return tuple(platform for platform in platforms if status_on(platform, day) != "none")
