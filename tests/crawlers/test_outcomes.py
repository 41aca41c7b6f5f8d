"""Every outcome of the closed list, from pages that behave that way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.crawl import CrawlReport, crawl
from crawlers.manifest import GOT_BYTES, OUTCOMES, TRANSIENT, FetchRecord
from tests.crawlers.sample_jobs import fetches, known_from, write_job
from tests.crawlers.scenarios import ScenarioHandler
from tests.crawlers.served_site import Site
from tests.crawlers.site_server import serve_sites

BAZAR = "https://bazar.example"
ROBOTS: dict[str, str | int] = {
    "forbids-all.example": "User-agent: *\nDisallow: /vendre\n",
    "forbids-us.example": "User-agent: *\nAllow: /\n\nUser-agent: vigie\nDisallow: /\n",
    "forbids-others.example": "User-agent: *\nDisallow: /panier\n\nUser-agent: Autrebot\nDisallow: /\n",
    "robots-401.example": 401,
    "robots-403.example": 403,
    "robots-404.example": 404,
    "robots-410.example": 410,
    "robots-418.example": 418,
    "robots-429.example": 429,
    "robots-500.example": 500,
    "robots-slow.example": "slow",
    "robots-reset.example": "reset",
    "robots-elsewhere.example": "to https://forbids-all.example/robots.txt",
    "robots-loop.example": "to /robots.txt",
    "robots-nowhere.example": "to http://[",
}
# Address -> outcome, and a part of the reason.
EXPECTED = {
    f"{BAZAR}/vendre/conditions": ("fetched", "bazar.example answered 200 OK"),
    f"{BAZAR}/vendre/conditions#frais": ("fetched", "200 OK"),
    f"{BAZAR}/packed/gzip": ("fetched", "200 OK"),
    f"{BAZAR}/packed/deflate": ("fetched", "200 OK"),
    f"{BAZAR}/packed/br": ("fetched", "200 OK"),
    f"{BAZAR}/packed/zstd": ("fetched", "200 OK"),
    f"{BAZAR}/cookie/un": ("fetched", "200 OK"),
    f"{BAZAR}/to?/vendre/frais": ("fetched", "200 OK"),
    f"{BAZAR}/to?https://www.bazar.example/vendre": ("fetched", "www.bazar.example answered 200"),
    f"{BAZAR}/copy-to?{BAZAR}/vendre/retours": ("fetched", "200 OK"),
    f"{BAZAR}/status/404": ("gone", "bazar.example answered 404 Not Found"),
    f"{BAZAR}/status/410": ("gone", "410 Gone"),
    f"{BAZAR}/status/401": ("refused", "401 Unauthorized"),
    f"{BAZAR}/status/403": ("refused", "403 Forbidden"),
    f"{BAZAR}/status/406": ("refused", "406 Not Acceptable"),
    f"{BAZAR}/status/451": ("refused", "451"),
    f"{BAZAR}/status/429": ("busy", "429 Too Many Requests"),
    f"{BAZAR}/status/500": ("server_error", "500"),
    f"{BAZAR}/status/503": ("server_error", "503 Service Unavailable"),
    f"{BAZAR}/status/400": ("unexpected_answer", "400 Bad Request"),
    f"{BAZAR}/status/206": ("unexpected_answer", "part of the page"),
    f"{BAZAR}/status/302": ("unexpected_answer", "302 Found"),
    f"{BAZAR}/to?http://[": ("unexpected_answer", "bazar.example redirects to what is no address"),
    f"{BAZAR}/empty": ("unexpected_answer", "without a body"),
    f"{BAZAR}/error-page": ("unexpected_answer", "Page introuvable"),
    f"{BAZAR}/garbled": ("unexpected_answer", "not gzip"),
    f"{BAZAR}/challenge/200": ("challenged", '200 OK with a challenge page that says "Verify you are human"'),
    f"{BAZAR}/challenge/403": ("challenged", "403 Forbidden with a challenge page"),
    f"{BAZAR}/challenge/429": ("challenged", "429 Too Many Requests with a challenge page"),
    f"{BAZAR}/challenge/503": ("challenged", "503 Service Unavailable with a challenge page"),
    f"{BAZAR}/html/200/login": ("login_required", '200 OK with a login page that says "Connexion"'),
    f"{BAZAR}/html/200/shell": ("script_required", "200 OK with a page that needs JavaScript"),
    f"{BAZAR}/html/200/consent": ("consent_only", "200 OK with nothing but a request for consent"),
    f"{BAZAR}/no-link": ("link_missing", 'bazar.example: nothing with an address fits follow_link "a.cgv"'),
    f"{BAZAR}/huge": ("too_large", "more than 1000000 bytes"),
    f"{BAZAR}/bomb": ("too_large", "unpacks to more than 1000000 bytes"),
    f"{BAZAR}/loop": ("redirect_loop", "bazar.example redirects more than 5 times"),
    f"{BAZAR}/to?https://bazar-officiel.example/vendre": (
        "left_allowed_hosts",
        "bazar.example redirects to bazar-officiel.example",
    ),
    "https://faux-bazar.example/vendre": ("left_allowed_hosts", "the page lies on faux-bazar.example"),
    f"{BAZAR}/slow": ("unreachable", "bazar.example did not answer within 1.5 seconds"),
    f"{BAZAR}/reset": ("unreachable", "the connection to bazar.example failed"),
    f"{BAZAR}/half": ("unreachable", "broke its answer off"),
    "https://forbids-all.example/vendre/cgv": (
        "robots_forbidden",
        'https://forbids-all.example/robots.txt forbids it by "Disallow: /vendre"',
    ),
    "https://forbids-all.example/aide": ("fetched", "200 OK"),
    "https://forbids-us.example/vendre": ("robots_forbidden", 'by "Disallow: /"'),
    "https://forbids-others.example/vendre": ("fetched", "200 OK"),
    "https://robots-401.example/vendre": ("robots_forbidden", "robots.txt answered 401 Unauthorized"),
    "https://robots-403.example/vendre": ("robots_forbidden", "robots.txt answered 403 Forbidden"),
    "https://robots-404.example/vendre": ("fetched", "200 OK"),
    "https://robots-410.example/vendre": ("fetched", "200 OK"),
    "https://robots-418.example/vendre": ("fetched", "200 OK"),
    "https://robots-429.example/vendre": ("robots_unreachable", "robots.txt answered 429 Too Many Requests"),
    "https://robots-500.example/vendre": ("robots_unreachable", "500 Internal Server Error"),
    "https://robots-slow.example/vendre": ("robots_unreachable", "did not answer within 1.5 seconds"),
    "https://robots-reset.example/vendre": ("robots_unreachable", "the connection to robots-reset.example"),
    "https://robots-elsewhere.example/vendre": (
        "robots_forbidden",
        "https://robots-elsewhere.example/robots.txt",
    ),
    "https://robots-loop.example/vendre": ("fetched", "200 OK"),
    "https://robots-nowhere.example/vendre": ("robots_unreachable", "cannot be read"),
    f"{BAZAR}/etag/a": ("not_modified", "304 Not Modified"),
    f"{BAZAR}/dated/b": ("not_modified", "304 Not Modified"),
}
# These need a crawl that is not replayed, or a browser.
ELSEWHERE = {"private_address": "test_public_address.py", "not_rendered": "test_render_process.py"}
NOT_OURS = ("bazar-officiel.example", "faux-bazar.example")


@dataclass
class Round:
    site: Site
    report: CrawlReport
    fetches: dict[str, FetchRecord]
    earlier: dict[str, FetchRecord]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    """A round over every page, after one that saw two of them."""
    folder = tmp_path_factory.mktemp("outcomes")
    with serve_sites(handler=ScenarioHandler) as site:
        site.robots = ROBOTS
        seen = write_job(folder, [f"{BAZAR}/etag/a", f"{BAZAR}/dated/b"], site.url, run_id="earlier")
        crawl(seen)
        earlier = fetches(seen)
        site.hits.clear()
        hosts = {url.split("/")[2] for url in EXPECTED} | {"www.bazar.example"}
        job_file = write_job(
            folder,
            EXPECTED,
            site.url,
            known=known_from(earlier.values()),
            declared={f"{BAZAR}/no-link": {"follow_link": "a.cgv"}},
            timeout=1.5,
            allowed_hosts=tuple(sorted(hosts - set(NOT_OURS))),
        )
        report = crawl(job_file)
        yield Round(site, report, fetches(job_file), earlier)


@pytest.mark.parametrize("url", EXPECTED)
def test_a_page_has_the_outcome_of_its_behaviour(done: Round, url: str) -> None:
    outcome, reason = EXPECTED[url]
    fetch = done.fetches[url]
    assert fetch.outcome == outcome, fetch.reason
    assert reason in fetch.reason
    assert len(fetch.reason) < 200


def test_every_outcome_of_the_list_is_covered() -> None:
    assert {outcome for outcome, _ in EXPECTED.values()} | ELSEWHERE.keys() == set(OUTCOMES)
    for outcome, file in ELSEWHERE.items():
        assert f'"{outcome}"' in Path(__file__).with_name(file).read_text(encoding="utf-8")


def test_the_report_counts_the_outcomes_and_names_what_is_worth_another_try(done: Round) -> None:
    outcomes = [outcome for outcome, _ in EXPECTED.values()]
    assert done.report.outcomes == {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
    assert done.report.missing == ()
    assert {fetch.url for fetch in done.report.transient} == {
        url for url, (outcome, _) in EXPECTED.items() if outcome in TRANSIENT
    }
    assert done.report.finish_reason == "finished"


def test_no_request_reaches_a_host_that_is_not_allowed(done: Round) -> None:
    assert not [hit for hit in done.site.hits if hit.host in NOT_OURS]


def test_a_page_that_robots_txt_keeps_us_from_is_never_asked_for(done: Round) -> None:
    kept_from = [url for url, (outcome, _) in EXPECTED.items() if outcome.startswith("robots_")]
    assert len(kept_from) > 5
    assert not [hit for hit in done.site.hits if hit.address in kept_from]


def test_each_robots_txt_is_asked_for_once(done: Round) -> None:
    asked = [hit.address for hit in done.site.hits if hit.is_robots]
    # The one that is led elsewhere asks there again, the one in a circle stops after five redirects.
    once = [address for address in asked if "forbids-all" not in address and "robots-loop" not in address]
    assert len(once) == len(set(once))
    assert asked.count("https://bazar.example/robots.txt") == 1
    assert asked.count("https://robots-loop.example/robots.txt") == 6


def test_only_fetched_pages_have_a_snapshot_and_every_answer_its_record(done: Round) -> None:
    for fetch in done.fetches.values():
        assert (fetch.snapshot_hash is not None) == (fetch.outcome in GOT_BYTES), fetch.url
        assert (fetch.snapshot_file is None) == (fetch.snapshot_hash is None)
        assert (fetch.warc_file is not None) == (fetch.http_status is not None), fetch.url
        assert fetch.attempt == 1


def test_an_unchanged_page_keeps_the_snapshot_of_the_earlier_round(done: Round) -> None:
    for url in (f"{BAZAR}/etag/a", f"{BAZAR}/dated/b"):
        now, before = done.fetches[url], done.earlier[url]
        assert now.http_status == 304
        assert now.snapshot_hash == before.snapshot_hash
        assert (now.snapshot_file, now.snapshot_offset) == (before.snapshot_file, before.snapshot_offset)
        assert now.snapshot_record_id == before.snapshot_record_id
        assert (now.etag, now.last_modified) == (before.etag, before.last_modified)
        assert (now.media_type, now.byte_count) == ("text/html", before.byte_count)
        assert now.warc_record_id not in (None, before.warc_record_id)


def test_a_redirected_page_says_where_it_ended(done: Round) -> None:
    assert done.fetches[f"{BAZAR}/to?/vendre/frais"].final_url == f"{BAZAR}/vendre/frais"
    assert done.fetches[f"{BAZAR}/copy-to?{BAZAR}/vendre/retours"].final_url == f"{BAZAR}/vendre/retours"
    away = done.fetches[f"{BAZAR}/to?https://bazar-officiel.example/vendre"]
    assert (away.http_status, away.final_url) == (302, away.url)


def test_documents_that_differ_in_the_fragment_are_each_fetched(done: Round) -> None:
    whole, part = (done.fetches[f"{BAZAR}/vendre/conditions{fragment}"] for fragment in ("", "#frais"))
    assert whole.snapshot_hash == part.snapshot_hash
    assert whole.document_id != part.document_id
    assert part.final_url == f"{BAZAR}/vendre/conditions"


def test_the_time_of_a_page_is_that_of_its_exchanges(done: Round) -> None:
    assert done.fetches[f"{BAZAR}/slow"].elapsed_ms >= 1500
    assert done.fetches["https://robots-slow.example/vendre"].elapsed_ms == 0


def test_a_folder_of_archives_belongs_to_the_data_folder(tmp_path: Path, site: Site) -> None:
    job_file = write_job(tmp_path, [f"{BAZAR}/vendre"], site.url)
    crawl(job_file)
    fetch = fetches(job_file)[f"{BAZAR}/vendre"]
    assert fetch.warc_file == "warc/scheduled__2025-02-03T06-00-00-00-00-bazar-00001.warc.gz"
    assert (tmp_path / "data" / fetch.warc_file).is_file()
