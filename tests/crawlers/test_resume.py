"""A crawl that was killed or met a passing failure is taken up where it stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.crawl import ROOT, crawl
from crawlers.job import manifest_file, stats_file
from crawlers.manifest import read_manifest
from tests.crawlers.archive_entries import assert_sound, list_entries, list_files
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site

BAZAR = "https://bazar.example"
PAGES = [f"{BAZAR}/etag/{number}" for number in range(3)] + [f"{BAZAR}/slow"] + [f"{BAZAR}/etag/9"]
PATIENCE_SECONDS = 30


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def start(job_file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "crawlers.run_spider", str(job_file)], cwd=ROOT)


def kill_when(job_file: Path, holds: Callable[[], bool]) -> None:
    process = start(job_file)
    try:
        wait_until(holds)
    finally:
        process.kill()
        assert process.wait() == -signal.SIGKILL


def snapshots(job_file: Path) -> set[tuple[str, str | None]]:
    return {(fetch.url, fetch.snapshot_hash) for fetch in fetches(job_file).values()}


def test_a_killed_crawl_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path / "killed", PAGES, site.url)
    data = tmp_path / "killed" / "data"
    kill_when(job_file, lambda: bool(site.asked(f"{BAZAR}/slow")))
    assert [record.url for record in read_manifest(manifest_file(job_file))] == PAGES[:3]
    assert not stats_file(job_file).exists()
    # As if it had been killed while writing: half a record, half a line.
    (archive,) = list_files(data)
    complete = archive.read_bytes()
    last_record = complete[list_entries([archive])[-1].offset :]
    archive.write_bytes(complete + last_record[: len(last_record) // 2])
    with manifest_file(job_file).open("ab") as manifest:
        manifest.write(b'{"document_id": 4, "pa')

    site.released.set()
    report = crawl(job_file)
    assert report.outcomes == {"fetched": 5}
    assert report.finish_reason == "finished"
    asked = Counter(hit.address for hit in site.pages())
    assert asked == {**dict.fromkeys(PAGES, 1), f"{BAZAR}/slow": 2}
    assert [record.url for record in read_manifest(manifest_file(job_file))] == PAGES
    files = list_files(data)
    assert [path.name[-len("00001.warc.gz") :] for path in files] == ["00001.warc.gz", "00002.warc.gz"]
    assert files[0].read_bytes() == complete
    assert_sound(files)

    whole = write_job(tmp_path / "whole", PAGES, site.url)
    crawl(whole)
    assert snapshots(whole) == snapshots(job_file)


@pytest.mark.parametrize("requests", [2, 4])
def test_a_crawl_may_be_killed_at_any_moment(site: Site, tmp_path: Path, requests: int) -> None:
    pages = [f"{BAZAR}/etag/{number}" for number in range(6)]
    job_file = write_job(tmp_path, pages, site.url, delay=0.05)
    kill_when(job_file, lambda: len(site.hits) >= requests)
    complete = {record.url for record in read_manifest(manifest_file(job_file))}
    assert crawl(job_file).outcomes == {"fetched": 6}
    assert all(len(site.asked(page)) == 1 for page in complete)
    assert all(len(site.asked(page)) <= 2 for page in pages)
    assert_sound(list_files(tmp_path / "data"))
    records = {entry.headers["WARC-Record-ID"] for entry in list_entries(list_files(tmp_path / "data"))}
    assert {fetch.snapshot_record_id for fetch in fetches(job_file).values()} <= records


def test_what_was_kept_before_the_kill_is_not_kept_again(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1#a", f"{BAZAR}/slow", f"{BAZAR}/etag/1#b"], site.url)
    kill_when(job_file, lambda: bool(site.asked(f"{BAZAR}/slow")))
    site.released.set()
    crawl(job_file)
    found = fetches(job_file)
    first, again = found[f"{BAZAR}/etag/1#a"], found[f"{BAZAR}/etag/1#b"]
    assert again.snapshot_record_id == first.snapshot_record_id
    assert again.warc_file != first.warc_file


def test_passing_failures_are_tried_again_and_answers_are_not(site: Site, tmp_path: Path) -> None:
    site.robots["presse.example"] = 503
    answers = [f"{BAZAR}/etag/1", f"{BAZAR}/status/404", f"{BAZAR}/status/403"]
    passing = [f"{BAZAR}/status/429", f"{BAZAR}/status/500", f"{BAZAR}/reset", "https://presse.example/cgv"]
    job_file = write_job(tmp_path, [*answers, *passing], site.url)
    report = crawl(job_file)
    assert {fetch.url for fetch in report.transient} == set(passing)
    site.hits.clear()
    site.robots.clear()
    report = crawl(job_file)
    assert {hit.address for hit in site.pages()} == set(passing)
    assert report.outcomes["fetched"] == 2
    assert {url: fetch.attempt for url, fetch in fetches(job_file).items()} == {
        **dict.fromkeys(answers, 1),
        **dict.fromkeys(passing, 2),
    }
    assert len(read_manifest(manifest_file(job_file))) == len(answers) + 2 * len(passing)


def test_a_crawl_that_is_done_asks_for_nothing(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1"], site.url)
    crawl(job_file)
    site.hits.clear()
    assert crawl(job_file).finish_reason == "finished"
    assert site.hits == []
    assert len(list_files(tmp_path / "data")) == 1
