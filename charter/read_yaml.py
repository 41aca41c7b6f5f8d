"""Reading a YAML file strictly: UTF-8, one document, a mapping, and no key twice."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from charter.errors import CharterError


class _Loader(yaml.CSafeLoader):
    """The safe loader, except that an impossible date stays text: the model then names its key."""


def _construct_timestamp(loader: _Loader, node: yaml.ScalarNode) -> object:
    try:
        return yaml.constructor.SafeConstructor.construct_yaml_timestamp(loader, node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _construct_timestamp)


def read_text(file: Traversable) -> str:
    """Text of a file.

    Raises:
        CharterError: the file cannot be read or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start} is {error.object[error.start]:#04x}"
        raise CharterError(f"{file.name}: not UTF-8 text ({byte})") from None
    except OSError as error:
        raise CharterError(f"{file.name}: cannot be read: {error.strerror or error}") from None


def read_yaml(file: Traversable) -> dict[str, Any]:
    """The mapping a YAML file holds.

    Raises:
        CharterError: not UTF-8, not YAML, not a mapping, or a key given twice; file and place are named.
    """
    loader = _Loader(read_text(file))
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise CharterError(f"{file.name}: (whole file): a mapping of keys to values is expected")
        problems = [f"{file.name}: {problem}" for problem in _find_key_problems(node, "")]
        if problems:
            raise CharterError("\n".join(problems))
        data: dict[str, Any] = loader.construct_document(node)
    except yaml.YAMLError as error:
        raise CharterError(f"{file.name}: not YAML: {_where(error)}") from None
    finally:
        loader.dispose()
    return data


def _find_key_problems(node: yaml.Node, path: str) -> Iterator[str]:
    """Keys that are given twice or are no plain word, as `key.path: problem`."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _find_key_problems(item, f"{path}{index}.")
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "(not a word)"
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            yield f"{path}{name}: a key is a plain word (line {key.start_mark.line + 1})"
        elif name in seen:
            yield f"{path}{name}: key given twice (line {key.start_mark.line + 1})"
        seen.add(name)
        yield from _find_key_problems(value, f"{path}{name}.")


def _where(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem or error.context}"
    return str(error).splitlines()[0]
