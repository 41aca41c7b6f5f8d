"""What a crawl leaves in its WARC files, as other tools read them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.crawl import crawl
from crawlers.manifest import FetchRecord
from crawlers.read_warc import read_snapshot
from tests.crawlers.archive_entries import Entry, assert_sound, list_entries, list_files, run_warcio
from tests.crawlers.sample_jobs import USER_AGENT, fetches, known_from, write_job
from tests.crawlers.served_site import Site
from tests.crawlers.site_server import ENCODERS, serve_sites

BAZAR = "https://bazar.example"
REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
PAGES = [
    f"{BAZAR}/etag/cgv",
    f"{BAZAR}/plain/frais#tableau",
    f"{BAZAR}/packed/gzip",
    f"{BAZAR}/packed/deflate",
    f"{BAZAR}/to?/plain/retours",
    f"{BAZAR}/status/404",
    f"{BAZAR}/challenge/403",
    f"{BAZAR}/slow",
]


def entry_of(entries: list[Entry], record_id: str | None) -> Entry:
    return next(entry for entry in entries if entry.headers["WARC-Record-ID"] == record_id)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve_sites() as serving:
        yield serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def answered(site: Site) -> list[str]:
    """The addresses that were asked for and answered in the first round; filled by it."""
    return []


@pytest.fixture(scope="module")
def job_file(site: Site, folder: Path, answered: list[str]) -> Path:
    path = write_job(folder, PAGES, site.url, timeout=1.5, run_id="first")
    crawl(path)
    answered += [hit.address for hit in site.hits if "/slow" not in hit.address]
    return path


@pytest.fixture(scope="module")
def entries(job_file: Path, folder: Path) -> list[Entry]:
    return list_entries(path for path in list_files(folder / "data") if path.name.startswith("first"))


def test_the_file_passes_the_check_of_the_library(job_file: Path, folder: Path) -> None:
    assert_sound(list_files(folder / "data"))


def test_every_exchange_is_recorded_with_its_request(entries: list[Entry], answered: list[str]) -> None:
    responses = [entry for entry in entries if entry.kind == "response"]
    requests = [entry for entry in entries if entry.kind == "request"]
    assert Counter(entry.address for entry in responses) == Counter(answered)
    assert Counter(entry.address for entry in requests) == Counter(answered)
    for response, request in zip(responses, requests, strict=True):
        assert request.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
        assert request.headers["WARC-Date"] == response.headers["WARC-Date"]
        assert request.http_headers["Host"] == "bazar.example"
        assert request.http_headers["User-Agent"] == USER_AGENT
        assert "Transfer-Encoding" not in response.http_headers
        assert response.http_headers["Content-Length"] == str(len(response.raw))


def test_the_file_begins_with_who_made_it(entries: list[Entry]) -> None:
    first = entries[0]
    assert first.kind == "warcinfo"
    assert b"robots: classic" in first.raw
    assert USER_AGENT.encode() in first.raw
    assert b"software: Vigie/" in first.raw
    assert [entry.kind for entry in entries].count("warcinfo") == 1


def test_the_archive_gives_the_bytes_of_the_snapshot(
    job_file: Path, entries: list[Entry], site: Site, folder: Path
) -> None:
    found = [fetch for fetch in fetches(job_file).values() if fetch.outcome == "fetched"]
    assert len(found) == 5
    for fetch in found:
        assert fetch.snapshot_file is not None and fetch.snapshot_offset is not None
        body, content_type = read_snapshot(folder / "data", fetch.snapshot_file, fetch.snapshot_offset)
        assert body == site.text_of(fetch.final_url)
        assert hashlib.sha256(body).hexdigest() == fetch.snapshot_hash
        assert (len(body), content_type) == (fetch.byte_count, "text/html; charset=utf-8")
        entry = entry_of(entries, fetch.snapshot_record_id)
        assert (entry.offset, entry.address) == (fetch.snapshot_offset, fetch.final_url)
        assert entry.headers["WARC-Payload-Digest"] == fetch.payload_digest
        assert f"sha256:{hashlib.sha256(entry.raw).hexdigest()}" == fetch.payload_digest
        assert datetime.fromisoformat(entry.headers["WARC-Date"]) == fetch.observed_at


@pytest.mark.parametrize("page", [f"{BAZAR}/etag/cgv", f"{BAZAR}/packed/gzip"])
def test_the_library_extracts_a_page(job_file: Path, site: Site, folder: Path, page: str) -> None:
    fetch = fetches(job_file)[page]
    assert fetch.warc_file is not None
    done = run_warcio("extract", "--payload", folder / "data" / fetch.warc_file, fetch.warc_offset)
    assert done.stdout == site.text_of(page)


def test_a_page_is_kept_as_transferred_and_read_back_decoded(site: Site, tmp_path: Path) -> None:
    pages = {f"{BAZAR}/packed/{encoding}": encoding for encoding in ENCODERS}
    job_file = write_job(tmp_path, pages, site.url)
    crawl(job_file)
    entries = list_entries(list_files(tmp_path / "data"))
    for page, encoding in pages.items():
        fetch = fetches(job_file)[page]
        entry = entry_of(entries, fetch.snapshot_record_id)
        assert entry.raw == ENCODERS[encoding](site.text_of(page))
        assert entry.http_headers["Content-Encoding"] == encoding
        assert fetch.snapshot_file is not None and fetch.snapshot_offset is not None
        body, _ = read_snapshot(tmp_path / "data", fetch.snapshot_file, fetch.snapshot_offset)
        assert body == site.text_of(page)


def test_addresses_are_the_original_ones_without_fragment(entries: list[Entry], site: Site) -> None:
    addresses = {entry.address for entry in entries if entry.address}
    assert f"{BAZAR}/plain/frais" in addresses
    assert all(address.startswith(BAZAR) and "#" not in address for address in addresses)
    assert not any(site.url in str(entry.http_headers) for entry in entries)


@pytest.fixture(scope="module")
def unchanged(job_file: Path, site: Site, folder: Path) -> tuple[dict[str, FetchRecord], list[Entry]]:
    """A second round in which nothing changed, and its archive."""
    known = known_from(fetches(job_file).values())
    # One page before a redirect, one that knows no validators, one that does.
    second = write_job(folder, PAGES[:4], site.url, known=known, run_id="second")
    crawl(second)
    files = [path for path in list_files(folder / "data") if path.name.startswith("second")]
    assert_sound(files)
    return fetches(second), list_entries(files)


def test_an_answer_304_is_a_revisit_by_word_of_the_server(
    job_file: Path, unchanged: tuple[dict[str, FetchRecord], list[Entry]]
) -> None:
    now, entries = unchanged
    fetch, before = now[PAGES[0]], fetches(job_file)[PAGES[0]]
    entry = entry_of(entries, fetch.warc_record_id)
    assert (entry.kind, entry.status, entry.raw) == ("revisit", "304", b"")
    assert entry.headers["WARC-Profile"] == REVISIT + "server-not-modified"
    assert entry.headers["WARC-Refers-To"] == before.warc_record_id
    assert datetime.fromisoformat(entry.headers["WARC-Refers-To-Date"]) == before.observed_at


def test_the_same_bytes_again_are_a_revisit_and_not_kept_twice(
    job_file: Path, unchanged: tuple[dict[str, FetchRecord], list[Entry]], folder: Path
) -> None:
    now, entries = unchanged
    first = fetches(job_file)
    for page in PAGES[1:4]:
        entry = entry_of(entries, now[page].warc_record_id)
        assert (entry.kind, entry.status, entry.raw) == ("revisit", "200", b"")
        assert entry.headers["WARC-Profile"] == REVISIT + "identical-payload-digest"
        assert entry.headers["WARC-Refers-To"] == first[page].warc_record_id
        assert entry.headers["WARC-Refers-To-Target-URI"] == page.partition("#")[0]
        assert entry.headers["WARC-Payload-Digest"] == first[page].payload_digest
        assert now[page].outcome == "fetched"
        assert now[page].snapshot_record_id == first[page].snapshot_record_id
        file, offset = now[page].snapshot_file, now[page].snapshot_offset
        assert file is not None and offset is not None
        body, _ = read_snapshot(folder / "data", file, offset)
        assert hashlib.sha256(body).hexdigest() == now[page].snapshot_hash


def test_the_same_bytes_within_a_crawl_are_kept_once(site: Site, tmp_path: Path) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/plain/cgv#{n}" for n in range(3)], site.url)
    crawl(job_file)
    kinds = Counter(entry.kind for entry in list_entries(list_files(tmp_path / "data")))
    assert (kinds["response"], kinds["revisit"]) == (2, 2)  # robots.txt is the other response
    assert len({fetch.snapshot_record_id for fetch in fetches(job_file).values()}) == 1
