"""Rounds of `watch_seller_policies` in a real Airflow, over a site on loopback: names, colours, counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.dags.finished_run import FinishedRun, run_to_the_end
from tests.pipeline.invented_platforms import BAZAR, page
from tests.pipeline.replay_site import Answer, ReplaySite
from warehouse.query_published import query_published

pytestmark = pytest.mark.slow
LOADED = {"load.stage": ["success"], "load.validate": ["success"], "load.promote": ["success"]}
NOTHING_TO_CONFIRM = {
    "wait": ["skipped"],
    "confirm": ["skipped"],
    "load_confirmation.stage": ["skipped"],
    "load_confirmation.validate": ["skipped"],
    "load_confirmation.promote": ["skipped"],
}


def go_round(tmp_path: Path, *platforms: str) -> FinishedRun:
    """One round of the platforms chosen in the form, or of all."""
    return run_to_the_end("watch_seller_policies", tmp_path, {"platforms": list(platforms) or None})


def break_crawl(home: Settings, platform: str) -> None:
    """Put a file where the platform's WARC files should lie: its crawl cannot keep a byte."""
    place = home.data_folder / "warc" / platform
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()


def test_one_platform_whose_crawl_breaks_down_does_not_stop_the_others(
    home: Settings, tmp_path: Path
) -> None:
    break_crawl(home, "halle")
    done = go_round(tmp_path)
    assert done.state == "success"
    assert done.tasks == {
        "plan": ["success"],
        "crawl": ["success", "failed"],
        "any_crawled": ["success"],
        **LOADED,
        "plan_confirmation": ["success"],
        **NOTHING_TO_CONFIRM,
        "publish": ["success"],
    }
    assert done.names == {"crawl": ["Bazar d'Essai - 1 document", "Halle Inventée - 1 document"]}
    assert done.told["load"]["fetches"] == {"fetched": 1}
    assert done.told["confirmation"] is None
    found = query_published(
        home.location, "SELECT service FROM document WHERE document_id IN (SELECT document_id FROM text_body)"
    )
    assert found.rows == (("Bazar d'Essai",),)


def test_one_platform_chosen_in_the_form_is_watched_alone_and_its_change_is_fetched_again(
    home: Settings, site: ReplaySite, tmp_path: Path
) -> None:
    first = go_round(tmp_path, "bazar")
    assert first.state == "success"
    assert first.tasks["crawl"] == ["success"]
    assert {request.address for request in site.page_requests()} == {BAZAR}

    site.at += timedelta(days=7)
    site.pages[BAZAR] = Answer(page(notice="15 jours"))
    site.requests.clear()
    second = go_round(tmp_path, "bazar")
    assert second.state == "success"
    assert {state for states in second.tasks.values() for state in states} == {"success"}
    assert second.names["crawl"] == ["Bazar d'Essai - 1 document"]
    assert second.names["confirm"] == ["Bazar d'Essai - 1 document to confirm"]
    assert len(site.page_requests()) == 2
    assert second.told["load"]["fetches"] == second.told["confirmation"]["fetches"] == {"fetched": 1}


def test_a_round_without_a_single_crawl_is_red_though_it_was_published(
    home: Settings, tmp_path: Path
) -> None:
    break_crawl(home, "bazar")
    done = go_round(tmp_path, "bazar")
    assert done.state == "failed"
    assert done.tasks["crawl"] == ["failed"]
    assert done.tasks["any_crawled"] == ["upstream_failed"]
    assert done.tasks["load.promote"] == done.tasks["publish"] == ["success"]


def test_a_round_that_cannot_be_planned_is_red_and_tells_nobody(home: Settings, tmp_path: Path) -> None:
    done = go_round(tmp_path, "nowhere")
    assert done.state == "failed"
    assert done.tasks.pop("plan") == ["failed"]
    assert {state for states in done.tasks.values() for state in states} == {"upstream_failed"}
    assert done.told == {}


def test_the_wait_is_deferred_only_while_its_moment_is_far(airflow_home: Path) -> None:
    from airflow.sdk.exceptions import AirflowSkipException, TaskDeferred

    from dags._round_tasks import FAR_SECONDS, WaitUntil

    def wait_until(moment: datetime | None) -> None:
        WaitUntil(task_id="wait", target_time=moment.isoformat() if moment else "").execute({})

    now = datetime.now(UTC)
    with pytest.raises(AirflowSkipException):
        wait_until(None)
    wait_until(now - timedelta(hours=1))
    wait_until(now + timedelta(seconds=0.2))
    assert datetime.now(UTC) >= now + timedelta(seconds=0.2)
    far = now + timedelta(seconds=FAR_SECONDS + 60)
    with pytest.raises(TaskDeferred) as deferred:
        wait_until(far)
    assert deferred.value.trigger.moment == far
