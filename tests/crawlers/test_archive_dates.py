"""The moment of a record: of the answer, or the one that a replayed archive states."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crawlers.crawl import crawl
from tests.crawlers.archive_entries import list_entries, list_files
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site

BAZAR = "https://bazar.example"


def test_a_replayed_past_dates_the_records(site: Site, tmp_path: Path) -> None:
    site.memento = "Mon, 03 Feb 2025 06:00:00 GMT"
    pages = [f"{BAZAR}/etag/cgv", f"{BAZAR}/status/404", "https://ferme.example/cgv", f"{BAZAR}/reset"]
    site.robots["ferme.example"] = "User-agent: *\nDisallow: /\n"
    job_file = write_job(tmp_path, pages, site.url)
    crawl(job_file)
    then = datetime.fromisoformat("2025-02-03T06:00:00+00:00")
    # Also where there was no answer: the round is one of that day.
    assert {fetch.observed_at for fetch in fetches(job_file).values()} == {then}
    dated = [entry for entry in list_entries(list_files(tmp_path / "data")) if entry.address]
    assert {entry.headers["WARC-Date"] for entry in dated} == {"2025-02-03T06:00:00.000000Z"}
    assert all(fetch.started_at > then for fetch in fetches(job_file).values())


def test_a_live_site_does_not_date_its_own_answers(site: Site, tmp_path: Path) -> None:
    site.memento = "Mon, 03 Feb 2025 06:00:00 GMT"
    address = site.url.removesuffix("/replay")
    job_file = write_job(tmp_path, [f"{address}/etag/cgv"], private_hosts=("127.0.0.1",))
    crawl(job_file)
    (fetch,) = fetches(job_file).values()
    assert fetch.observed_at >= fetch.started_at
    page = [entry for entry in list_entries(list_files(tmp_path / "data")) if entry.kind == "response"][-1]
    assert page.headers["WARC-IP-Address"] == "127.0.0.1"
