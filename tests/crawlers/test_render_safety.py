"""What a page's scripts may reach: public addresses, one request at a time, and nothing of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.crawl import crawl
from crawlers.find_browser import find_browser
from crawlers.manifest import FetchRecord
from crawlers.read_warc import read_snapshot
from tests.crawlers.rendered_jobs import BAZAR, rendered, write_rendered_job
from tests.crawlers.rendered_site import ARTICLES, Answer, RenderedSite, serve_rendered, shell
from tests.crawlers.sample_jobs import fetches

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_browser(""), reason="no Chromium on PATH: run `make setup-browser`"),
]
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture
def site() -> Iterator[RenderedSite]:
    with serve_rendered() as serving:
        yield serving


@pytest.fixture
def secret() -> Iterator[RenderedSite]:
    """A service of this machine that answers everybody."""
    with serve_rendered() as serving:
        serving.answers["/"] = Answer("SECRET", headers=OPEN_TO_ALL)
        yield serving


def render(folder: Path, site: RenderedSite, paths: list[str], **changes: object) -> dict[str, FetchRecord]:
    """Pages of a site that is named in the job, and so may lie on this machine."""
    base = f"http://localhost:{urlsplit(site.url).port}"
    job_file = write_rendered_job(
        folder,
        [rendered(base + path) for path in paths],
        allowed_hosts=("localhost",),
        private_hosts=("localhost",),
        **changes,
    )
    crawl(job_file)
    return {url.removeprefix(base): fetch for url, fetch in fetches(job_file).items()}


def test_scripts_reach_nothing_of_this_machine(
    site: RenderedSite, secret: RenderedSite, tmp_path: Path
) -> None:
    port = urlsplit(secret.url).port
    targets = [
        f"http://127.0.0.1:{port}/",
        f"http://2130706433:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"http://0.0.0.0:{port}/",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "/leads-there",
        "file:///etc/passwd",
    ]
    tries = "".join(
        f"tried.push(fetch({target!r}).then(answer => answer.text()).then(text => 'READ ' + text, () => 'refused'));"
        for target in targets
    )
    others = (
        f"new WebSocket('ws://127.0.0.1:{port}/'); open('http://127.0.0.1:{port}/?popup');"
        f"for (const tag of ['iframe', 'script']) document.body.append(Object.assign("
        f"  document.createElement(tag), {{src: 'http://127.0.0.1:{port}/?' + tag}}));"
        f"new Worker(URL.createObjectURL(new Blob(['fetch(\"http://127.0.0.1:{port}/?worker\")'])));"
    )
    site.answers["/leads-there"] = Answer("", status=302, headers={"Location": f"http://127.0.0.1:{port}/"})
    site.answers["/page"] = shell(
        f"const tried = []; {tries} {others} Promise.all(tried).then(said => {{"
        f"document.getElementById('app').innerHTML = '<div id=policy>' + said.join(' ') + '</div>' }});"
    )
    fetch = render(tmp_path, site, ["/page"])["/page"]
    assert fetch.outcome == "fetched"
    body, _ = read_snapshot(tmp_path / "data", str(fetch.snapshot_file), int(fetch.snapshot_offset or 0))
    assert " ".join(["refused"] * len(targets)) in body.decode()
    assert secret.hits == []


def test_a_page_that_moves_to_this_machine_is_not_followed(
    site: RenderedSite, secret: RenderedSite, tmp_path: Path
) -> None:
    site.answers["/page"] = shell(f"location.href = 'http://127.0.0.1:{urlsplit(secret.url).port}/'")
    assert render(tmp_path, site, ["/page"])["/page"].outcome == "left_allowed_hosts"
    assert secret.hits == []


def test_a_host_is_asked_one_thing_at_a_time_and_has_its_pause_between_pages(
    site: RenderedSite, tmp_path: Path
) -> None:
    parts = "".join(f"<script src='/part{number}.js'></script>" for number in range(6))
    for number in range(6):
        site.answers[f"/part{number}.js"] = Answer("1", "text/javascript", seconds=0.2)
    for path in ("/one", "/two"):
        site.answers[path] = shell("0", f"<div id=policy>{ARTICLES}</div>{parts}")
    found = render(tmp_path, site, ["/one", "/two"], delay=3.0)
    assert {fetch.outcome for fetch in found.values()} == {"fetched"}
    assert site.most_open == 1
    addresses = [address for _, address, _ in site.hits]
    second = addresses.index("/two")
    assert site.moments[second] - site.moments[second - 1] > 3.0


def test_what_a_page_asks_for_is_counted_and_bounded(site: RenderedSite, tmp_path: Path) -> None:
    site.answers[f"{BAZAR}/page"] = shell(
        "for (let n = 0; n < 400; n++) fetch('/part?' + n);", f"<div id=policy>{ARTICLES}</div>"
    )
    job_file = write_rendered_job(tmp_path, [rendered(f"{BAZAR}/page")], site.url, timeout=120.0)
    crawl(job_file)
    fetch = fetches(job_file)[f"{BAZAR}/page"]
    assert (fetch.outcome, len(site.hits)) == ("fetched", 2 + 300)
    assert "300 requests" in fetch.reason


def test_a_part_that_is_too_large_does_not_reach_the_browser(site: RenderedSite, tmp_path: Path) -> None:
    site.answers[f"{BAZAR}/data"] = Answer("x" * 2_000_000)
    site.answers[f"{BAZAR}/page"] = shell(
        "fetch('/data').then(() => 'read', () => 'refused').then(text => {"
        "document.getElementById('app').innerHTML = '<p id=policy>' + text + '</p>'.repeat(1) });"
    )
    job_file = write_rendered_job(tmp_path, [rendered(f"{BAZAR}/page")], site.url)
    crawl(job_file)
    fetch = fetches(job_file)[f"{BAZAR}/page"]
    body, _ = read_snapshot(tmp_path / "data", str(fetch.snapshot_file), int(fetch.snapshot_offset or 0))
    assert ">refused</p>" in body.decode()
