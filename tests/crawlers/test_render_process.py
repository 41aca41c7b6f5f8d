"""The browser as a process: only when needed, gone when the crawl is, and its death costs one page."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from crawlers.crawl import ROOT, crawl
from crawlers.find_browser import find_browser
from crawlers.job import log_file, manifest_file, stats_file
from crawlers.manifest import read_manifest
from tests.crawlers.rendered_jobs import BAZAR, browsers_of, rendered, write_rendered_job
from tests.crawlers.rendered_site import ARTICLES, Answer, RenderedSite, serve_rendered, shell
from tests.crawlers.sample_jobs import fetches

needs_browser = pytest.mark.skipif(
    not find_browser(""), reason="no Chromium on PATH: run `make setup-browser`"
)
PATIENCE = 60


@pytest.fixture
def site() -> Iterator[RenderedSite]:
    with serve_rendered() as serving:
        serving.answers[f"{BAZAR}/plain"] = Answer(
            f"<html><body><div id=policy>{ARTICLES}</div></body></html>"
        )
        serving.answers[f"{BAZAR}/waits"] = shell("setTimeout(() => fetch('/opened'), 1500)", "<main></main>")
        serving.answers[f"{BAZAR}/page"] = shell("0", f"<div id=policy>{ARTICLES}</div>")
        yield serving


def await_that(seen: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def start(job_file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "crawlers.run_spider", str(job_file)], cwd=ROOT)


def await_rendering(process: subprocess.Popen[bytes], site: RenderedSite) -> list[psutil.Process]:
    """The browser's processes once the page that waits is open in it."""
    await_that(lambda: site.asked(f"{BAZAR}/opened"))
    return browsers_of(process.pid)


def await_end(browsers: list[psutil.Process]) -> None:
    """Until none of them runs; one that is dead may wait for its adoptive parent to take note."""
    assert browsers
    await_that(lambda: all(is_dead(browser) for browser in browsers))


def is_dead(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def cmdline(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def test_a_job_without_such_pages_starts_no_browser_and_does_not_even_load_it(
    site: RenderedSite, tmp_path: Path
) -> None:
    page = {"fetch": f"{BAZAR}/plain", "select": "#policy", "executeClientScripts": False}
    job_file = write_rendered_job(tmp_path, [page], site.url)
    loaded = subprocess.run(
        [
            sys.executable, "-c",
            "import sys, pathlib; from crawlers.run_spider import run_spider;"
            f"run_spider(pathlib.Path({str(job_file)!r}));"
            "print(sorted(name for name in sys.modules if 'playwright' in name))",
        ],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "[]"
    assert fetches(job_file)[f"{BAZAR}/plain"].outcome == "fetched"
    assert "playwright" not in log_file(job_file).read_text()


def test_without_a_browser_the_reason_says_how_to_get_one(site: RenderedSite, tmp_path: Path) -> None:
    job_file = write_rendered_job(
        tmp_path,
        [rendered(f"{BAZAR}/page"), {"fetch": f"{BAZAR}/plain", "select": "#policy"}],
        site.url,
        chromium="/opt/keiner/chromium",
    )
    crawl(job_file)
    found = fetches(job_file)
    missing = found[f"{BAZAR}/page"]
    assert (missing.outcome, missing.rendered, missing.snapshot_hash) == ("not_rendered", False, None)
    assert "/opt/keiner/chromium" in missing.reason
    assert "make setup-browser" in missing.reason
    assert found[f"{BAZAR}/plain"].outcome == "fetched"


@needs_browser
@pytest.mark.slow
def test_a_browser_that_dies_costs_one_page(site: RenderedSite, tmp_path: Path) -> None:
    job_file = write_rendered_job(
        tmp_path, [rendered(f"{BAZAR}/waits"), rendered(f"{BAZAR}/page")], site.url, timeout=30.0
    )
    process = start(job_file)
    for browser in await_rendering(process, site):
        if "--type=" not in cmdline(browser) and "remote-debugging" in cmdline(browser):
            browser.kill()
    assert process.wait(PATIENCE * 2) == 0
    found = fetches(job_file)
    assert found[f"{BAZAR}/waits"].outcome == "not_rendered"
    assert "the browser failed" in found[f"{BAZAR}/waits"].reason
    assert found[f"{BAZAR}/page"].outcome == "fetched"
    assert json.loads(stats_file(job_file).read_bytes())["playwright/browser_count"] == 2


@needs_browser
@pytest.mark.slow
def test_a_script_without_an_end_costs_one_page(site: RenderedSite, tmp_path: Path) -> None:
    site.answers[f"{BAZAR}/spins"] = shell("setTimeout(() => { while (true); }, 300)", "<main></main>")
    job_file = write_rendered_job(
        tmp_path, [rendered(f"{BAZAR}/spins"), rendered(f"{BAZAR}/page")], site.url, timeout=5.0
    )
    process = start(job_file)
    await_that(lambda: site.asked(f"{BAZAR}/page"))
    browsers = browsers_of(process.pid)
    assert process.wait(PATIENCE) == 0
    found = fetches(job_file)
    assert found[f"{BAZAR}/spins"].outcome == "not_rendered"
    assert "did not come to an end" in found[f"{BAZAR}/spins"].reason
    assert found[f"{BAZAR}/page"].outcome == "fetched"
    await_end(browsers)


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_browser_is_left_when_the_crawl_is_ended(
    how: signal.Signals, site: RenderedSite, tmp_path: Path
) -> None:
    job_file = write_rendered_job(tmp_path, [rendered(f"{BAZAR}/waits")], site.url, timeout=60.0)
    process = start(job_file)
    browsers = await_rendering(process, site)
    began = time.monotonic()
    os.kill(process.pid, how)
    process.wait(PATIENCE)
    # Long before the page would have been given up.
    assert time.monotonic() - began < 30
    await_end(browsers)
    # Nothing is said of the page: the next process asks for it again.
    assert read_manifest(manifest_file(job_file)) == []


@needs_browser
@pytest.mark.slow
def test_a_stopped_crawl_is_taken_up_again(site: RenderedSite, tmp_path: Path) -> None:
    job_file = write_rendered_job(
        tmp_path, [rendered(f"{BAZAR}/page"), rendered(f"{BAZAR}/waits")], site.url, timeout=30.0
    )
    process = start(job_file)
    await_that(lambda: len(site.asked(f"{BAZAR}/waits")) == 1)
    process.terminate()
    process.wait(PATIENCE)
    site.answers[f"{BAZAR}/waits"] = site.answers[f"{BAZAR}/page"]
    report = crawl(job_file)
    assert report.outcomes == {"fetched": 2}
    assert len(site.asked(f"{BAZAR}/page")) == 1
