"""`vigie check`: real crawls over a site on loopback, each document with one fault planted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import get_args

import pyarrow.parquet as pq
import pytest
from rich.console import Console
from typer.testing import CliRunner

from cli.app import app
from cli.show_check import show_check
from pipeline.check_model import CheckedDocument, CheckedPlatform, Fault
from pipeline.check_platform import check_active, check_platform
from pipeline.check_report import report_checks
from pipeline.settings import Settings
from pipeline.watch_round import watch_round
from tests.conftest import ROOT
from tests.pipeline.planted_faults import address, plant
from tests.pipeline.replay_site import Answer, ReplaySite, serve_site

FOUND = {
    "sound": ("ok", []),
    "moved": ("broken", ["select"]),
    "clutter": ("warning", ["remove"]),
    "flipped": ("broken", ["language"]),
    "empty": ("broken", ["empty"]),
    "challenge": ("broken", ["fetch"]),
    "robots": ("broken", ["fetch"]),
    "phrase": ("broken", ["must_contain"]),
    "unstable": ("warning", ["unstable"]),
    "short": ("broken", ["short"]),
    "gone": ("broken", ["fetch"]),
}


@pytest.fixture(scope="module")
def site() -> Iterator[ReplaySite]:
    with serve_site() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, site: ReplaySite) -> Settings:
    """A home that checks the planted platform through the site."""
    folder = tmp_path_factory.mktemp("check")
    return Settings(home=folder / "home", platforms=plant(folder / "platforms", site), replay_url=site.url)


@pytest.fixture(scope="module")
def report(home: Settings, site: ReplaySite) -> CheckedPlatform:
    """One check of all active documents."""
    site.requests.clear()
    return check_active(home, "bazar", "check-1")


@pytest.fixture
def environment(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same home, as the command line finds it."""
    monkeypatch.setenv("VIGIE_HOME", str(home.home))
    monkeypatch.setenv("VIGIE_PLATFORMS", str(home.platforms))
    monkeypatch.setenv("VIGIE_REPLAY_URL", home.replay_url)


def document(report: CheckedPlatform, name: str) -> CheckedDocument:
    return next(one for one in report.documents if one.document_id == f"bazar/{name}")


def test_each_planted_fault_is_told_apart(report: CheckedPlatform) -> None:
    found = {
        one.document_id.removeprefix("bazar/"): (one.level, list(one.faults)) for one in report.documents
    }
    assert found == FOUND
    assert report.is_broken


def test_a_finding_names_file_and_key(report: CheckedPlatform) -> None:
    keys = {finding.key for one in report.documents for finding in one.findings}
    assert {
        "bazar.yml: documents.1.declarations.0.select.0",
        "bazar.yml: documents.2.declarations.0.remove.1",
        "bazar.yml: documents.3.language",
        "bazar.yml: documents.7.must_contain.1",
        "bazar.yml: documents.6.declarations.0.fetch",
    } <= keys


def test_what_a_site_answered_is_said_with_its_reason(report: CheckedPlatform) -> None:
    said = {name: document(report, name).findings[0].what for name in ("challenge", "robots", "gone")}
    assert said["challenge"].startswith("challenged: bazar.example answered 200 OK")
    assert 'forbids it by "Disallow: /robots"' in said["robots"]
    assert said["gone"] == "gone: bazar.example answered 410 Gone"


def test_every_selector_is_counted_and_what_is_removed_is_shown(report: CheckedPlatform) -> None:
    clutter = document(report, "clutter").selectors
    assert [(one.role, one.selector, one.count) for one in clutter] == [
        ("remove", ".aside", 1), ("remove", ".banner", 0), ("select", "main", 1)
    ]  # fmt: skip
    assert clutter[0].samples == ("À lire aussi",)
    assert [(one.selector, one.count) for one in document(report, "moved").selectors] == [("#gone", 0)]


def test_length_language_and_head_describe_the_text(report: CheckedPlatform) -> None:
    sound = document(report, "sound")
    assert sound.head[0] == "# Conditions applicables aux vendeurs professionnels"
    assert (sound.clause_count, sound.language_found, sound.same_twice) == (8, "fr", True)
    assert sound.char_count is not None
    assert sound.char_count > 500
    assert document(report, "flipped").language_found == "en"


def test_lines_that_differ_between_two_fetches_are_shown(report: CheckedPlatform) -> None:
    unstable = document(report, "unstable")
    assert unstable.same_twice is False
    assert len(unstable.differing) == 2
    assert unstable.differing[0].startswith("-Consulté par 1 ")
    assert unstable.differing[1].startswith("+Consulté par 2 ")


def test_only_what_gave_a_text_is_asked_a_second_time_and_without_validators(
    report: CheckedPlatform, site: ReplaySite
) -> None:
    asked = [request.address for request in site.page_requests()]
    assert asked.count(address("sound")) == 2
    assert asked.count(address("challenge")) == asked.count(address("gone")) == 1
    assert address("robots") not in asked
    assert address("unverified") not in asked
    assert not any(request.conditional for request in site.requests)


