"""French typography for our own sentences; quoted clauses are left as their authors wrote them."""

from __future__ import annotations

import re
from typing import Final

_NO_BREAK: Final = "\u00a0"
_NARROW_NO_BREAK: Final = "\u202f"
_APOSTROPHE: Final = "\u2019"


def typeset_french(text: str) -> str:
    """Typographic apostrophes; no-break spaces at ":" and in guillemets, narrow ones at ";", "!", "?", "%".

    Rules of the Imprimerie nationale. The text is written with plain spaces and straight apostrophes, which
    keeps the wording tables readable.
    """
    text = text.replace("'", _APOSTROPHE).replace("n° ", f"n°{_NO_BREAK}")
    text = re.sub(r" (?=[:»])|(?<=«) ", _NO_BREAK, text)
    return re.sub(r" (?=[;!?%])", _NARROW_NO_BREAK, text)
