"""Old captures of the same text lose their bytes, and nothing else: evidence still leads to a readable record."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.detect_changes import detect_changes
from pipeline.read_evidence import read_evidence
from pipeline.settings import Settings
from pipeline.thin_captures import ThinSummary, thin_captures
from pipeline.watch_round import watch_round
from tests.pipeline.invented_platforms import BAZAR, page, write_platforms
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site
from warehouse.publish import publish
from warehouse.query_published import query_published

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def site() -> Iterator[ReplaySite]:
    with serve_site() as running:
        yield running


@pytest.fixture(scope="module")
def template(site: ReplaySite, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Five rounds a month apart: a counter outside the text, one real change, and the counter again."""
    folder = tmp_path_factory.mktemp("thin")
    home = Settings(
        home=folder / "home", platforms=write_platforms(folder / "platforms"), replay_url=site.url
    )
    site.at = datetime(2026, 3, 2, 6, tzinfo=UTC)
    for number, notice in enumerate(("30 jours", "30 jours", "30 jours", "10 jours", "10 jours")):
        site.pages[BAZAR] = Answer(page(notice=notice, frame=f"{number * 100} vues"))
        watch_round(home, f"round-{number}", ["bazar"])
        site.at += timedelta(days=30)
    detect_changes(home, "detect")
    return home


@pytest.fixture
def watched(template: Settings, tmp_path: Path) -> Settings:
    """A home of its own with those rounds."""
    shutil.copytree(template.home, tmp_path / "home")
    return template.model_copy(update={"home": tmp_path / "home"})


def rows(home: Settings, query: str) -> list[dict[str, Any]]:
    result = query_published(home.location, query)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def evidence(home: Settings) -> list[dict[str, Any]]:
    publish(home.location)
    return rows(home, "SELECT * FROM evidence ORDER BY observed_at, source_id DESC")


def test_the_first_of_a_text_and_the_newest_capture_keep_their_bytes(watched: Settings) -> None:
    before = evidence(watched)
    assert thin_captures(watched, now=NOW, is_trial=True) == ThinSummary(captures=2, files=2)
    summary = thin_captures(watched, now=NOW)
    assert (summary.captures, summary.files) == (2, 2)
    after = evidence(watched)
    assert [row["snapshot_hash"] for row in after] == [row["snapshot_hash"] for row in before]
    assert [row["is_nearest_capture"] for row in before] == [False] * 6
    # The fourth round fetched the changed page twice and got the same bytes.
    assert [row["is_nearest_capture"] for row in after] == [False, True, True, False, False, False]
    for row in after:
        assert (watched.data_folder / row["warc_file"]).is_file()
        if row["is_nearest_capture"]:
            with pytest.raises(ValueError, match="the nearest kept capture of the same text is"):
                read_evidence(watched, row["snapshot_hash"])
        else:
            assert b"<main>" in read_evidence(watched, row["snapshot_hash"])
    assert after[1]["warc_record_id"] == after[0]["warc_record_id"]
    files = sorted(watched.data_folder.glob("warc/**/*.warc.gz"))
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert thin_captures(watched, now=NOW) == ThinSummary()


def test_what_is_younger_than_ninety_days_stays(watched: Settings) -> None:
    assert thin_captures(watched, now=datetime(2026, 5, 1, tzinfo=UTC)) == ThinSummary()


def test_a_file_that_a_killed_run_left_behind_goes_with_the_next(watched: Settings) -> None:
    (old,) = [path for path in watched.data_folder.glob("warc/bazar/round-1-*.warc.gz")]
    left = old.read_bytes()
    thin_captures(watched, now=NOW)
    old.write_bytes(left)
    thin_captures(watched, now=NOW)
    assert not old.exists()


def test_the_next_round_after_thinning_asks_and_loads_as_ever(watched: Settings, site: ReplaySite) -> None:
    thin_captures(watched, now=NOW)
    site.at = NOW
    assert watch_round(watched, "later", ["bazar"]).fetches == {"not_modified": 1}
