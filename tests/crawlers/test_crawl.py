"""Starting a crawl and judging it by what it wrote."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import filelock
import psutil
import pytest
from pydantic import ValidationError

from crawlers import run_spider
from crawlers.crawl import ROOT, CrawlFailed, crawl, report_crawl
from crawlers.job import lock_file, log_file, manifest_file
from tests.crawlers.archive_entries import assert_sound, list_entries, list_files
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site
from tests.crawlers.test_resume import wait_until

BAZAR = "https://bazar.example"


def test_a_crawl_that_cannot_keep_evidence_fails_with_the_end_of_its_log(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1", f"{BAZAR}/etag/2"], site.url)
    (tmp_path / "data" / "warc").write_text("not a folder")
    with pytest.raises(CrawlFailed, match="2 pages without a fetch: Document 1, page 1") as caught:
        crawl(job_file)
    assert "not recorded" in str(caught.value)
    assert str(log_file(job_file)) in str(caught.value)
    assert report_crawl(job_file).finish_reason == "recording_failed"
    # Nothing was asked for beyond what could not be kept.
    assert [hit.address for hit in site.hits] == [f"{BAZAR}/robots.txt"]


def test_a_failure_before_the_crawl_is_told_too(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1"], site.url)
    manifest_file(job_file).write_text("not a fetch\n")
    with pytest.raises(ValueError, match=r"bazar\.manifest\.jsonl:1: not a fetch"):
        crawl(job_file)
    assert "not a fetch" in log_file(job_file).read_text(encoding="utf-8")
    assert site.hits == []


def test_a_file_that_is_no_job_is_refused_before_anything_starts(tmp_path: Path) -> None:
    job_file = tmp_path / "bazar.job.json"
    job_file.write_text('{"platform_id": "bazar"}')
    with pytest.raises(ValidationError, match="run_id"):
        crawl(job_file)
    assert list(tmp_path.iterdir()) == [job_file]


def test_before_its_crawl_every_page_of_a_job_is_missing(tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [[f"{BAZAR}/1", f"{BAZAR}/2"], f"{BAZAR}/3"])
    report = report_crawl(job_file)
    assert [page.url for page in report.missing] == [f"{BAZAR}/1", f"{BAZAR}/2", f"{BAZAR}/3"]
    assert (report.outcomes, report.transient, report.finish_reason) == ({}, (), "")


def test_a_second_process_on_the_same_job_is_turned_away(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1"], site.url)
    monkeypatch.setattr(run_spider, "_LOCK_SECONDS", 0.1)
    with filelock.FileLock(lock_file(job_file)), pytest.raises(filelock.Timeout):
        run_spider.run_spider(job_file)
    assert site.hits == []


def test_crawls_at_the_same_time_keep_their_files_apart(site: Site, tmp_path: Path) -> None:
    jobs = [
        write_job(
            tmp_path, [f"{BAZAR}/etag/{name}", f"{BAZAR}/plain"], site.url, run_id=run, platform_id=name
        )
        # The last two names begin alike.
        for run, name in (("first", "bazar"), ("second", "bazar"), ("second", "bazar-pro"))
    ]
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(crawl, jobs))
    assert [report.outcomes for report in reports] == [{"fetched": 2}] * 3
    files = list_files(tmp_path / "data")
    assert [path.name for path in files] == [
        "first-bazar-00001.warc.gz",
        "second-bazar-00001.warc.gz",
        "second-bazar-pro-00001.warc.gz",
    ]
    assert_sound(files)
    for job_file, path in zip(jobs, files, strict=True):
        recorded = {entry.address for entry in list_entries([path]) if entry.kind == "response"}
        assert recorded == {*fetches(job_file), f"{BAZAR}/robots.txt"}
        assert {fetch.warc_file for fetch in fetches(job_file).values()} == {f"warc/{path.name}"}


def test_a_crawl_does_not_outlive_the_task_that_waits_for_it(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/slow", f"{BAZAR}/etag/1"], site.url, timeout=1.0)
    # Tests started in the background of a shell inherit that interrupts are ignored; the task of a worker does not.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from pathlib import Path; "
        "from crawlers.crawl import crawl; crawl(Path(sys.argv[1]))"
    )
    task = subprocess.Popen(
        [sys.executable, "-c", code, str(job_file)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    wait_until(lambda: bool(site.asked(f"{BAZAR}/slow")))
    (spider,) = psutil.Process(task.pid).children()
    task.send_signal(signal.SIGINT)
    _, errors = task.communicate()
    assert "KeyboardInterrupt" in errors
    assert not spider.is_running()
    assert not site.asked(f"{BAZAR}/etag/1")


def test_the_crawl_never_imports_airflow(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/etag/1"], site.url)
    code = (
        "import sys; from pathlib import Path; from crawlers.run_spider import run_spider\n"
        "run_spider(Path(sys.argv[1])); print(sorted(m for m in sys.modules if m.split('.')[0] == 'airflow'))\n"
        "print('scrapy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(job_file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"]
