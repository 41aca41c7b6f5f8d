"""When a page is asked for again within a crawl, and when it is left for the next one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.crawl import crawl
from crawlers.job import RETRIES, read_job
from crawlers.manifest import OUTCOMES, TRANSIENT
from crawlers.plan_retry import MAX_RETRIES_PER_HOST, MAX_WAIT, RETRIED, plan_retry, read_retry_after
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site

BAZAR = "https://bazar.example"
NOW = datetime(2025, 2, 3, 6, tzinfo=UTC)


def waits(retries: int, backoff: float, retry_after: float | None = None) -> list[float | None]:
    return [plan_retry("busy", "", retry, retries, backoff, retry_after) for retry in range(retries + 1)]


def test_each_wait_is_twice_the_one_before_and_the_last_try_has_none() -> None:
    assert waits(3, 5.0) == [5.0, 10.0, 20.0, None]
    assert waits(0, 5.0) == [None]


def test_a_host_that_asks_for_longer_gets_it_up_to_two_minutes() -> None:
    assert waits(2, 5.0, retry_after=7.0) == [7.0, 10.0, None]
    assert plan_retry("busy", "", 0, 2, 5.0, MAX_WAIT) == MAX_WAIT
    assert plan_retry("busy", "", 0, 2, 5.0, MAX_WAIT + 1) is None


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_what_passes_is_tried_again(outcome: str) -> None:
    is_tried = plan_retry(outcome, "", 0, 2, 5.0, None) is not None  # type: ignore[arg-type]
    assert is_tried == (outcome in RETRIED)
    assert set(RETRIED) <= set(TRANSIENT)


def test_a_certificate_does_not_get_better_within_a_crawl() -> None:
    assert plan_retry("unreachable", "failed: certificate verify failed", 0, 2, 5.0, None) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 03 Feb 2025 06:01:30 GMT", 90.0),
        ("Mon, 03 Feb 2025 05:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


def test_a_replay_is_not_tried_again_unless_its_job_says_so(tmp_path: Path) -> None:
    page = [f"{BAZAR}/cgv"]
    assert read_job(write_job(tmp_path / "a", page)).allowed_retries == RETRIES == 2
    assert read_job(write_job(tmp_path / "b", page, "http://127.0.0.1:1/x")).allowed_retries == 0
    assert read_job(write_job(tmp_path / "c", page, "http://127.0.0.1:1/x", retries=1)).allowed_retries == 1
    assert read_job(write_job(tmp_path / "d", page, retries=0)).allowed_retries == 0


def test_a_host_that_is_down_does_not_hold_up_a_crawl_page_by_page(site: Site, tmp_path: Path) -> None:
    pages = [f"{BAZAR}/status/502?{number}" for number in range(8)]
    job_file = write_job(tmp_path, pages, site.url, retries=2, backoff=0.01)
    assert crawl(job_file).outcomes == {"server_error": 8}
    assert len(site.pages()) == 8 + MAX_RETRIES_PER_HOST


def test_what_is_tried_again_comes_after_all_that_was_not_tried_yet(site: Site, tmp_path: Path) -> None:
    pages = [f"{BAZAR}/status/503", f"{BAZAR}/etag/1", f"{BAZAR}/etag/2"]
    crawl(write_job(tmp_path, pages, site.url, retries=1, backoff=0.01))
    assert [hit.address for hit in site.pages()] == [*pages, pages[0]]


def test_a_crawl_taken_up_again_counts_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/status/503"], site.url, retries=1, backoff=0.01)
    crawl(job_file)
    crawl(job_file)
    assert fetches(job_file)[f"{BAZAR}/status/503"].attempt == 4
