"""Rounds crawled, loaded and judged for real, without Airflow: what is as declared passes, anything else is told."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from demo.check_rounds import check_round
from demo.page_archive import PageArchive
from demo.read_rounds import Rounds
from demo.read_watched import read_watched
from demo.serve_pages import serving
from demo.show_watch import show_due, show_round
from pipeline.detect_changes import detect_changes
from pipeline.settings import Settings
from pipeline.tell_alerts import prepare_alerts
from pipeline.watch_round import watch_round
from tests.demo.make_rounds import CHANGE, DOCUMENT, read, step, write_rounds

pytestmark = pytest.mark.slow

CHANGED = step(
    page=2,
    edits=[{"edit": "replace", "old": "5 euros", "new": "9 euros"}],
    expect={
        "verdict": "changed",
        "alert": True,
        "commitments": ["fees-charges"],
        "direction": "worse",
        "kind": "modified",
    },
)


@dataclass
class Seen:
    """Rounds that ran, and by number what was seen and found to differ right after each."""

    rounds: Rounds
    settings: Settings
    watched: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    differences: dict[int, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("rounds")
    rounds = read(write_rounds(folder, CHANGED))
    outcome = Seen(rounds, Settings(home=folder / "home", platforms=folder / "platforms"))
    with serving(PageArchive(rounds)) as server:
        for number, current in enumerate(rounds.rounds, start=1):
            settings = outcome.settings.model_copy(update={"replay_url": server.replay_url(current.at)})
            watch_round(settings, f"round-{number}")
            detect_changes(settings, f"detect-{number}")
            outcome.watched[number] = read_watched(settings, rounds, number)
            outcome.differences[number] = check_round(settings, rounds, number, outcome.watched[number])
    return outcome


def test_rounds_that_go_as_declared_differ_in_nothing(seen: Seen) -> None:
    assert seen.differences == {1: [], 2: []}


def test_each_round_has_its_observations_in_order_of_time(seen: Seen) -> None:
    told = {
        number: [(row["part"], row["verdict"], row["outcomes"], row["observed_at"].second) for row in listed]
        for number, listed in seen.watched.items()
    }
    assert told == {
        1: [("watch", "baseline", ("fetched", "fetched"), 0)],
        2: [
            ("watch", "changed", ("not_modified", "fetched"), 0),
            ("confirm", "unchanged", ("fetched", "fetched"), 1),
        ],
    }


def check(seen: Seen, number: int, *steps: dict[str, object] | None, folder: Path) -> list[str]:
    """Differences of a round that ran from what other rounds would declare."""
    other = read(write_rounds(folder, *steps))
    return check_round(seen.settings, other, number, seen.watched[number])


def test_another_verdict_outcome_or_alert_than_declared_is_told(seen: Seen, tmp_path: Path) -> None:
    told = check(seen, 2, None, folder=tmp_path)
    assert len(told) == 4
    assert f"rounds.yml, round 2, {DOCUMENT} (watch): expected unchanged, got changed" in told[0]
    assert "expected fetches not_modified, not_modified, got not_modified, fetched" in told[1]
    assert f"{DOCUMENT} (confirm): observed, but not declared" in told[2]
    assert f"{DOCUMENT}: an alert of round 2 that nobody declared" in told[3]
    quiet = step(page=2, edits=CHANGED["edits"], expect={"verdict": "changed"})
    assert f"{DOCUMENT} (watch): expected no alert" in check(seen, 2, quiet, folder=tmp_path)[0]


def test_another_announcement_than_declared_is_told(seen: Seen, tmp_path: Path) -> None:
    expect = CHANGED["expect"]
    assert isinstance(expect, dict)
    wrong = CHANGED | {"expect": expect | {"direction": "better", "noise": ["counter"]}}
    told = check(seen, 2, wrong, folder=tmp_path)
    assert len(told) == 2
    assert "expected noise ['counter'], got []" in told[0]
    assert "no announced change is modified, better, fees-charges; there are modified, worse" in told[1]


def test_an_incident_for_another_reason_is_told(seen: Seen, tmp_path: Path) -> None:
    gone = step(answer="gone", expect={"verdict": "unreachable", "outcome": "gone", "incident": "captcha"})
    other = read(write_rounds(tmp_path, CHANGED, gone))
    failed = {"verdict": "unreachable", "reason": "410 Gone", "outcomes": ("gone", "not_modified")}
    row = seen.watched[2][0] | failed | {"is_alert": False, "comparison_id": None}
    told = check_round(seen.settings, other, 3, [row])
    assert told == [
        f"rounds.yml, round 3, {DOCUMENT} (watch): expected an incident about 'captcha', got '410 Gone'"
    ]


def test_a_document_not_seen_and_an_alert_not_owed_are_told(seen: Seen, tmp_path: Path) -> None:
    told = check_round(seen.settings, read(write_rounds(tmp_path, CHANGED)), 2, [])
    assert told == [
        f"rounds.yml, round 2, {DOCUMENT} (watch): not observed",
        f"rounds.yml, round 2, {DOCUMENT} (confirm): not observed",
    ]
    again = CHANGED | {"page": 1, "edits": [CHANGE]}
    told = check_round(seen.settings, read(write_rounds(tmp_path, CHANGED, again)), 3, [])
    assert f"rounds.yml, round 3, {DOCUMENT}: no alert of round 3 is owed" in told


def test_the_terminal_shows_a_round_in_few_lines(seen: Seen) -> None:
    out = Console(file=io.StringIO(), width=200, highlight=False)
    for listed in seen.watched.values():
        show_round(listed, out)
    show_due([], out)
    show_due(prepare_alerts(seen.settings), out)
    assert isinstance(out.file, io.StringIO)
    text = out.file.getvalue()
    for shown in (
        "1 platform, 1 document, 2 pages: 2 fetched",
        "1 fetched again before anybody is told",
        "Nothing is due to stakeholders",
        "1 alert due to stakeholders",
        "modified, worse",
        "5 euros → 9 euros",
        "Commissions, frais et conditions financières",
    ):
        assert shown in text, shown
