"""Whether later fetches confirm a text that one fetch showed: one look at a page is not enough to tell people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from transforms.doubt_text import doubt_text
from transforms.model import Seen
from transforms.text_library import TextLibrary
from transforms.word_verdicts import name_minute


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What later fetches say. `by` is the fetch that decided.

    `awaited`: no later fetch decides yet. `undecidable`: none will, because the texts after `by` are extracted in
    another way and nothing says what the earlier capture gives in that way.
    """

    state: Literal["confirmed", "refuted", "awaited", "undecidable"]
    by: Seen | None = None

    @property
    def explanation(self) -> str:
        """Why nobody is told, for the reason of the verdict; "" when confirmed."""
        at = name_minute(self.by.observed_at) if self.by else ""
        return {
            "confirmed": "",
            "refuted": f"unconfirmed: the fetch of {at} showed another text",
            "awaited": "not yet confirmed by a second fetch",
            "undecidable": f"never confirmed: the fetch of {at} was extracted in another way",
        }[self.state]


CONFIRMED = Confirmation("confirmed")
# Ending of the rule of a verdict that may still owe an alert, once a second fetch shows the same.
AWAITING = ":awaiting"


def confirm_text(library: TextLibrary, in_force: str, text_hash: str, later: Iterable[Seen]) -> Confirmation:
    """Whether the observations `later` (in order, those with a text) confirm that `text_hash` replaced `in_force`.

    The same text, or one that differs by noise only, confirms; the text in force, or noise beside it, refutes. A text
    in doubt says nothing. A third text refutes, unless the very next one shows `text_hash` again: a site whose servers
    give two texts in turn must not keep a change quiet for ever.
    """
    other: Seen | None = None
    for seen in later:
        shown = _recognise(library, in_force, text_hash, seen)
        if shown == "new" or (shown == "again" and other is None):
            return Confirmation("confirmed", seen)
        if shown == "old" or (shown and other is not None):
            return Confirmation("refuted", other or seen)
        if shown == "unlike":
            return Confirmation("undecidable", seen)
        if shown == "other":
            other = seen
    return Confirmation("refuted", other) if other else Confirmation("awaited")


def _recognise(
    library: TextLibrary, in_force: str, text_hash: str, seen: Seen
) -> Literal["new", "old", "other", "again", "unlike", ""]:
    """Which text a fetch showed; "" when it cannot be told, "unlike" when no later one will tell either.

    "again": in the way it was extracted, it reads as the fetch before it.
    """
    shown = seen.text_hash
    assert shown is not None
    if shown in (in_force, text_hash):
        return "new" if shown == text_hash else "old"
    if not library.read(shown).clauses:
        return ""
    is_new, is_old = library.is_noise(text_hash, shown), library.is_noise(in_force, shown)
    if is_new or is_old:
        # Noise beside both: too damaged to tell one from the other.
        return "" if is_new and is_old else "new" if is_new else "old"
    if seen.previous_text_hash is not None:
        before = seen.previous_text_hash
        if shown == before or library.is_noise(before, shown):
            return "again"
    elif seen.technical_reason:
        return "unlike"
    if seen.is_released:
        return "other"
    doubt = doubt_text(library.read(in_force), library.read(shown), library.compare(in_force, shown))
    return "" if doubt else "other"
