"""Fixtures of the room: real texts, where the shared corpus is present."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SAMPLES = (
    "Amazon/Complaints Policy.md",
    "Rakuten/Marketplace Sellers Conditions.md",
    "Boulanger/Marketplace Sellers Conditions.md",
    "TikTok Shop/Marketplace Sellers Conditions.md",
    "Lieferando.de/Commercial Terms.md",
    "Skroutz Merchants/Terms of Service.md",
)


@pytest.fixture(scope="session")
def recorded_repository(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded history, cloned once without a work tree."""
    bundle = corpus / "histories" / "p2b-dev.bundle"
    if not bundle.is_file():
        pytest.skip(f"no recorded history at {bundle}")
    target = tmp_path_factory.mktemp("history") / "p2b.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", "-b", "main", str(bundle), str(target)], check=True)
    return target


@pytest.fixture(scope="session")
def recorded_texts(recorded_repository: Path) -> dict[str, str]:
    """Latest text of a few documents of different make, by path."""
    return {path: read_recorded(recorded_repository, "main", path) for path in SAMPLES}


def read_recorded(repository: Path, revision: str, path: str) -> str:
    """Text of a document at a revision."""
    shown = subprocess.run(
        ["git", "-C", str(repository), "show", f"{revision}:{path}"], check=True, capture_output=True
    )
    return shown.stdout.decode("utf-8")
