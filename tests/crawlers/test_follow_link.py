"""From a hub page to the document it links to."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.crawl import crawl
from crawlers.read_page import find_link
from tests.crawlers.archive_entries import list_entries, list_files
from tests.crawlers.sample_jobs import fetches, known_from, write_job
from tests.crawlers.scenarios import ScenarioHandler
from tests.crawlers.site_server import serve_sites
from transforms.extraction_rules import ExtractionError

BAZAR = "https://bazar.example"
HUB = f"{BAZAR}/hub?/etag/cgv"
RULES = {HUB: {"follow_link": "a.cgv"}}


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ('<a class="cgv" href="/cgv.pdf">CGV</a>', f"{BAZAR}/cgv.pdf"),
        ('<a class="cgv" href="cgv.pdf?v=2#page=3">CGV</a>', f"{BAZAR}/aide/cgv.pdf?v=2#page=3"),
        ('<a class="cgv" href=" https://cdn.example/x.pdf ">CGV</a>', "https://cdn.example/x.pdf"),
        ('<base href="/docs/"><a class="cgv" href="cgv.pdf">CGV</a>', f"{BAZAR}/docs/cgv.pdf"),
        ('<a class="cgv">sans</a><a class="cgv" href="/b">b</a><a class="cgv" href="/c">c</a>', f"{BAZAR}/b"),
        ('<iframe class="cgv" src="/lecteur"></iframe>', f"{BAZAR}/lecteur"),
        ('<object class="cgv" data="/cgv.pdf"></object>', f"{BAZAR}/cgv.pdf"),
        ('<a class="autre" href="/x">x</a>', None),
        ('<a class="cgv" href="">vide</a>', None),
    ],
)
def test_the_first_element_with_a_link_is_taken(page: str, target: str | None) -> None:
    assert find_link(page.encode(), ".cgv", f"{BAZAR}/aide/vendre") == target


def test_a_selector_that_is_no_css_is_named() -> None:
    with pytest.raises(ExtractionError, match="is not valid CSS"):
        find_link(b"<p>x</p>", "a[", BAZAR)


def test_hub_and_document_are_each_asked_with_their_own_validators(tmp_path: Path) -> None:
    with serve_sites(handler=ScenarioHandler) as site:
        # The first job sees the hub as a page of its own too: only so is it known afterwards.
        first = write_job(tmp_path, [HUB, f"{HUB}#hub"], site.url, run_id="first", declared=RULES)
        crawl(first)
        known = known_from(fetches(first).values())
        assert {snapshot.url for snapshot in known} == {HUB, f"{BAZAR}/etag/cgv"}
        site.hits.clear()
        changes = {"run_id": "second", "declared": RULES}
        second = write_job(tmp_path, [[HUB]], site.url, **changes, known=())
        text = second.read_text(encoding="utf-8")
        listed = ",".join(snapshot.model_dump_json() for snapshot in known)
        second.write_text(text.replace('"known":[]', f'"known":[{listed}]'), encoding="utf-8")
        assert crawl(second).outcomes == {"not_modified": 1}
        hub, document = site.pages()
    assert hub.headers["if-none-match"] == '"hub"'
    (etag,) = (snapshot.etag for snapshot in known if snapshot.url != HUB)
    assert document.headers["if-none-match"] == etag != '"hub"'
    fetch = fetches(second)[HUB]
    assert (fetch.final_url, fetch.http_status) == (f"{BAZAR}/etag/cgv", 304)
    revisits = [entry for entry in list_entries(list_files(tmp_path / "data")) if entry.kind == "revisit"]
    assert [entry.address for entry in revisits][-2:] == [HUB, f"{BAZAR}/etag/cgv"]
