"""Rounds over a replay server: real crawl, real WARC, real expectations, real warehouse."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline.detect_changes import detect_changes
from pipeline.plan_round import plan_round
from pipeline.read_evidence import read_evidence
from pipeline.settings import Settings
from pipeline.watch_round import RoundSummary, load_round, watch_round
from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_market, write_platforms
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site
from warehouse.publish import publish
from warehouse.query_published import query_published

FIRST = datetime(2026, 3, 2, 6, tzinfo=UTC)
CHALLENGE = (
    "<html><body><h1>Checking your browser</h1><p>Please complete the security check.</p></body></html>"
)


@pytest.fixture(scope="module")
def served() -> Iterator[ReplaySite]:
    with serve_site() as running:
        yield running


@pytest.fixture
def site(served: ReplaySite) -> ReplaySite:
    """The site as the first round saw it, a week later."""
    served.pages = {BAZAR: Answer(page()), HALLE: Answer(page(commission="8 %"))}
    served.at = FIRST + timedelta(days=7)
    served.robots.clear()
    served.once.clear()
    served.requests.clear()
    return served


@pytest.fixture(scope="module")
def first_round(served: ReplaySite, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that has seen one round."""
    folder = tmp_path_factory.mktemp("first")
    served.pages = {BAZAR: Answer(page()), HALLE: Answer(page(commission="8 %"))}
    served.at = FIRST
    home = Settings(
        home=folder / "home", platforms=write_platforms(folder / "platforms"), replay_url=served.url
    )
    watch_round(home, "first")
    detect_changes(home, "detect-first")
    return home


@pytest.fixture
def home(tmp_path: Path, site: ReplaySite) -> Settings:
    """A home that has seen nothing."""
    return Settings(
        home=tmp_path / "home", platforms=write_platforms(tmp_path / "platforms"), replay_url=site.url
    )


@pytest.fixture
def watched(home: Settings, first_round: Settings) -> Settings:
    """A home of its own that has seen the first round."""
    shutil.copytree(first_round.home, home.home)
    return home


def go_round(home: Settings, site: ReplaySite, name: str, *, days: int = 7) -> RoundSummary:
    """One round and the detection after it; the archive is then some days older."""
    summary = watch_round(home, name)
    detect_changes(home, f"detect-{name}")
    site.at += timedelta(days=days)
    return summary


def rows(home: Settings, query: str) -> list[dict[str, Any]]:
    result = query_published(home.location, query)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def verdicts(home: Settings, service: str = "Bazar d'Essai") -> list[str]:
    found = rows(home, "SELECT service, verdict FROM current_verdict ORDER BY observed_at, source_id DESC")
    return [row["verdict"] for row in found if row["service"] == service]


def test_a_first_round_gives_baselines_that_lead_back_to_the_bytes(
    watched: Settings, site: ReplaySite
) -> None:
    assert verdicts(watched) == verdicts(watched, "Halle Inventée") == ["baseline"]
    assert not rows(watched, "FROM alert_feed")
    (fetch,) = rows(
        watched,
        f"""SELECT f.*, d.body FROM "fetch" AS f JOIN declaration AS d USING (document_id) WHERE url = '{BAZAR}'""",
    )
    body = page().encode()
    assert fetch["outcome"] == "fetched" and fetch["http_status"] == 200
    assert fetch["snapshot_hash"] == sha256(body).hexdigest()
    assert read_evidence(watched, fetch["snapshot_hash"]) == body
    assert '"select": ["main"]' in fetch["body"]
    (seen,) = rows(
        watched, "SELECT observed_at, evidence FROM current_verdict WHERE service = 'Bazar d''Essai'"
    )
    assert seen["observed_at"] == FIRST
    assert seen["evidence"] == "raw bytes from a replay"


def test_an_unchanged_page_costs_a_conditional_request_and_no_new_text(
    watched: Settings, site: ReplaySite
) -> None:
    texts = rows(watched, "SELECT count(*) AS n FROM text_body")
    site.requests.clear()
    summary = go_round(watched, site, "second")
    assert summary.fetches == {"not_modified": 2}
    assert [(request.status, request.conditional) for request in site.page_requests()] == [(304, True)] * 2
    assert rows(watched, "SELECT count(*) AS n FROM text_body") == texts
    assert verdicts(watched) == ["baseline", "unchanged"]
    assert rows(watched, "SELECT count(*) AS n FROM snapshot") == [{"n": 2}]


