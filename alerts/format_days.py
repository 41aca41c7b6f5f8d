"""Days as people write them: Europe/Paris, long form, in French or English, whatever the system locale."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from alerts.model import Language

PARIS: Final = ZoneInfo("Europe/Paris")
_LOCALES: Final[dict[Language, str]] = {"fr": "fr_FR", "en": "en_GB"}


def paris_day(moment: datetime) -> date:
    """Calendar day of an aware datetime in Europe/Paris."""
    return moment.astimezone(PARIS).date()


def format_day(day: date, language: Language) -> str:
    """Long form of a day: "12 mars 2024", "1er avril 2024" (ordinal for the 1st only), "12 March 2024"."""
    written = format_date(day, format="d MMMM y", locale=_LOCALES[language])
    if language == "fr" and day.day == 1:
        return written.replace("1 ", "1er ", 1)
    return written
