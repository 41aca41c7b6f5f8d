"""A real Airflow in a home of its own, entered before Airflow is first imported in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.prepare_airflow_home import enter_airflow_home
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """VIGIE_HOME with a migrated Airflow; `VIGIE_PLATFORMS` is the demo's."""
    saved = dict(os.environ)
    home = tmp_path_factory.mktemp("vigie-home")
    enter_airflow_home(home, ROOT)
    os.environ["VIGIE_HOME"] = str(home)
    yield home
    os.environ.clear()
    os.environ.update(saved)
