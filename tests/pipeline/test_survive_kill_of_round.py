"""A round that is killed anywhere, then goes on, leaves the warehouse of one that was never killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_platforms
from tests.pipeline.killed_command import Content, content, copy_home, finish, kill_when
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site() -> Iterator[ReplaySite]:
    with serve_site() as running:
        yield running


@pytest.fixture(scope="module")
def watched(site: ReplaySite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has seen the first round, for tests to go on from a copy, and a site where one page changed since."""
    home = tmp_path_factory.mktemp("watched")
    write_platforms(home / "platforms")
    (home / "replay.txt").write_text(site.url)
    site.at = datetime(2026, 3, 2, 6, tzinfo=UTC)
    site.pages = {BAZAR: Answer(page()), HALLE: Answer(page(commission="8 %"))}
    finish(home, "watch", "--run", "first")
    finish(home, "detect")
    site.at += timedelta(days=7)
    site.pages[BAZAR] = Answer(page(notice="10 jours"))
    return home


@pytest.fixture(scope="module")
def whole_round(watched: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Content of a warehouse whose second round was never killed."""
    home = copy_home(watched, tmp_path_factory.mktemp("whole-round"))
    finish(home, "watch", "--run", "second")
    finish(home, "detect")
    return content(home)


@pytest.mark.parametrize(
    "pattern",
    [
        "data/rounds/second/watch/bazar.manifest.jsonl",
        "data/staging/second-watch/00000",
        "data/staging/second-watch/00000/failures.json",
        "data/rounds/second/confirm/bazar.job.json",
        "data/staging/second-confirm/00000/failures.json",
        "warehouse.published.duckdb.new",
    ],
    ids=["crawl", "staging", "promotion", "confirmation", "its promotion", "publication"],
)
def test_a_killed_round_that_goes_on_gives_the_same_content(
    pattern: str, watched: Path, whole_round: Content, tmp_path: Path
) -> None:
    copy_home(watched, tmp_path)
    assert kill_when(tmp_path, pattern, "watch", "--run", "second"), f"ended before {pattern} was seen"
    finish(tmp_path, "watch", "--run", "second")
    finish(tmp_path, "detect")
    assert content(tmp_path) == whole_round
    assert len(whole_round["alert"]) == 1
