"""The marks of walls in block_marks.yml, read once and compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import yaml

Wall = Literal["challenged", "login_required", "script_required", "consent_only"]
# In this order where two explain a page equally well.
WALLS: tuple[Wall, ...] = get_args(Wall)
Kind = Literal["header", "cookie", "address", "element", "source", "title", "phrase"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MAX_WEIGHT = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. `pattern` is what was written, `compiled` its regular expression (None for `element` and `source`);
    `owner` is the product it belongs to, "any" for none."""

    wall: Wall
    owner: str
    kind: Kind
    pattern: str
    weight: int
    compiled: re.Pattern[str] | None

    def search(self, text: str) -> str | None:
        """What of a text fits the mark, None where nothing does."""
        found = self.compiled.search(text) if self.compiled else None
        return found[0] if found else None


@cache
def read_marks() -> tuple[Mark, ...]:
    """Every mark, the heaviest first.

    Raises:
        KeyError, ValueError, re.error: the file is malformed (a test reads it).
    """
    source = resources.files("crawlers").joinpath("block_marks.yml").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(source)
    if set(data) != set(WALLS):
        raise ValueError(f"walls are {', '.join(WALLS)}, not {', '.join(data)}")
    marks = [_mark(wall, entry) for wall in WALLS for entry in data[wall]]
    return tuple(sorted(marks, key=lambda mark: -mark.weight))


def _mark(wall: Wall, entry: dict[str, Any]) -> Mark:
    (kind,) = (kind for kind in KINDS if kind in entry)
    if set(entry) != {"owner", "weight", kind} or not 1 <= entry["weight"] <= MAX_WEIGHT:
        raise ValueError(f"not a mark: {entry}")
    pattern = str(entry[kind])
    is_expression = kind not in ("element", "source")
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL) if is_expression else None
    return Mark(wall, str(entry["owner"]), kind, pattern, int(entry["weight"]), compiled)
