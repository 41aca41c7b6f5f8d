"""Pages that are nothing without their scripts, by a real Chromium: what is taken of them, and what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.crawl import crawl
from crawlers.find_browser import find_browser
from crawlers.job import log_file, stats_file
from crawlers.manifest import FetchRecord
from crawlers.read_warc import read_snapshot
from tests.crawlers.rendered_jobs import BAZAR, rendered, write_rendered_job
from tests.crawlers.rendered_pages import PAGES, ROBOTS, RULES
from tests.crawlers.rendered_site import ARTICLES, Answer, RenderedSite, serve_rendered
from tests.crawlers.sample_jobs import USER_AGENT, fetches, known_from

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_browser(""), reason="no Chromium on PATH: run `make setup-browser`"),
]


@dataclass
class Round:
    site: RenderedSite
    folder: Path
    job_file: Path
    fetches: dict[str, FetchRecord]

    def fetch(self, path: str) -> FetchRecord:
        return self.fetches[BAZAR + path]

    def text(self, path: str) -> str:
        fetch = self.fetch(path)
        body, content_type = read_snapshot(
            self.folder / "data", str(fetch.snapshot_file), int(fetch.snapshot_offset or 0)
        )
        assert content_type == "text/html; charset=utf-8"
        assert sha256(body).hexdigest() == fetch.snapshot_hash
        return body.decode()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("rendered")
    with serve_rendered() as site:
        site.answers = {BAZAR + path: answer for path, answer in PAGES.items()}
        site.answers |= {
            f"{BAZAR}/robots.txt": Answer(ROBOTS, "text/plain"),
            f"{BAZAR}/api": Answer(ARTICLES, headers={"Set-Cookie": "vu=1; Path=/"}),
            f"{BAZAR}/query": Answer(ARTICLES),
            f"{BAZAR}/plain": Answer(f"<html><body><div id=policy>{ARTICLES}</div></body></html>"),
        }
        paths = [*PAGES, "/app#/rule/detail?id=1", "/app#/rule/detail?id=2"]
        declarations = [
            rendered(BAZAR + path, **RULES.get(path, {})) for path in paths if path not in ("/app", "/moved")
        ]
        declarations.append(
            {"combine": [rendered(f"{BAZAR}/part1?1"), {"fetch": f"{BAZAR}/plain", "select": "#policy"}]}
        )
        site.answers[f"{BAZAR}/part1?1"] = PAGES["/part1"]
        job_file = write_rendered_job(folder, declarations, site.url)
        crawl(job_file)
        yield Round(site, folder, job_file, fetches(job_file))


def test_every_page_leads_to_its_outcome(done: Round) -> None:
    found = {url.removeprefix(BAZAR): fetch.outcome for url, fetch in done.fetches.items()}
    assert found == {
        **dict.fromkeys(found, "fetched"),
        "/wall-standing": "consent_only",
        "/never": "not_rendered",
        "/restless": "not_rendered",
        "/huge": "too_large",
        "/away": "left_allowed_hosts",
        "/forbidden": "robots_forbidden",
    }


def test_a_page_that_fills_late_is_taken_filled(done: Round) -> None:
    assert ARTICLES in done.text("/spa")
    assert done.fetch("/spa").rendered
    assert done.fetch("/spa").render_ms > 1500


def test_a_page_that_renders_its_text_twice_is_taken_when_it_is_done(done: Round) -> None:
    assert done.text("/twice").split("<script>")[0].count("Article 7<") == 1


def test_an_endless_list_is_scrolled_once(done: Round) -> None:
    assert "Lot 2" in done.text("/endless")
    assert "Lot 5" not in done.text("/endless")


def test_a_consent_wall_is_clicked_away_and_said(done: Round) -> None:
    assert ARTICLES in done.text("/wall")
    assert 'id="mur"' not in done.text("/wall")
    assert "#accepter clicked away" in done.fetch("/wall").reason


def test_consent_that_the_server_wants_is_carried_to_the_next_request(done: Round) -> None:
    assert ARTICLES in done.text("/wall-of-server")
    cookies = [hit.get("cookie") for hit in done.site.asked(f"{BAZAR}/wall-of-server")]
    assert cookies == [None, "consent=1"]


def test_a_wall_that_stands_leaves_its_picture_as_evidence_and_no_snapshot(done: Round) -> None:
    fetch = done.fetch("/wall-standing")
    assert fetch.snapshot_hash is None
    body, _ = read_snapshot(done.folder / "data", str(fetch.warc_file), int(fetch.warc_offset or 0))
    assert "Tout accepter" in body.decode()


def test_hash_routes_are_documents_of_their_own(done: Round) -> None:
    one, two = (done.text(f"/app#/rule/detail?id={number}") for number in (1, 2))
    assert "<h1>#/rule/detail?id=1</h1>" in one
    assert "<h1>#/rule/detail?id=2</h1>" in two
    assert done.fetch("/app#/rule/detail?id=1").final_url == f"{BAZAR}/app#/rule/detail?id=1"


def test_the_browser_says_who_it_is(done: Round) -> None:
    assert f"fr {USER_AGENT}" in done.text("/app#/rule/detail?id=1")
    for _, address, headers in done.site.hits:
        assert headers["user-agent"] == USER_AGENT, address
        assert not [name for name in headers if name.startswith("sec-ch-")]
        assert "robots.txt" in address or headers["accept-language"] == "fr, *;q=0.1"


def test_a_page_is_not_followed_off_the_platform_or_where_robots_forbid(done: Round) -> None:
    assert "ailleurs.example" in done.fetch("/away").reason
    assert not [address for _, address, _ in done.site.hits if "ailleurs" in address or "prive" in address]
    assert done.fetch("/moves").final_url == f"{BAZAR}/moved"


def test_what_adds_no_text_is_not_asked_for(done: Round) -> None:
    asked = {address.removeprefix(BAZAR) for _, address, _ in done.site.hits}
    assert not asked & {"/image.png", "/beacon", "/events", "/worker.js", "/popup", "/favicon.ico"}


def test_the_reasons_say_what_was_waited_for(done: Round) -> None:
    assert done.fetch("/never").reason == '"#policy" did not appear within 8 seconds'
    assert "still changed" in done.fetch("/restless").reason
    assert "1000000 bytes" in done.fetch("/huge").reason


def test_a_page_of_several_is_rendered_and_the_other_is_not(done: Round) -> None:
    assert done.fetch("/part1?1").rendered
    assert not done.fetch("/plain").rendered
    assert ARTICLES in done.text("/part1?1")


def test_the_moment_is_the_one_that_the_replay_states(done: Round) -> None:
    assert {fetch.observed_at.isoformat() for fetch in done.fetches.values()} == {"2025-02-03T06:00:00+00:00"}


def test_one_browser_serves_the_whole_crawl(done: Round) -> None:
    stats = json.loads(stats_file(done.job_file).read_bytes())
    assert stats["playwright/browser_count"] == 1
    assert stats["playwright/page_count/max_concurrent"] == 1
    assert "Traceback" not in log_file(done.job_file).read_text()


def test_the_archive_is_sound_and_says_what_a_dom_was_made_from(done: Round) -> None:
    (archive,) = (done.folder / "data").rglob("*.warc.gz")
    checker = [sys.executable, "-m", "warcio.cli", "check", str(archive)]
    checked = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    with archive.open("rb") as file:
        headers = [record.rec_headers for record in ArchiveIterator(file)]
    types = {header.get_header("WARC-Record-ID"): header.get_header("WARC-Type") for header in headers}
    doms = [header for header in headers if header.get_header("WARC-Type") == "conversion"]
    assert {types[header.get_header("WARC-Refers-To")] for header in doms} <= {"response", "revisit"}
    assert f"{BAZAR}/app#/rule/detail?id=2" in [header.get_header("WARC-Target-URI") for header in doms]
    pages = [header.get_header("WARC-Target-URI") for header in headers]
    assert f"{BAZAR}/api" not in pages
    assert not [page for page in pages if page and "127.0.0.1" in page]


def test_the_same_dom_again_is_a_revisit(done: Round, tmp_path: Path) -> None:
    known = known_from(done.fetches.values())
    # A validator of the shell says nothing of what its scripts show.
    known = [snapshot.model_copy(update={"etag": '"shell"'}) for snapshot in known]
    job_file = write_rendered_job(
        tmp_path, [rendered(f"{BAZAR}/spa")], done.site.url, known,
        data_folder=done.folder / "data", warc_folder=done.folder / "data" / "warc", run_id="next",
    )  # fmt: skip
    crawl(job_file)
    fetch, earlier = fetches(job_file)[f"{BAZAR}/spa"], done.fetch("/spa")
    assert (fetch.outcome, fetch.snapshot_hash) == ("fetched", earlier.snapshot_hash)
    assert (fetch.snapshot_file, fetch.snapshot_offset) == (earlier.snapshot_file, earlier.snapshot_offset)
    assert "if-none-match" not in done.site.asked(f"{BAZAR}/spa")[-1]
    archive = done.folder / "data" / str(fetch.warc_file)
    with archive.open("rb") as file:
        file.seek(int(fetch.warc_offset or 0))
        revisit = next(iter(ArchiveIterator(file))).rec_headers
    assert revisit.get_header("WARC-Type") == "revisit"
    assert revisit.get_header("WARC-Refers-To") == earlier.snapshot_record_id
    checker = [sys.executable, "-m", "warcio.cli", "check", str(archive)]
    assert subprocess.run(checker, capture_output=True, check=False).returncode == 0
