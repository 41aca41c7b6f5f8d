"""Crawl a job in a process of its own, and judge it by what it wrote.

A process of its own because Scrapy's reactor cannot be started twice; judged by manifest and stats because Scrapy
ends with 0 even when every request failed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crawlers.job import log_file, manifest_file, read_job, stats_file
from crawlers.manifest import TRANSIENT, FetchRecord, latest_fetches, read_manifest
from crawlers.pages import Page, list_pages

ROOT = Path(__file__).resolve().parent.parent
_LOG_LINES = 20
_PATIENCE_SECONDS = 10


class CrawlFailed(RuntimeError):
    """A crawl that ended before every page had its fetch; the message ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What is known of a job after its crawl.

    `outcomes` counts the last fetch of each page, `missing` are pages without a fetch, `transient` the last fetches
    that are worth another try. `finish_reason` is Scrapy's, "finished" for a crawl that came to its end and "" for one
    that was killed.
    """

    outcomes: Counter[str]
    missing: tuple[Page, ...]
    transient: tuple[FetchRecord, ...]
    finish_reason: str


def crawl(job_file: Path) -> CrawlReport:
    """Crawl what is left of a job. Called again, it fetches only pages without a fetch and transient failures.

    Raises:
        CrawlFailed: pages are left without a fetch. pydantic.ValidationError, OSError: the job cannot be read.
    """
    read_job(job_file)
    _run(job_file)
    report = report_crawl(job_file)
    if report.missing:
        raise CrawlFailed(_describe(job_file, report))
    return report


def report_crawl(job_file: Path) -> CrawlReport:
    """What the files of a job say of it, whether or not it was crawled to its end."""
    pages = list_pages(read_job(job_file))
    latest = latest_fetches(read_manifest(manifest_file(job_file)))
    fetches = [latest[page.key] for page in pages if page.key in latest]
    return CrawlReport(
        outcomes=Counter(fetch.outcome for fetch in fetches),
        missing=tuple(page for page in pages if page.key not in latest),
        transient=tuple(fetch for fetch in fetches if fetch.outcome in TRANSIENT),
        finish_reason=_finish_reason(stats_file(job_file)),
    )


def _run(job_file: Path) -> None:
    command = [sys.executable, "-m", "crawlers.run_spider", str(job_file.resolve())]
    # What goes wrong before Scrapy has its log goes there too.
    with log_file(job_file).open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            process.wait()
        except BaseException:
            # The task is being stopped: a crawl that nobody waits for must not go on.
            process.terminate()
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            raise


def _finish_reason(path: Path) -> str:
    if not path.is_file():
        return ""
    return str(json.loads(path.read_bytes()).get("finish_reason", ""))


def _describe(job_file: Path, report: CrawlReport) -> str:
    lines = log_file(job_file).read_text(encoding="utf-8", errors="replace").splitlines()
    missing = "; ".join(str(page) for page in report.missing)
    return "\n".join(
        [
            f"{job_file.name}: {len(report.missing)} pages without a fetch: {missing}",
            f"Last lines of {log_file(job_file)}:",
            *lines[-_LOG_LINES:],
        ]
    )
