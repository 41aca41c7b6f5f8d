"""Fixtures shared by every room's tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of shared third-party data; tests that read it are skipped where it is absent."""
    folder = Path(os.environ.get("VIGIE_CORPUS", ROOT.parent / "shared"))
    if not (folder / "histories").is_dir():
        pytest.skip(f"shared corpus not present at {folder} (set VIGIE_CORPUS)")
    return folder
