"""Every scenario leads to the outcome that docs/crawling.md says, in one crawl over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.crawl import crawl
from crawlers.job import manifest_file
from crawlers.manifest import FetchRecord, read_manifest
from crawlers.read_warc import read_snapshot
from tests.crawlers.archive_entries import list_entries, list_files
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.scenarios import FRENCH, Scenario, ScenarioHandler
from tests.crawlers.served_site import Site
from tests.crawlers.site_server import serve_sites

HUB = {"follow_link": "a.cgv"}
SCENARIOS: dict[str, Scenario] = {
    "late": Scenario("/late", "fetched"),
    "chunked": Scenario("/chunked", "fetched"),
    "gzip": Scenario("/packed/gzip", "fetched"),
    "brotli": Scenario("/packed/br", "fetched"),
    "zstd": Scenario("/packed/zstd", "fetched"),
    "charset-header-that-lies": Scenario("/latin", "fetched"),
    "latin-and-utf8-mixed": Scenario("/mixed", "fetched"),
    "five-redirects": Scenario("/chain/5", "fetched"),
    "six-redirects": Scenario("/chain/6", "redirect_loop"),
    "redirect-to-itself": Scenario("/loop", "redirect_loop"),
    "forbidden": Scenario("/status/403", "refused"),
    "not-acceptable": Scenario("/status/406", "refused"),
    "busy-once": Scenario("/busy/1/1", "fetched", attempts=2),
    "busy-without-a-time": Scenario("/busy/9", "busy", "429", attempts=3),
    "busy-for-an-hour": Scenario("/busy/9/3600", "busy", "429"),
    "bad-gateway-twice": Scenario("/flaky/2/502", "fetched", attempts=3),
    "bad-gateway": Scenario("/flaky/9/502", "server_error", "502", attempts=3),
    # The first one is made up for by the downloader: the connection had been kept open.
    "reset-twice": Scenario("/flaky/2/reset", "fetched", attempts=2),
    "reset": Scenario("/flaky/9/reset", "unreachable", "connection", attempts=3),
    "half-an-answer": Scenario("/half", "unreachable", "broke its answer off", attempts=3),
    "drip": Scenario("/drip", "unreachable", "did not answer within", attempts=3),
    "challenge-with-200": Scenario("/challenge/200", "challenged", "Verify you are human"),
    "challenge-with-503": Scenario("/challenge/503", "challenged"),
    "challenge-with-404": Scenario("/html/404/captcha", "challenged", "Just a moment"),
    "gone-with-traces": Scenario("/html/404/traces", "gone"),
    "gone-with-a-shell": Scenario("/html/404/shell", "gone"),
    "gone-with-a-login-form": Scenario("/html/410/login", "gone"),
    "login-wall": Scenario("/html/200/login", "login_required", "Connexion"),
    "shell": Scenario("/html/200/shell", "script_required", "enable JavaScript"),
    "consent": Scenario("/html/200/consent", "consent_only", "respectons votre vie"),
    "error-page-with-200": Scenario("/error-page", "unexpected_answer", "Page introuvable"),
    "60-megabytes": Scenario("/60mb", "too_large", "more than 1000000 bytes"),
    "endless": Scenario("/endless", "too_large", "more than 1000000 bytes"),
    "endless-headers": Scenario("/headers", "too_large", "headers"),
    "bomb-gzip": Scenario("/bomb-in/gzip", "too_large", "unpacks to more than"),
    "bomb-brotli": Scenario("/bomb-in/br", "too_large", "unpacks to more than"),
    "bomb-zstd": Scenario("/bomb-in/zstd", "too_large", "unpacks to more than"),
    "bomb-in-a-bomb": Scenario("/bomb-in-bomb", "too_large", "unpacks to more than"),
    "robots-forbids": Scenario("/cgv", "robots_forbidden", robots="User-agent: *\nDisallow: /\n"),
    "robots-forbidden": Scenario("/cgv", "robots_forbidden", robots=403),
    "robots-broken": Scenario("/cgv", "robots_unreachable", attempts=3, robots=503),
    "robots-missing": Scenario("/cgv", "fetched", robots=404),
    "language-pinned": Scenario("/language", "fetched", declared={"accept_language": "fr-FR"}),
    "cookie-pinned": Scenario("/language", "fetched", declared={"cookies": {"lang": "fr", "zone": "a b"}}),
    "session": Scenario("/session", "fetched"),
    "refresh": Scenario("/refresh/0?/cgv", "fetched"),
    "refresh-after-two-seconds": Scenario("/refresh/2?/gone-on", "fetched"),
    "refresh-much-later": Scenario("/refresh/30?/status/404", "fetched"),
    "refresh-of-itself": Scenario("/refresh/0?/refresh/0", "fetched"),
    "refresh-elsewhere": Scenario("/refresh/0?https://faux.example/", "left_allowed_hosts", "faux.example"),
    "hub": Scenario("/hub?/cgv-4f2a", "fetched", declared=HUB),
    "hub-that-redirects": Scenario("/hub?/to?/cgv", "fetched", declared=HUB),
    "hub-without-its-link": Scenario(
        "/hub?/cgv", "link_missing", "a.none", declared={"follow_link": "a.none"}
    ),
    "hub-without-an-address": Scenario("/hub?mailto:a@b.example", "link_missing", "no web", declared=HUB),
    "hub-to-elsewhere": Scenario(
        "/hub?https://faux.example/", "left_allowed_hosts", "links to", declared=HUB
    ),
    "hub-to-what-is-forbidden": Scenario(
        "/hub?/prive", "robots_forbidden", declared=HUB, robots="User-agent: *\nDisallow: /prive\n"
    ),
    "hub-to-what-is-gone": Scenario("/hub?/status/404", "gone", declared=HUB),
    "hub-with-a-challenge": Scenario("/challenge/200", "challenged", declared=HUB),
    "hash-route": Scenario("/cgv#/rule/detail?id=1", "fetched"),
    "hash-route-of-another": Scenario("/cgv#/rule/detail?id=2", "fetched"),
}


def address_of(name: str) -> str:
    return f"https://{name}.example{SCENARIOS[name].path}"


@dataclass
class Crawled:
    site: Site
    data: Path
    job_file: Path
    fetches: dict[str, FetchRecord]
    records: list[FetchRecord]

    def text_of(self, name: str) -> str:
        fetch = self.fetches[address_of(name)]
        body = read_snapshot(self.data, str(fetch.snapshot_file), int(fetch.snapshot_offset or 0))[0]
        return body.decode()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("scenarios")
    with serve_sites(handler=ScenarioHandler) as site:
        site.robots = {f"{name}.example": scenario.robots for name, scenario in SCENARIOS.items()}
        pages = [address_of(name) for name in SCENARIOS]
        job_file = write_job(
            folder,
            [*pages, "https://busy-for-an-hour.example/later"],
            site.url,
            declared={address_of(name): scenario.declared for name, scenario in SCENARIOS.items()},
            retries=2,
            backoff=0.02,
            timeout=1.0,
        )
        crawl(job_file)
        yield Crawled(
            site, folder / "data", job_file, fetches(job_file), read_manifest(manifest_file(job_file))
        )


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_leads_to_its_outcome(crawled: Crawled, name: str) -> None:
    scenario, fetch = SCENARIOS[name], crawled.fetches[address_of(name)]
    assert fetch.outcome == scenario.outcome, fetch.reason
    assert scenario.reason in fetch.reason
    attempts = [record.attempt for record in crawled.records if record.url == address_of(name)]
    assert attempts == list(range(1, scenario.attempts + 1))


def test_a_host_that_asks_for_an_hour_is_left_alone(crawled: Crawled) -> None:
    later = crawled.fetches["https://busy-for-an-hour.example/later"]
    assert later.outcome == "busy"
    assert "asks not to be asked again" in later.reason
    assert not crawled.site.asked("https://busy-for-an-hour.example/later")


def test_a_host_that_names_a_time_is_not_asked_before(crawled: Crawled) -> None:
    first, second = crawled.site.asked(address_of("busy-once"))
    assert second.began - first.ended >= 0.95


def test_each_attempt_that_was_answered_has_its_own_record(crawled: Crawled) -> None:
    url = address_of("bad-gateway-twice")
    records = [record for record in crawled.records if record.url == url]
    assert [record.http_status for record in records] == [502, 502, 200]
    assert len({record.warc_record_id for record in records}) == 3
    entries = list_entries(list_files(crawled.data))
    answers = [entry.status for entry in entries if entry.kind == "response" and entry.address == url]
    assert answers == ["502", "502", "200"]


def test_robots_txt_that_is_out_of_reach_is_asked_for_once_each_try(crawled: Crawled) -> None:
    assert len(crawled.site.asked("https://robots-broken.example/robots.txt")) == 3
    assert not crawled.site.asked(address_of("robots-broken"))


def test_what_the_site_would_choose_is_pinned(crawled: Crawled) -> None:
    assert FRENCH in crawled.text_of("language-pinned")
    assert FRENCH in crawled.text_of("cookie-pinned")
    (hit,) = crawled.site.asked(address_of("cookie-pinned"))
    assert "lang=fr" in hit.headers["cookie"]
    assert hit.headers["accept-language"] == "fr, *;q=0.1"


def test_a_hub_leads_to_the_document_and_both_are_kept(crawled: Crawled) -> None:
    fetch = crawled.fetches[address_of("hub")]
    assert (fetch.url, fetch.final_url) == (address_of("hub"), "https://hub.example/cgv-4f2a")
    assert "https://hub.example/cgv-4f2a" in crawled.text_of("hub")
    kept = [entry.address for entry in list_entries(list_files(crawled.data)) if entry.kind == "response"]
    assert {fetch.url, fetch.final_url} <= set(kept)
    assert (
        crawled.fetches[address_of("hub-that-redirects")].final_url
        == "https://hub-that-redirects.example/cgv"
    )


def test_a_link_that_leads_elsewhere_is_not_followed_and_the_hub_is_the_evidence(crawled: Crawled) -> None:
    fetch = crawled.fetches[address_of("hub-to-elsewhere")]
    assert (fetch.http_status, fetch.final_url) == (200, address_of("hub-to-elsewhere"))
    assert not [hit for hit in crawled.site.hits if hit.host == "faux.example"]


def test_hash_routes_are_documents_of_one_address(crawled: Crawled) -> None:
    first = crawled.fetches[address_of("hash-route")]
    assert first.url.endswith("#/rule/detail?id=1")
    assert first.final_url == "https://hash-route.example/cgv"
    assert all("#" not in hit.address for hit in crawled.site.hits)


def test_evidence_is_in_the_manifest_for_and_against_a_wall(crawled: Crawled) -> None:
    wall = crawled.fetches[address_of("challenge-with-404")].evidence
    assert any(line.startswith("+6 source: Cloudflare") for line in wall)
    assert crawled.fetches[address_of("chunked")].evidence == ()


def test_a_refresh_counts_as_a_redirect_and_only_at_once(crawled: Crawled) -> None:
    assert crawled.fetches[address_of("refresh")].final_url == "https://refresh.example/cgv"
    late = crawled.fetches[address_of("refresh-much-later")]
    assert late.final_url == late.url


def test_nothing_is_written_but_the_files_of_the_job(crawled: Crawled) -> None:
    folder = crawled.job_file.parent
    assert sorted(path.name for path in folder.iterdir()) == [
        "bazar.job.json",
        "bazar.lock",
        "bazar.log",
        "bazar.manifest.jsonl",
        "bazar.stats.json",
    ]
    assert [path.suffixes for path in (crawled.data / "warc").iterdir()] == [[".warc", ".gz"]]
