"""The functions of transforms get text and give values: nothing in the room reaches outside.

Reading the room's own data through importlib.resources is allowed, which needs neither pathlib nor open().
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

IO_MODULES = {
    "asyncio", "duckdb", "fileinput", "ftplib", "glob", "http", "httpx", "io", "logging", "multiprocessing",
    "os", "pathlib", "pickle", "requests", "select", "shelve", "shutil", "smtplib", "socket", "sqlite3",
    "subprocess", "tempfile", "urllib3",
}  # fmt: skip
PURE_PARTS = ("os.path",)
IO_MODULES_DOTTED = {"urllib.request", "urllib.error"}
IO_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}
IO_METHODS = {"write_text", "write_bytes", "mkdir", "unlink", "urlopen"}


def name_imports(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def find_io(source: str) -> set[str]:
    """Names in `source` that reach for a file, a socket, a process or the terminal."""
    tree = ast.parse(source)
    found = {
        name
        for name in name_imports(tree)
        if name in IO_MODULES_DOTTED or (name.split(".")[0] in IO_MODULES and not name.startswith(PURE_PARTS))
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in IO_CALLS:
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute) and node.func.attr in IO_METHODS:
                found.add(node.func.attr)
    return found


def test_transforms_opens_no_file_and_no_socket() -> None:
    reached = {
        path.name: io
        for path in sorted((ROOT / "transforms").rglob("*.py"))
        if (io := find_io(path.read_text(encoding="utf-8")))
    }
    assert reached == {}


@pytest.mark.parametrize(
    "source",
    [
        "def f(p):\n    return open(p).read()",
        "from pathlib import Path",
        "import os",
        "from os import environ",
        "import urllib.request",
        "from urllib import request",
        "def f():\n    import socket",
        "import sqlite3 as s",
        "def f(p):\n    p.write_text('x')",
        "print('x')",
    ],
)
def test_reaching_outside_is_noticed(source: str) -> None:
    assert find_io(source)


@pytest.mark.parametrize(
    "source",
    [
        "from os.path import commonprefix",
        "from urllib.parse import urlsplit",
        "reader.read_text('a clause')",
        "import re",
    ],
)
def test_pure_code_is_not_taken_for_reaching_outside(source: str) -> None:
    assert find_io(source) == set()
