"""How a crawl behaves towards a site: one request at a time, with pauses, by its name, and never more than needed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from crawlers.crawl import crawl
from tests.crawlers.sample_jobs import USER_AGENT, fetches, known_from, write_job
from tests.crawlers.scenarios import DRIP_SECONDS, ScenarioHandler
from tests.crawlers.served_site import Hit, Site
from tests.crawlers.site_server import DATED, serve_sites

BAZAR = "https://bazar.example"
# The server notes a request when it comes to it, which on a busy machine is a while after it was sent.
BUSY_SECONDS = 0.25


def pauses(hits: list[Hit]) -> list[float]:
    """Seconds from the start of one request to the start of the next."""
    return [later.began - earlier.began for earlier, later in pairwise(hits)]


def test_requests_to_one_host_come_one_at_a_time_and_with_the_delay(site: Site, tmp_path: Path) -> None:
    pages = [f"{BAZAR}/etag/{number}" for number in range(4)]
    crawl(write_job(tmp_path, [*pages, f"{BAZAR}/to?/etag/5"], site.url, delay=0.5))
    assert [hit.address for hit in site.hits] == [
        f"{BAZAR}/robots.txt",
        *pages,
        f"{BAZAR}/to?/etag/5",
        f"{BAZAR}/etag/5",
    ]
    assert site.hits[-1].began - site.hits[0].began >= 6 * 0.5 - BUSY_SECONDS
    assert min(pauses(site.hits)) >= 0.5 - BUSY_SECONDS
    assert site.most_open == {"bazar.example": 1}


def test_requests_never_overlap_even_without_a_delay(site: Site, tmp_path: Path) -> None:
    hosts = ("bazar.example", "www.bazar.example")
    crawl(write_job(tmp_path, [f"https://{host}/etag/{n}" for n in range(8) for host in hosts], site.url))
    assert len(site.hits) == 18
    assert all(later.began >= earlier.ended for earlier, later in pairwise(site.hits))


def test_the_pages_of_a_document_are_fetched_in_order(site: Site, tmp_path: Path) -> None:
    parts = [f"{BAZAR}/partie/{number}" for number in range(3)]
    job_file = write_job(tmp_path, [parts, f"{BAZAR}/frais"], site.url)
    crawl(job_file)
    assert [hit.address for hit in site.pages()] == [*parts, f"{BAZAR}/frais"]
    assert [fetches(job_file)[part].page for part in parts] == [0, 1, 2]


def test_an_unchanged_page_costs_robots_txt_and_one_conditional_request(site: Site, tmp_path: Path) -> None:
    pages = [f"{BAZAR}/etag/cgv", f"{BAZAR}/dated/frais"]
    first = write_job(tmp_path, pages, site.url, run_id="first")
    crawl(first)
    assert not [
        hit for hit in site.hits if "if-none-match" in hit.headers or "if-modified-since" in hit.headers
    ]
    site.hits.clear()
    known = fetches(first)
    second = write_job(tmp_path, pages, site.url, run_id="second", known=known_from(known.values()))
    assert crawl(second).outcomes == {"not_modified": 2}
    robots, by_tag, by_date = site.hits
    assert robots.address == f"{BAZAR}/robots.txt"
    assert by_tag.headers["if-none-match"] == known[pages[0]].etag != ""
    assert "if-modified-since" not in by_tag.headers
    assert by_date.headers["if-modified-since"] == DATED
    assert "if-none-match" not in by_date.headers


def test_a_changed_page_is_fetched_although_it_was_asked_for_conditionally(
    site: Site, tmp_path: Path
) -> None:
    page = f"{BAZAR}/etag/cgv"
    first = write_job(tmp_path, [page], site.url, run_id="first")
    crawl(first)
    site.texts[page] = "Conditions de vente, nouvelle version."
    second = write_job(tmp_path, [page], site.url, run_id="second", known=known_from(fetches(first).values()))
    assert crawl(second).outcomes == {"fetched": 1}
    assert fetches(second)[page].snapshot_hash != fetches(first)[page].snapshot_hash
    assert "if-none-match" in site.pages()[-1].headers


def test_a_page_whose_bytes_are_lost_is_fetched_in_full(site: Site, tmp_path: Path) -> None:
    page = f"{BAZAR}/etag/cgv"
    first = write_job(tmp_path, [page], site.url, run_id="first")
    crawl(first)
    known = fetches(first)[page]
    (tmp_path / "data" / str(known.snapshot_file)).unlink()
    second = write_job(tmp_path, [page], site.url, run_id="second", known=known_from([known]))
    assert crawl(second).outcomes == {"fetched": 1}
    assert "if-none-match" not in site.pages()[-1].headers
    assert fetches(second)[page].snapshot_record_id == fetches(second)[page].warc_record_id


def test_a_validator_is_shown_only_to_the_address_that_gave_it(site: Site, tmp_path: Path) -> None:
    page, target = f"{BAZAR}/to?/dated/cgv", f"{BAZAR}/dated/cgv"
    first = write_job(tmp_path, [page, target], site.url, run_id="first")
    crawl(first)
    site.hits.clear()
    # The platform leads to another page now, as old as the first: it would be taken for unchanged.
    known = known_from([fetches(first)[page]])
    moved = f"{BAZAR}/to?/dated/autre"
    second = write_job(tmp_path, [[moved, target]], site.url, run_id="second", known=known)
    assert crawl(second).outcomes == {"fetched": 1, "not_modified": 1}
    by_address = {hit.address: hit.headers for hit in site.pages()}
    assert "if-modified-since" not in by_address[moved]
    assert "if-modified-since" not in by_address[f"{BAZAR}/dated/autre"]
    assert by_address[target]["if-modified-since"] == DATED


def test_we_say_who_we_are_and_which_language_we_read(site: Site, tmp_path: Path) -> None:
    crawl(write_job(tmp_path, [f"{BAZAR}/etag/cgv"], site.url))
    robots, page = site.hits
    assert robots.headers["user-agent"] == page.headers["user-agent"] == USER_AGENT
    assert page.headers["accept-language"].startswith("fr")
    assert "accept-language" not in robots.headers
    assert page.headers["accept-encoding"] == "gzip, deflate"
    assert "referer" not in page.headers


def test_cookies_stay_within_a_document(site: Site, tmp_path: Path) -> None:
    mine, other = f"{BAZAR}/cookie/cgv", f"{BAZAR}/etag/frais"
    crawl(write_job(tmp_path, [[mine, f"{BAZAR}/etag/suite"], other], site.url))
    sent = [(hit.address, hit.headers.get("cookie")) for hit in site.hits]
    assert sent == [
        (f"{BAZAR}/robots.txt", None),
        (mine, None),
        (mine, "seen=cgv"),
        (f"{BAZAR}/etag/suite", "seen=cgv"),
        (other, None),
    ]


def test_a_host_that_answers_slowly_is_asked_less_often(tmp_path: Path) -> None:
    with serve_sites(handler=ScenarioHandler) as slow:
        address = slow.url.removesuffix("/replay")
        pages = [f"{address}/late/{n}" for n in range(3)]
        crawl(write_job(tmp_path, pages, delay=0.01, private_hosts=("127.0.0.1",)))
        assert min(pauses(slow.pages())) >= 2 * DRIP_SECONDS - 0.02


def test_a_crawl_delay_is_not_kept_when_an_archive_is_replayed(site: Site, tmp_path: Path) -> None:
    site.robots["bazar.example"] = "User-agent: *\nCrawl-delay: 30\n"
    # Would take a minute and a half, beyond the patience of this test.
    crawl(write_job(tmp_path, [f"{BAZAR}/etag/{n}" for n in range(3)], site.url))
    assert len(site.hits) == 4


def test_a_longer_delay_that_a_site_asks_for_is_kept(site: Site, tmp_path: Path) -> None:
    address = site.url.removesuffix("/replay")
    site.robots[address.removeprefix("http://")] = "User-agent: Vigie\nCrawl-delay: 0.6\n"
    pages = [f"{address}/etag/{n}" for n in range(3)]
    crawl(write_job(tmp_path, pages, delay=0.1, private_hosts=("127.0.0.1",)))
    assert len(site.hits) == 4
    assert site.hits[-1].began - site.hits[0].began >= 3 * 0.6 - BUSY_SECONDS
    assert min(pauses(site.hits)) >= 0.6 - BUSY_SECONDS