def test_noise_around_the_text_makes_a_new_snapshot_and_no_alert(watched: Settings, site: ReplaySite) -> None:
    site.pages[BAZAR] = Answer(page(frame="12 977 vues"))
    go_round(watched, site, "second")
    assert verdicts(watched) == ["baseline", "unchanged"]
    assert rows(watched, "SELECT count(*) AS n FROM snapshot") == [{"n": 3}]


def test_a_change_is_fetched_again_and_then_alerts_once(watched: Settings, site: ReplaySite) -> None:
    site.pages[BAZAR] = Answer(page(notice="10 jours"))
    site.requests.clear()
    summary = go_round(watched, site, "second")
    assert summary.confirmed == 1
    asked = [request for request in site.page_requests() if request.address == BAZAR]
    assert [request.conditional for request in asked] == [True, False]
    assert verdicts(watched) == ["baseline", "changed", "unchanged"]
    (alert,) = rows(watched, "SELECT service, is_sendable, state, commitments FROM alert_feed")
    assert alert["service"] == "Bazar d'Essai" and alert["is_sendable"] and alert["state"] == "in_force"
    go_round(watched, site, "third")
    assert len(rows(watched, "FROM alert_feed")) == 1


def test_a_text_that_one_request_saw_and_the_next_did_not_is_an_oscillation(
    home: Settings, site: ReplaySite
) -> None:
    go_round(home, site, "first")
    site.once[BAZAR] = Answer(page(notice="10 jours"))
    go_round(home, site, "second")
    assert verdicts(home) == ["baseline", "oscillation", "unchanged"]
    assert not rows(home, "FROM alert_feed")


FORBIDS = Answer("User-agent: *\nDisallow: /\n")
EMPTIED = "<html><body><main><p>Bientôt de retour.</p></main></body></html>"
CHANGED = Answer(page(notice="10 jours"))
# What a host answers in the second round (page, robots.txt), and what must come of it.
FAULTS: dict[str, tuple[Answer, Answer | None, str, str]] = {
    "challenge": (Answer(CHALLENGE), None, "challenged", "quarantined"),
    "empty": (Answer("<html><body><main></main></body></html>"), None, "fetched", "quarantined"),
    "emptied": (Answer(EMPTIED), None, "fetched", "quarantined"),
    "elsewhere": (Answer("<html><body><p>Une autre page.</p></body></html>"), None, "fetched", "quarantined"),
    "down": (Answer("down", 503), None, "server_error", "unreachable"),
    "refuses": (Answer("no", 403), None, "refused", "policy_blocked"),
    "gone": (Answer("gone", 404), None, "gone", "unreachable"),
    "forbids": (CHANGED, FORBIDS, "robots_forbidden", "policy_blocked"),
    "silent": (CHANGED, Answer("", 500), "robots_unreachable", "unreachable"),
}


def test_what_is_no_policy_is_an_incident_and_never_an_alert(site: ReplaySite, tmp_path: Path) -> None:
    addresses = {name: f"https://{name}.example/vendre/conditions" for name in (*FAULTS, "sound")}
    site.pages = {address: Answer(page()) for address in addresses.values()}
    market = write_market(tmp_path / "market", list(addresses))
    home = Settings(home=tmp_path / "home", platforms=market, replay_url=site.url)
    go_round(home, site, "first")
    for name, (answer, robots, _, _) in FAULTS.items():
        site.pages[addresses[name]] = answer
        if robots is not None:
            site.robots[f"{name}.example"] = robots
    summary = go_round(home, site, "second")
    assert summary.fetches == Counter(outcome for _, _, outcome, _ in FAULTS.values()) + Counter(
        ["not_modified"]
    )
    assert len(summary.incidents) == len(FAULTS)
    found = rows(
        home,
        "SELECT title, verdict, reason, proposal, observation_count FROM incident AS i "
        "JOIN document AS d USING (document_id)",
    )
    assert {row["title"].split()[1]: row["verdict"] for row in found} == {
        name: verdict for name, (_, _, _, verdict) in FAULTS.items()
    }
    assert all(row["reason"] and row["proposal"] and row["observation_count"] == 1 for row in found)
    assert not rows(home, "FROM alert_feed")
    site.pages = {address: Answer(page()) for address in addresses.values()}
    site.robots.clear()
    go_round(home, site, "third")
    assert not rows(home, "FROM incident")
    assert verdicts(home, "Marché d'Essai")[-len(addresses) :] == ["unchanged"] * len(addresses)


