"""A real Airflow in a home of its own, entered before Airflow is first imported in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from plugins.prepare_airflow_home import enter_airflow_home
from tests.conftest import ROOT
from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_platforms
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """VIGIE_HOME with a migrated Airflow."""
    saved = dict(os.environ)
    home = tmp_path_factory.mktemp("vigie-home")
    enter_airflow_home(home, ROOT)
    os.environ["VIGIE_HOME"] = str(home)
    yield home
    os.environ.clear()
    os.environ.update(saved)


@pytest.fixture
def site() -> Iterator[ReplaySite]:
    """Two platforms, one page each."""
    with serve_site() as running:
        running.pages = {BAZAR: Answer(page()), HALLE: Answer(page(commission="8 %"))}
        yield running


@pytest.fixture
def home(airflow_home: Path, tmp_path: Path, site: ReplaySite, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home that watches the site, as tasks find it in the environment."""
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VIGIE_PLATFORMS", str(write_platforms(tmp_path / "platforms")))
    monkeypatch.setenv("VIGIE_REPLAY_URL", site.url)
    return Settings()