def test_a_check_writes_below_its_own_folder_only(report: CheckedPlatform, home: Settings) -> None:
    assert [path.name for path in home.data_folder.iterdir()] == ["checks"]
    folder = home.data_folder / "checks" / "check-1"
    assert CheckedPlatform.model_validate_json((folder / "bazar.check.json").read_bytes()) == report
    assert sorted(path.name for path in (folder / "warc").iterdir()) == [
        "check-1-again-bazar-00001.warc.gz", "check-1-first-bazar-00001.warc.gz"
    ]  # fmt: skip
    assert not Path(str(home.location.published_path)).exists()


def test_the_report_puts_what_is_broken_first_and_keeps_rows(report: CheckedPlatform, home: Settings) -> None:
    log = StringIO()
    summary = report_checks(home, "check-1", Console(file=log, width=150))
    assert dict(summary.levels) == {"ok": 1, "warning": 2, "broken": 8}
    assert set(summary.rotten) == {
        f"bazar/{name}" for name in ("moved", "clutter", "empty", "phrase", "short", "gone")
    }
    order = [log.getvalue().index(f"bazar/{name} ") for name in ("moved", "unstable", "sound")]
    assert order == sorted(order)
    assert "bazar/moved" in summary.page.read_text(encoding="utf-8")
    rows = {row["document_id"]: row for row in pq.read_table(summary.rows).to_pylist()}
    assert rows["bazar/flipped"]["faults"] == ["language"]
    assert rows["bazar/moved"]["is_rotten"]


def test_the_terminal_shows_a_verdict_for_each_document(report: CheckedPlatform) -> None:
    shown = StringIO()
    show_check(report, Console(file=shown, width=120))
    lines = [" ".join(line.split()) for line in shown.getvalue().splitlines()]
    for name, (level, _) in FOUND.items():
        assert f"{level} bazar/{name}" in lines
    assert lines[-1] == "1 ok, 2 warning, 8 broken"


def test_the_command_ends_with_1_when_something_watched_is_broken(environment: None) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["check", "bazar", "--document", "moved"]).exit_code == 1
    sound = runner.invoke(app, ["check", "bazar", "--document", "bazar/sound"])
    assert sound.exit_code == 0
    assert "1 ok, 0 warning, 0 broken" in sound.output


def test_a_document_to_verify_is_fetched_by_live_only_and_is_never_an_error(
    environment: None, home: Settings, site: ReplaySite
) -> None:
    with pytest.raises(ValueError, match=r"bazar.yml: bazar/unverified is to_verify: only --live fetches it"):
        check_platform(home, "bazar", "no", documents=["unverified"])
    done = CliRunner().invoke(app, ["check", "bazar", "--live", "--document", "unverified"])
    assert done.exit_code == 0
    assert "select: none is declared; the page has main (" in " ".join(done.output.split())


def test_what_is_not_declared_is_named_with_what_is(home: Settings) -> None:
    with pytest.raises(ValueError, match=r"no such platform: nowhere; known are bazar"):
        check_platform(home, "nowhere", "no")
    with pytest.raises(ValueError, match=r"bazar.yml: no document other; there are bazar/sound, "):
        check_platform(home, "bazar", "no", documents=["other"])


def test_the_sites_are_not_asked_without_an_address_to_write_to(home: Settings) -> None:
    with pytest.raises(ValueError, match="VIGIE_CONTACT"):
        check_platform(home.model_copy(update={"replay_url": ""}), "bazar", "no", live=True)


def test_without_a_server_the_newest_captures_are_checked_and_nothing_is_asked(
    tmp_path: Path, site: ReplaySite
) -> None:
    settings = Settings(home=tmp_path, platforms=plant(tmp_path / "platforms", site), replay_url=site.url)
    offline = settings.model_copy(update={"replay_url": ""})
    before = check_platform(offline, "bazar", "before", documents=["sound"])
    assert (before.documents[0].level, before.documents[0].faults) == ("warning", ("not_captured",))

    watch_round(settings, "round-1")
    site.pages[address("sound")] = Answer("", 403)
    watch_round(settings, "round-2")
    site.requests.clear()
    checked = check_platform(offline, "bazar", "after")
    plant(tmp_path / "platforms", site)
    assert site.requests == []
    assert checked.origin == "captures"
    assert document(checked, "moved").faults == ("select",)
    assert document(checked, "flipped").faults == ("language",)
    assert document(checked, "challenge").faults == ("not_captured",)
    sound = document(checked, "sound")
    assert (sound.level, sound.faults) == ("warning", ("newest_fetch",))
    assert "403" in sound.findings[0].what
    assert sound.head


def test_the_runbook_explains_every_fault() -> None:
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    table = runbook[runbook.index("## A declaration rots") :].split("\n## ", 1)[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)} == set(get_args(Fault))
