"""One platform's crawl as a step: run it, judge it by what it wrote, ask for another try while that may help."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from crawlers.crawl import crawl


class CrawlUnfinished(RuntimeError):
    """Some pages gave no answer yet; another try later fetches only those."""


def crawl_platform(job_file: Path, *, is_last_try: bool = True) -> Counter[str]:
    """Crawl what a job asks for; returns the number of pages by outcome.

    Raises:
        crawlers.crawl.CrawlFailed: the crawl ended before every page had an outcome; its log is quoted.
        CrawlUnfinished: pages are out of reach for now and this is not the last try.
    """
    report = crawl(job_file)
    if report.transient and not is_last_try:
        raise CrawlUnfinished(f"to be tried again: {'; '.join(map(str, report.transient))}")
    return report.outcomes