def test_our_own_new_selector_is_never_announced_as_a_change_of_the_platform(
    home: Settings, site: ReplaySite, tmp_path: Path
) -> None:
    site.pages[BAZAR] = Answer(page(aside="La Place de marché peut suspendre le Vendeur sans préavis."))
    go_round(home, site, "first")
    write_platforms(tmp_path / "platforms", select="'main h1, main h2, main p'")
    go_round(home, site, "second")
    assert verdicts(home)[-1] == "technical"
    assert not rows(home, "FROM alert_feed")
    site.pages[BAZAR] = Answer(page(notice="10 jours", aside="Rien de plus."))
    write_platforms(tmp_path / "platforms", select="main")
    go_round(home, site, "third")
    (alert,) = rows(home, "SELECT clauses_before, clauses_after FROM alert_feed")
    assert "30 jours" in alert["clauses_before"] and "10 jours" in alert["clauses_after"]


def test_two_rounds_at_once_do_not_mix(home: Settings, site: ReplaySite) -> None:
    from pipeline.crawl_platform import crawl_platform

    first, second = plan_round(home, "a"), plan_round(home, "b")
    for one, other in zip(first, second, strict=True):
        assert crawl_platform(other.job) == crawl_platform(one.job) == {"fetched": 1}
    load_round(home, "b", "watch")
    load_round(home, "a", "watch")
    publish(home.location)
    found = rows(home, "SELECT source_id, count(*) AS n FROM observation GROUP BY ALL ORDER BY ALL")
    assert found == [{"source_id": "a/watch", "n": 2}, {"source_id": "b/watch", "n": 2}]
    files = rows(
        home, 'SELECT run_id, list(DISTINCT warc_file) AS files FROM "fetch" GROUP BY ALL ORDER BY ALL'
    )
    assert not set(files[0]["files"]) & set(files[1]["files"])


def test_one_platform_whose_crawl_breaks_does_not_stop_the_others(home: Settings, site: ReplaySite) -> None:
    from pipeline.crawl_platform import crawl_platform

    halle = next(job for job in plan_round(home, "half") if "Halle" in job.title)
    crawl_platform(halle.job)
    load_round(home, "half", "watch")
    detect_changes(home, "detect")
    assert verdicts(home, "Halle Inventée") == ["baseline"]
    (missed,) = rows(home, "SELECT verdict, reason FROM incident")
    assert missed == {"verdict": "unreachable", "reason": "the crawl ended before this page was fetched"}


def test_the_live_sites_are_not_asked_without_a_contact_address(home: Settings) -> None:
    live = home.model_copy(update={"replay_url": ""})
    with pytest.raises(ValueError, match="VIGIE_CONTACT is not set"):
        plan_round(live, "live")
    named = live.model_copy(update={"contact": "vigie@example.org"})
    assert [job.title for job in plan_round(named, "live")] == [
        "Bazar d'Essai - 1 document",
        "Halle Inventée - 1 document",
    ]


def test_a_replay_is_not_mixed_with_what_the_live_sites_said(home: Settings, site: ReplaySite) -> None:
    go_round(home, site, "replayed")
    live = home.model_copy(update={"replay_url": "", "contact": "vigie@example.org"})
    with pytest.raises(ValueError, match="another VIGIE_HOME"):
        plan_round(live, "live")


def test_an_unknown_platform_is_named_with_those_that_exist(home: Settings) -> None:
    with pytest.raises(ValueError, match="no such platform: nowhere; known are bazar, halle"):
        plan_round(home, "round", ["nowhere"])


def test_the_user_agent_and_the_language_are_ours_and_the_document_s(
    home: Settings, site: ReplaySite
) -> None:
    watch_round(home.model_copy(update={"contact": "https://vigie.example/"}), "first", ["bazar"])
    (request,) = site.page_requests()
    assert request.user_agent.startswith("Vigie/") and "+https://vigie.example/" in request.user_agent
    assert request.language.startswith("fr")
