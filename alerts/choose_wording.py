"""The wording of a language, typeset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final

from alerts.model import Language
from alerts.typeset_french import typeset_french
from alerts.wording import Wording
from alerts.wording_english import ENGLISH
from alerts.wording_french import FRENCH

_SOURCES: Final[Mapping[Language, Wording]] = {"fr": FRENCH, "en": ENGLISH}


@cache
def choose_wording(language: Language) -> Wording:
    """Sentences of the language; French ones with their no-break spaces and apostrophes. Raises KeyError."""
    source = _SOURCES[language]
    if language != "fr":
        return source
    return Wording(**{field.name: _typeset(getattr(source, field.name)) for field in fields(Wording)})


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return typeset_french(value)
    return {key: typeset_french(text) for key, text in value.items()}
