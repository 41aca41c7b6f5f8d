"""The value that every reader of recorded history yields, and the errors they raise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime


class HistoryError(ValueError):
    """A recorded history that cannot be read; the message names the source."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded version of one document, as the archive kept it.

    `body` is raw bytes (UTF-8 is expected, not assumed). `technical_reason` is not empty where the archive says that
    it re-extracted, or where a person made the record. `damage` is not empty where the bytes could not be read.
    """

    service: str
    terms_type: str
    observed_at: datetime
    source_id: str
    body: bytes
    technical_reason: str = ""
    damage: str = ""


# Subjects written by the Open Terms Archive engine when it re-extracts an older snapshot: the page did not change.
TECHNICAL_SUBJECT = re.compile(r"^(refilter|apply technical|apply .*upgrade)\b", re.IGNORECASE)
# Subjects of ordinary records, in the wordings the engine has used since 2020.
RECORD_SUBJECT = re.compile(
    r"^(start tracking|first record of|record new changes of|update)\b", re.IGNORECASE
)
BOT_NAME = re.compile(r"\bbot\b", re.IGNORECASE)


def technical_reason(subject: str, author: str, recorder: str) -> str:
    """Why a commit is not an observation of the platform ("" when it is one).

    `recorder` is the author of most commits: the archive's own engine, whatever it is called. Commits of anybody
    else count as made by a person unless their subject is one of the engine's.
    """
    if TECHNICAL_SUBJECT.match(subject):
        return f"re-extraction by the archive: {subject}"
    if RECORD_SUBJECT.match(subject) or author == recorder or BOT_NAME.search(author):
        return ""
    return f"commit by a person ({author}): {subject}"
