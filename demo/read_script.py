"""Reading the demo's script and the base texts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from charter.strict import check_data
from demo.script_model import MarketplaceEntry, Round, ScriptFile


class ScriptError(ValueError):
    """The demo's script or a base text cannot be used; the message names file, and line or key."""


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
        CharterError: unknown keys, wrong values, unknown services; file and key are named.
    """
    data = _read_numbered(path)
    script = check_data(ScriptFile, data, path.name)
    bases = {
        entry.service: _read_base(path.parent / "marketplaces" / entry.id) for entry in script.marketplaces
    }
    return Script(path.name, script.marketplaces, script.rounds, bases)


def _read_base(folder: Path) -> str:
    file = folder / "base.md"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{folder.name}/base.md: cannot be read: {error}") from None
    if not text.strip():
        raise ScriptError(f"{folder.name}/base.md: is empty")
    return text


def _read_numbered(path: Path) -> Any:
    """The script as plain data, every edit with the line it stands on."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ScriptError(f"{path.name}: cannot be read: {error}") from None
    if node is None:
        raise ScriptError(f"{path.name}: is empty")
    _number_edits(node, is_edit=False)
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _number_edits(node: yaml.Node, *, is_edit: bool) -> None:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _number_edits(item, is_edit=is_edit)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _number_edits(value, is_edit=getattr(key, "value", "") == "edits")
        if is_edit:
            line = yaml.ScalarNode("tag:yaml.org,2002:int", str(node.start_mark.line + 1))
            node.value.append((yaml.ScalarNode("tag:yaml.org,2002:str", "line"), line))
