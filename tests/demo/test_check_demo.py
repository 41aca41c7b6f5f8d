"""`vigie check` on the demo's platforms: green in the first round, and each fault of the second told apart."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from charter.load import load_platforms
from demo.page_archive import PageArchive
from demo.read_rounds import read_rounds
from demo.serve_pages import PageServer, serving
from pipeline.check_model import CheckedDocument
from pipeline.check_platform import check_active
from pipeline.settings import Settings
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
PLATFORMS = ROOT / "demo" / "platforms"
EMPTIED = "grenier-des-trois-minuits"
FAULTS = {
    "bourse-aux-loutres-volantes": ("broken", ("fetch",), ("robots_forbidden",)),
    "comptoir-des-escargots-vifs": ("broken", ("short",), ("fetched",)),
    "foire-aux-nuages-plats": ("warning", ("guessed",), ("fetched", "fetched")),
    "halle-aux-hiboux": ("warning", ("unstable",), ("fetched",)),
    "teapot-moon-bazaar": ("broken", ("fetch",), ("challenged",)),
    "troc-du-dernier-corbeau": ("broken", ("fetch",), ("server_error",)),
    "wobbly-pier-exchange": ("warning", ("repeated",), ("fetched",)),
}


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with serving(PageArchive(read_rounds())) as running:
        yield running


def check_all(server: PageServer, at: datetime, home: Path, platforms: list[str]) -> list[CheckedDocument]:
    """Check platforms as they stand in a round, two at a time: each is a host of its own."""
    settings = Settings(home=home, platforms=PLATFORMS, replay_url=server.replay_url(at))
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda platform: check_active(settings, platform, "check"), platforms))
    return [document for report in reports for document in report.documents]


def test_every_demo_platform_is_green_in_the_first_round(server: PageServer, tmp_path: Path) -> None:
    platforms = [platform.id for platform in load_platforms(PLATFORMS)]
    checked = check_all(server, server.archive.moments[0], tmp_path, platforms)
    assert len(checked) == 13
    assert {document.document_id: document.findings for document in checked if document.level != "ok"} == {}
    assert all(document.same_twice for document in checked)


def test_each_fault_of_the_second_round_is_told_apart(server: PageServer, tmp_path: Path) -> None:
    # What is left of this page is a cookie banner: the crawl or the extraction may be the first to say so.
    emptied = next(step for step in read_rounds().rounds[1].steps if step.document.startswith(EMPTIED))
    is_page = emptied.expect.outcome == "fetched"
    expected = FAULTS | {EMPTIED: ("broken", ("empty" if is_page else "fetch",), (emptied.expect.outcome,))}
    checked = check_all(server, server.archive.moments[1], tmp_path, list(expected))
    found = {
        document.document_id.partition("/")[0]: (
            document.level,
            document.faults,
            tuple(page.outcome for page in document.pages),
        )
        for document in checked
    }
    assert found == expected
