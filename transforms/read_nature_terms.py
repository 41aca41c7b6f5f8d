"""The words and phrases of nature.yml, read once and compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from transforms.normalise_text import fold_accents


@dataclass(frozen=True, slots=True)
class NatureTerms:
    """Compiled word lists. Words are folded (lower case, no accents); `guards` maps each guarded word to its kind."""

    guards: dict[str, str]
    light: frozenset[str]
    synonyms: dict[str, int]
    boilerplate: re.Pattern[str]
    interface: re.Pattern[str]
    template_lines: dict[str, re.Pattern[str]]
    navigation: re.Pattern[str]
    pointers: re.Pattern[str]
    form_fields: re.Pattern[str]
    titles: frozenset[str]
    duties: dict[str, re.Pattern[str]]
    stamp_cues: frozenset[str]
    stamp_fillers: frozenset[str]
    counter_units: tuple[str, ...]


def fold_word(word: str) -> str:
    """A word as the lists hold it."""
    return fold_accents(word.lower())


@cache
def read_nature_terms() -> NatureTerms:
    """The lists. Raises KeyError or re.error naming the entry when the file is malformed (a test reads it)."""
    source = resources.files("transforms").joinpath("nature.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times faster
    data: dict[str, Any] = yaml.load(source, Loader=loader)  # noqa: S506 - both are safe loaders
    guards = {_fold(word): kind for kind, words in data["guards"].items() for word in words}
    synonyms = {_fold(word): number for number, group in enumerate(data["synonyms"]) for word in group}
    return NatureTerms(
        guards=guards,
        light=frozenset(map(_fold, data["light"])) - guards.keys(),
        synonyms=synonyms,
        boilerplate=_compile(data["boilerplate"]),
        interface=_compile(data["interface"]),
        template_lines={name: _compile(patterns) for name, patterns in data["template_lines"].items()},
        navigation=_compile(data["navigation"]),
        pointers=_compile(data["pointers"]),
        form_fields=_compile(data["form_fields"]),
        titles=frozenset(map(_fold, data["titles"])),
        duties={word: _compile_duties(forms) for word, forms in data["duties"].items()},
        stamp_cues=frozenset(map(_fold, data["stamp_cues"])),
        stamp_fillers=frozenset(map(_fold, data["stamp_fillers"])),
        counter_units=tuple(map(_fold, data["counter_units"])),
    )


def _fold(word: object) -> str:
    # YAML 1.1 reads "no", "on" and "y" as truth values; the words themselves are meant.
    return fold_word({True: "on", False: "no"}[word] if isinstance(word, bool) else str(word))


def _compile(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _compile_duties(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!not )(?<!n't )(?<!never )(?<!pas )\b(?:{'|'.join(forms)})")
