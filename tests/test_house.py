"""What holds for the whole house: import rules, sizes, pinned dependencies, nothing of a machine in a tracked file."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS: list[str] = PROJECT["tool"]["importlinter"]["root_packages"]
MAX_LINES = 250
MAX_LINES_OF_A_DAG = 80

# Spelt in parts, or this file would be the first to break its own rule.
MACHINE_PATHS = re.compile(
    "(?<![\\w.~$}-])/(" + "|".join(["work", "root", "home", "Users", "t" + "mp", "var/folders"]) + ")/"
)
REGISTRY_HOSTS = re.compile(
    "|".join(
        ["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npm", "docker" + r"\.io", "gh" + r"cr\.io"]
    )
)


def list_tracked_files() -> list[Path]:
    """Files that are, or are about to be, part of the repository."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip(f"not a git working copy: {done.stderr.strip()}")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def list_modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter in `folder`, beside this Python, without its cache."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_import_rule_holds() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("transforms", "warehouse"),
        ("warehouse", "transforms"),
        ("charter", "transforms"),
        ("alerts", "expectations"),
        ("alerts", "pipeline"),
        ("crawlers", "warehouse"),
        ("pipeline", "cli"),
        ("cli", "plugins"),
        ("pipeline", "airflow"),
        ("alerts", "scrapy"),
        ("warehouse", "great_expectations"),
        ("pipeline", "duckdb"),
        ("pipeline", "slack_sdk"),
    ],
)
def test_the_import_rule_refuses(tmp_path: Path, room: str, imported: str) -> None:
    for name in ROOMS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / room / "trespass.py").write_text(f"import {imported}\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert f"{room}.trespass -> {imported}" in done.stdout, done.stdout + done.stderr


def test_every_room_is_installed_with_the_project() -> None:
    include = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {pattern.rstrip("*") for pattern in include} >= set(ROOMS)
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"} <= set(ROOMS)


def test_no_file_of_a_room_is_longer_than_250_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): count_lines(path) for path in list_modules(*ROOMS)}
    assert len(lengths) > len(ROOMS)
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_no_dag_file_is_longer_than_80_lines_and_each_has_its_page() -> None:
    dags = [path for path in list_modules("dags") if not path.name.startswith("_")]
    assert dags
    for path in dags:
        assert count_lines(path) <= MAX_LINES_OF_A_DAG, path.name
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "misc", "util", "helper"}
    assert [path for path in list_modules(*ROOMS, "tests") if path.stem in drawers] == []


def test_no_tracked_file_names_a_path_of_a_machine_or_a_registry() -> None:
    guilty = []
    for path in list_tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # Test data with broken bytes, archives.
            continue
        guilty += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE_PATHS.search(line) or REGISTRY_HOSTS.search(line)
        ]
    assert guilty == []


def test_every_direct_dependency_is_pinned_by_hash() -> None:
    pinned: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text(encoding="utf-8")):
        if match := re.match(r"([\w.-]+)==([^\s;]+)", entry):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]
            pinned.setdefault(canonicalize_name(match[1]), []).append(match[2])
    project = PROJECT["project"]
    declared = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    for line in declared:
        wanted = Requirement(line)
        versions = pinned.get(canonicalize_name(wanted.name), [])
        assert versions, f"{line} is not in requirements.txt: run `make lock`"
        assert all(version in wanted.specifier for version in versions), (
            f"{line}: pinned at {versions}: run `make lock`"
        )


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert re.findall(r"^(\d+)\. ", text, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert len(re.findall(r"\w+", text)) == 2239
    assert PROJECT["project"]["license"] == "EUPL-1.2"
