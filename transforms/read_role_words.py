"""The words of roles.yml: roles of quantities and parties of a contract, read once and compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words of one role: the kinds of unit it takes (letters d, p, m, i) and the pattern that finds it."""

    role: str
    kinds: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """`tiers`: role words, acts before topics. `deadlines`: roles that a lasting time never has. `parties`: regular
    expression source per party, in the order in which they are tried."""

    tiers: tuple[tuple[RoleWords, ...], ...]
    deadlines: frozenset[str]
    parties: dict[str, str]


def load_data(name: str) -> dict[str, Any]:
    """A YAML file of this package. Raises FileNotFoundError or yaml.YAMLError."""
    source = resources.files("transforms").joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times faster
    data: dict[str, Any] = yaml.load(source, Loader=loader)  # noqa: S506 - both are safe loaders
    return data


@cache
def read_role_words() -> SentenceWords:
    """The lists. Raises KeyError or re.error when the file is malformed (a test reads it)."""
    data = load_data("roles.yml")
    tiers = tuple(tuple(_compile(row) for row in data[tier]) for tier in ("acts", "topics"))
    parties = {name: "|".join(words) for name, words in data["parties"].items()}
    return SentenceWords(tiers, frozenset(data["deadlines"]), parties)


def _compile(row: dict[str, Any]) -> RoleWords:
    pattern = re.compile(rf"\b(?:{'|'.join(row['words'])})", re.IGNORECASE)
    return RoleWords(row["role"], row["kinds"], pattern)
