"""Reading the demo's script and the base texts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from demo.read_numbered import ScriptError, read_numbered
from demo.script_model import MarketplaceEntry, Round, ScriptFile


@dataclass(frozen=True, slots=True)
class Script:
    """A checked script. `bases` are the first round's texts by service; `file` names the script in errors."""

    file: str
    marketplaces: tuple[MarketplaceEntry, ...]
    rounds: tuple[Round, ...]
    bases: dict[str, str]


def read_script(path: Path) -> Script:
    """A script with the base texts `marketplaces/<id>/base.md` beside it.

    Raises:
        ScriptError: not UTF-8, not YAML, or a base text that is missing or empty.
        CharterError: unknown keys, wrong values, unknown services; file, line and key are named.
    """
    script = read_numbered(path, ScriptFile)
    bases = {
        entry.service: read_text(path.parent / "marketplaces", f"{entry.id}/base.md")
        for entry in script.marketplaces
    }
    return Script(path.name, script.marketplaces, script.rounds, bases)


def read_text(folder: Path, name: str) -> str:
    """A base text, named as in errors.

    Raises:
        ScriptError: it is missing, empty or not UTF-8.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{name}: cannot be read: {error}") from None
    if not text.strip():
        raise ScriptError(f"{name}: is empty")
    return text
