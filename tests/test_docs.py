"""The documentation is true: its SQL runs, its settings exist, its files are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.conftest import ROOT
from warehouse.connect import open_build
from warehouse.publish import publish
from warehouse.query_published import query_published

PAGES = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A published warehouse without rows."""
    settings = Settings(home=tmp_path_factory.mktemp("docs"))
    with open_build(settings.location, "migrate"):
        pass
    publish(settings.location)
    return settings


def test_every_query_of_the_runbook_runs(empty: Settings) -> None:
    blocks = re.findall(
        r"```sql\n(.*?)```", (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8"), re.DOTALL
    )
    statements = [part for block in blocks for part in re.sub(r"--.*", "", block).split(";") if part.strip()]
    assert len(statements) >= 3
    for statement in statements:
        query_published(empty.location, statement)


def test_readme_lists_every_setting_and_no_other() -> None:
    listed = re.findall(
        r"^\| `(VIGIE_\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == sorted(f"VIGIE_{name.upper()}" for name in Settings.model_fields)


def test_readme_names_only_tables_and_views_that_exist(empty: Settings) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("| table or view |") :].split("\n\n", 1)[0]
    named = set(re.findall(r"`([a-z_]+)`", table)) - {"live"}
    found = {
        row[0]
        for row in query_published(empty.location, "SELECT table_name FROM information_schema.tables").rows
    }
    assert named - found == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
