"""Entry of the subprocess that crawls one job: `python -m crawlers.run_spider JOB_FILE`.

Started again on the same job it goes on where the last process stopped. Its exit code says nothing about the pages:
whoever started it reads manifest and stats (crawl.py).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from filelock import FileLock

from crawlers.job import Job, lock_file, manifest_file, read_job, stats_file
from crawlers.manifest import read_manifest
from crawlers.manifest_writer import ManifestWriter
from crawlers.pages import pages_left
from crawlers.resume_crawl import cut_unfinished
from crawlers.warc_archive import WarcArchive, list_archives

# How long a process that was left behind by a killed parent may still need for its page.
_LOCK_SECONDS = 30


def run_spider(job_file: Path) -> None:
    """Crawl what is left of a job and write its stats.

    Raises:
        filelock.Timeout: another process is crawling the job. pydantic.ValidationError: the file is not a job.
        ValueError: its manifest is damaged, or its WARC folder lies outside the data folder.
    """
    job = read_job(job_file)
    with FileLock(lock_file(job_file), timeout=_LOCK_SECONDS):
        stats_file(job_file).unlink(missing_ok=True)
        for path in list_archives(job):
            cut_unfinished(path)
        manifest = ManifestWriter(manifest_file(job_file))
        archive = WarcArchive(job)
        try:
            stats = _crawl(job, job_file, archive, manifest)
        finally:
            archive.close()
            manifest.close()
        _write_stats(stats_file(job_file), stats)


def _crawl(job: Job, job_file: Path, archive: WarcArchive, manifest: ManifestWriter) -> dict[str, Any]:
    records = read_manifest(manifest_file(job_file))
    pages = pages_left(job, records)
    if not pages:
        return {"finish_reason": "finished"}
    # Costs half a second, which a job that is done needs not.
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.crawl_settings import crawl_settings
    from crawlers.known_snapshots import KnownSnapshots
    from crawlers.policy_spider import PolicySpider

    process = AsyncCrawlerProcess(crawl_settings(job, job_file))
    crawler = process.create_crawler(PolicySpider)
    crawl = process.crawl(
        crawler,
        job=job,
        pages=pages,
        known=KnownSnapshots(job, records),
        archive=archive,
        manifest=manifest,
        last_moment=max((record.observed_at for record in records), default=None),
    )
    process.start()
    if crawl.done() and (error := crawl.exception()) is not None:
        raise error
    return crawler.stats.get_stats()


def _write_stats(path: Path, stats: dict[str, Any]) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(json.dumps(stats, indent=2, sort_keys=True, default=str) + "\n", encoding="utf-8")
    os.replace(unfinished, path)


if __name__ == "__main__":
    run_spider(Path(sys.argv[1]))
