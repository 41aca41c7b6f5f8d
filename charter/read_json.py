"""Reading a JSON file strictly: UTF-8, a mapping, and no key twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from charter.errors import CharterError
from charter.read_yaml import read_text


def read_json(path: Path) -> dict[str, Any]:
    """The mapping a JSON file holds.

    Raises:
        CharterError: not UTF-8, not JSON, not a mapping, or a key given twice; file and place are named.
    """

    def refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise CharterError(f"{path.name}: {key}: key given twice")
            seen[key] = value
        return seen

    try:
        data = json.loads(read_text(path).removeprefix("\ufeff"), object_pairs_hook=refuse_twice)
    except json.JSONDecodeError as error:
        raise CharterError(f"{path.name}: not JSON: line {error.lineno}: {error.msg}") from None
    return check_mapping(data, path.name, "(whole file)")


def check_mapping(data: Any, file: str, key: str) -> dict[str, Any]:
    """Data that must be a mapping.

    Raises:
        CharterError: it is not.
    """
    if not isinstance(data, dict):
        raise CharterError(f"{file}: {key}: is missing or not a mapping of keys to values")
    return data
