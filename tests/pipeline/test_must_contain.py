"""A text without a phrase that its document must contain, from the page to the decision of a person."""

from __future__ import annotations

from pathlib import Path

from pipeline.detect_changes import detect_changes
from pipeline.release_quarantine import release_quarantine
from pipeline.settings import Settings
from pipeline.watch_round import watch_round
from tests.pipeline.invented_platforms import BAZAR, HALLE, page, write_platforms
from tests.pipeline.replay_site import Answer, serve_site
from warehouse.publish import publish
from warehouse.query_published import query_published

PHRASE = "deux médiateurs"


def test_a_refused_text_waits_and_counts_once_it_is_accepted(tmp_path: Path) -> None:
    platforms = write_platforms(tmp_path / "platforms")
    file = platforms / "bazar.yml"
    declared = file.read_text("utf-8").replace(
        "    declarations:", f"    must_contain: [{PHRASE}]\n    declarations:"
    )
    file.write_text(declared, encoding="utf-8")
    with serve_site() as site:
        site.pages = {BAZAR: Answer(page()), HALLE: Answer(page(commission="8 %"))}
        home = Settings(home=tmp_path / "home", platforms=platforms, replay_url=site.url)
        summary = watch_round(home, "first")
    reason = f'the text lacks "{PHRASE}", which this document must contain'
    assert summary.incidents == [f"Bazar d'Essai / Marketplace Sellers Conditions: quarantined, {reason}"]
    ((waiting, told),) = query_published(
        home.location, "SELECT quarantine_id, reason FROM quarantine_open"
    ).rows
    assert told == reason
    release_quarantine(home, [waiting], "accept", "the phrase is out of date", "Ada")
    detect_changes(home, "detect")
    publish(home.location)
    verdicts = query_published(home.location, "SELECT verdict FROM current_verdict").rows
    assert [verdict for (verdict,) in verdicts] == ["baseline", "baseline"]
