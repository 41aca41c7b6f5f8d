"""Lines with leaders ("Article 3 ........ 12"): entries of a table of contents lose the number, others keep it."""

from __future__ import annotations

import re
from collections.abc import Collection

LEADERS = re.compile(r"\s*(?:[.…·]\s?){4,}\s*(\d{1,4}|[ivxl]{1,6})?\s*$", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")


def title_key(text: str) -> str:
    """What a title and its entry in a table of contents have in common: their letters and digits."""
    return _SIGNS.sub("", text).casefold()


def read_entry(text: str, titles: Collection[str]) -> str:
    """A text without its leaders; without the number after them, too, where a text of the document has its title.

    `titles` are keys of the document's other texts: a price after leaders is no page number.
    """
    found = LEADERS.search(text)
    if not found:
        return text
    title = text[: found.start()]
    return title if not found[1] or title_key(title) in titles else f"{title} {found[1]}"
