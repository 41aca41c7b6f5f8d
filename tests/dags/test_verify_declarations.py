"""`verify_declarations` in a real Airflow, over a site on loopback: names, colours, what the data team is told."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.settings import Settings
from tests.dags.finished_run import run_to_the_end
from tests.pipeline.invented_platforms import BAZAR, page
from tests.pipeline.replay_site import Answer, ReplaySite

pytestmark = pytest.mark.slow
NAMES = ["Bazar d'Essai - 1 document", "Halle Inventée - 1 document"]


def test_what_rots_is_reported_and_the_run_stays_green(
    home: Settings, site: ReplaySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages[BAZAR] = Answer(page().replace("<main>", "<section>"))
    done = run_to_the_end("verify_declarations", tmp_path, {})
    assert done.state == "success"
    assert done.tasks == {
        "plan_checks": ["success"],
        "check": ["success", "success"],
        "report": ["success"],
    }
    assert done.names == {"check": NAMES}
    assert done.told["levels"] == {"broken": 1, "ok": 1}
    assert done.told["rotten"] == ["bazar/seller_terms"]
    faults = {row["document_id"]: row["faults"] for row in pq.read_table(done.told["rows"]).to_pylist()}
    assert faults == {"bazar/seller_terms": ["select"], "halle/seller_terms": []}
    assert "bazar/seller_terms" in Path(done.told["page"]).read_text(encoding="utf-8")
    assert 'select "main" fits nothing in the page' in capsys.readouterr().out
    assert not Path(str(home.location.published_path)).exists()


def break_check(home: Settings, monkeypatch: pytest.MonkeyPatch, *platforms: str) -> None:
    """Let the crawls of some platforms break down: a folder lies where the log should be."""
    from pipeline import check_jobs

    def open_folder(settings: Settings, run_id: str) -> Path:
        folder = original(settings, run_id)
        for platform in platforms:
            (folder / "first" / f"{platform}.manifest.jsonl").mkdir(parents=True, exist_ok=True)
        return folder

    original = check_jobs.check_folder
    monkeypatch.setattr(check_jobs, "check_folder", open_folder)


def test_one_platform_whose_crawl_breaks_down_does_not_stop_the_others(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_check(home, monkeypatch, "halle")
    done = run_to_the_end("verify_declarations", tmp_path, {})
    assert done.tasks["check"] == ["success", "failed"]
    assert done.tasks["report"] == ["success"]
    assert (done.told["levels"], done.told["failed"]) == ({"ok": 1, "broken": 1}, ["halle"])


def test_a_run_without_a_single_check_is_red(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_check(home, monkeypatch, "bazar")
    done = run_to_the_end("verify_declarations", tmp_path, {"platforms": ["bazar"]})
    assert done.state == "failed"
    assert done.tasks["report"] == ["upstream_failed"]
    assert done.told == {}
