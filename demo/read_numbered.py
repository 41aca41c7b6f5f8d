"""A YAML file of the demo as a model, its edits numbered by line, and a model's faults told with their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml

from charter.errors import CharterError
from charter.strict import Strict, check_data

ModelT = TypeVar("ModelT", bound=Strict)


class ScriptError(ValueError):
    """A file of the demo cannot be used; the message names file, and line or key."""


def read_numbered(path: Path, model: type[ModelT], numbered: frozenset[str] = frozenset({"edits"})) -> ModelT:
    """The file as a model; every mapping of a list under one of the `numbered` keys gets its own line as `line`.

    Raises:
        ScriptError: not UTF-8, not YAML, empty.
        CharterError: unknown keys, wrong values; each with file, line and key.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ScriptError(f"{path.name}: cannot be read: {error}") from None
    if node is None:
        raise ScriptError(f"{path.name}: is empty")
    _number(node, numbered, is_numbered=False)
    loader = yaml.SafeLoader("")
    try:
        data: Any = loader.construct_document(node)
    finally:
        loader.dispose()
    try:
        return check_data(model, data, path.name)
    except CharterError as error:
        problems = [_with_line(problem, path.name, node) for problem in str(error).split("\n")]
        raise CharterError("\n".join(problems)) from None


def _number(node: yaml.Node, keys: frozenset[str], *, is_numbered: bool) -> None:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _number(item, keys, is_numbered=is_numbered)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            is_list = isinstance(value, yaml.SequenceNode)
            _number(value, keys, is_numbered=is_list and getattr(key, "value", "") in keys)
        if is_numbered:
            line = yaml.ScalarNode("tag:yaml.org,2002:int", str(node.start_mark.line + 1))
            node.value.append((yaml.ScalarNode("tag:yaml.org,2002:str", "line"), line))


def _with_line(problem: str, file: str, node: yaml.Node) -> str:
    """A problem "file: key.path: message" with the line of the nearest key that the file has."""
    place, _, _message = problem.removeprefix(f"{file}: ").partition(": ")
    line = node.start_mark.line
    for key in place.split("."):
        found = _child(node, key)
        if found is None:
            continue  # the name of an edit's kind, or a key that is missing
        node = found
        line = node.start_mark.line
    return f"{file}:{line + 1}: {problem.removeprefix(f'{file}: ')}"


def _child(node: yaml.Node, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode):
        return node.value[int(key)] if key.isdecimal() and int(key) < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        # The number put in by _number stands nowhere in the file.
        return next((value for name, value in node.value if name.value == key and name.start_mark), None)
    return None
