"""Which snapshot of an address gives the validators: the one seen last, whenever its bytes were first fetched."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawlers.job import KnownSnapshot, read_job
from crawlers.known_snapshots import KnownSnapshots
from tests.crawlers.sample_jobs import write_job

PAGE = "https://bazar.example/vendre/conditions"


def snapshot(etag: str, fetched_on: int) -> KnownSnapshot:
    return KnownSnapshot(
        url=PAGE,
        snapshot_hash=etag,
        etag=etag,
        warc_file="warc/pages.warc.gz",
        warc_offset=0,
        warc_record_id=f"<urn:uuid:{etag}>",
        fetched_at=datetime(2026, 3, fetched_on, 6, tzinfo=UTC),
    )


def test_bytes_that_came_back_are_the_newest_though_others_were_fetched_after_them(tmp_path: Path) -> None:
    # As the planner lists them: seen on the 9th again, after what was shown on the 9th only once.
    known = [snapshot("of-the-2nd", 2), snapshot("of-the-9th", 9)]
    job = read_job(write_job(tmp_path, [PAGE], known=known))
    archive = job.data_folder / "warc" / "pages.warc.gz"
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.touch()
    newest = KnownSnapshots(job).newest(PAGE)
    assert newest is not None
    assert newest.etag == "of-the-2nd"
