"""A change of rules shows what it would do to past alerts, and is never news of a platform."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.detect_changes import detect_changes
from pipeline.import_history import import_history
from pipeline.rejudge_alerts import rejudge_alerts
from pipeline.settings import Settings
from pipeline.watch_round import watch_round
from tests.pipeline.conftest import TERMS, WriteHistory
from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_platforms
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site
from transforms import match_commitments
from transforms.load_lexicon import load_lexicon
from warehouse.connect import open_build
from warehouse.fetch_rows import fetch_rows

SHORTER = TERMS.replace("30 jours", "10 jours")


@contextmanager
def deaf_lexicon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rules of another engine, which match nothing."""
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.detect_changes.engine_version", lambda: "deaf")
        for name in load_lexicon("fr").thresholds:
            patch.setitem(load_lexicon("fr").thresholds, name, 99.0)  # type: ignore[arg-type]
        match_commitments.explain_subject.cache_clear()
        yield
    match_commitments.explain_subject.cache_clear()


def rows(settings: Settings, query: str) -> list[dict[str, Any]]:
    with open_build(settings.location, "look") as con:
        return fetch_rows(con, query)


def test_rules_that_did_not_change_leave_every_alert_as_it_is(
    home: Settings, write_history: WriteHistory
) -> None:
    import_history(home, str(write_history({"Bazar": [TERMS, SHORTER]})), "import")
    detect_changes(home, "detect")
    judged = rejudge_alerts(home, "again")
    assert (judged.same, judged.differences) == (1, ())


def test_other_rules_show_the_alerts_that_come_and_go_and_change_nothing(
    home: Settings, write_history: WriteHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_history(home, str(write_history({"Bazar": [TERMS, SHORTER]})), "import")
    with deaf_lexicon(monkeypatch):
        detect_changes(home, "detect")
        recorded = rows(home, "SELECT * EXCLUDE (recorded_at) FROM verdict")
    (difference,) = rejudge_alerts(home, "again").differences
    assert (difference.what, difference.service, difference.before) == ("new", "Bazar", ())
    assert "suspension-process" in difference.after
    assert not rows(home, "FROM alert")
    assert rows(home, "SELECT * EXCLUDE (recorded_at) FROM verdict") == recorded
    assert not list((home.data_folder / "staging").glob("*"))

    detect_changes(home, "today", everything=True)
    with deaf_lexicon(monkeypatch):
        (difference,) = rejudge_alerts(home, "deaf").differences
    assert (difference.what, difference.after) == ("gone", ())


def test_what_earlier_rules_passed_over_is_recorded_by_new_ones_and_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_site() as site:
        site.pages = {BAZAR: Answer(page()), HALLE: Answer(page())}
        settings = Settings(
            home=tmp_path / "home", platforms=write_platforms(tmp_path / "platforms"), replay_url=site.url
        )
        with deaf_lexicon(monkeypatch):
            for name, notice in (("first", "30 jours"), ("second", "10 jours"), ("third", "10 jours")):
                go_round(settings, site, name, notice)
        assert not rows(settings, "FROM alert")
        detect_changes(settings, "today", everything=True)
        assert sendable(settings) == [False]
        go_round(settings, site, "fourth", "5 jours")
    assert sendable(settings) == [False, True]


def go_round(settings: Settings, site: ReplaySite, name: str, notice: str) -> None:
    site.pages[BAZAR] = Answer(page(notice=notice))
    watch_round(settings, name)
    detect_changes(settings, f"detect-{name}")
    site.at += timedelta(days=7)


def sendable(settings: Settings) -> list[bool]:
    query = "SELECT is_sendable FROM alert WHERE superseded_at IS NULL ORDER BY changed_before"
    return [row["is_sendable"] for row in rows(settings, query)]
