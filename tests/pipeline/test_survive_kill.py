"""A process that is killed anywhere, then run again, leaves the same warehouse as one that was never killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.settings import ROOT, Settings
from tests.pipeline.conftest import TERMS, write_dataset
from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_platforms
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site
from warehouse.promote_rows import KEYS
from warehouse.query_published import query_published

# Written at each run; everything else must be the same.
BOOKKEEPING = {
    "recorded_at", "run_id", "superseded_at", "started_at", "elapsed_ms", "warc_file", "warc_offset", "warc_record_id",
}  # fmt: skip
# Validations belong to runs, and a killed run may have recorded some of its own.
VERSIONS = 520
Content = dict[str, list[tuple[object, ...]]]
CONTENT = sorted(set(KEYS) - {"validation", "pipeline_run", "alert_delivery"})


def start(home: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the `vigie` command in a home of its own, over the replay server that a file in it names, if any."""
    environment = os.environ | {"VIGIE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    if (home / "replay.txt").is_file():
        environment |= {
            "VIGIE_REPLAY_URL": (home / "replay.txt").read_text(),
            "VIGIE_PLATFORMS": str(home / "platforms"),
        }
    command = [sys.executable, "-c", "from cli.app import main; main()", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(home: Path, *words: str) -> None:
    """Run the command to its end."""
    process = start(home, *words)
    _, error = process.communicate(timeout=240)
    assert process.returncode == 0, error.decode()


def kill_when(home: Path, pattern: str, *words: str) -> bool:
    """Kill the command as soon as a file of this pattern is there; False when it ended before."""
    process = start(home, *words)
    while process.poll() is None:
        if any(home.glob(pattern)):
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.002)
    return False


def content(home: Path) -> Content:
    """All rows of the published copy without what tells when they were written."""
    location = Settings(home=home).location
    tables = {}
    for table in CONTENT:
        result = query_published(location, f'SELECT * FROM "{table}"')
        keep = [index for index, name in enumerate(result.columns) if name not in BOOKKEEPING]
        tables[table] = sorted((tuple(row[index] for index in keep) for row in result.rows), key=repr)
    return tables


def copy_home(home: Path, folder: Path) -> Path:
    """A home as another left it, in a folder of its own."""
    return shutil.copytree(home, folder, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Enough versions for two batches; texts change and some are not UTF-8."""
    folder = tmp_path_factory.mktemp("kill") / "kill-history"
    texts: list[str | bytes] = []
    for number in range(VERSIONS // 2):
        text = TERMS.replace("12 %", f"{12 + number // 60} %")
        texts.append(text.encode("latin-1") if number % 100 == 7 else text)
    return str(write_dataset(folder, {"Bazar d'Essai": texts, "Halle Inventée": texts}))


@pytest.fixture(scope="module")
def imported(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose import was never killed. To be copied: a home is a folder, and names no path outside it."""
    home = tmp_path_factory.mktemp("imported")
    finish(home, "import", source)
    return home


@pytest.fixture(scope="module")
def whole(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Content of a warehouse whose processes were never killed."""
    home = copy_home(imported, tmp_path_factory.mktemp("whole"))
    finish(home, "detect")
    return content(home)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("data/staging/*/00000", ("import",)),
        ("data/staging/*/00001/failures.json", ("import",)),
        ("warehouse.duckdb.wal", ("import",)),
        ("*.published.duckdb*", ("import",)),
        ("data/staging/detect*/00000", ("detect",)),
        ("data/staging/detect*/00001", ("detect",)),
    ],
    ids=["staging", "validation", "promotion", "publication", "fold", "promotion of the fold"],
)
def test_killed_and_run_again_gives_the_same_content(
    pattern: str, words: tuple[str, ...], source: str, imported: Path, whole: Content, tmp_path: Path
) -> None:
    if words[0] == "detect":
        copy_home(imported, tmp_path)
    killed = kill_when(tmp_path, pattern, *words, *([source] if words[0] == "import" else []))
    assert killed, f"the command ended before {pattern} was seen"
    if words[0] == "import":
        finish(tmp_path, "import", source)
    finish(tmp_path, "detect")
    assert content(tmp_path) == whole
    assert len(whole["observation"]) == VERSIONS


@pytest.fixture(scope="module")
def site() -> Iterator[ReplaySite]:
    with serve_site() as running:
        yield running


@pytest.fixture(scope="module")
def watched(site: ReplaySite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has seen the first round, to be copied, and a site where one page changed since."""
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


@pytest.mark.slow
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
