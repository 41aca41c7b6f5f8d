"""Import of recorded history: idempotent, nothing lost, nothing sent."""

from __future__ import annotations

import json

import pytest

from crawlers.recorded import HistoryError
from pipeline.detect_changes import detect_changes
from pipeline.import_history import import_history
from pipeline.settings import Settings
from tests.pipeline.conftest import TERMS, WriteHistory
from warehouse.connect import open_build
from warehouse.query_published import query_published


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over the published copy."""
    return list(query_published(settings.location, query).rows)


def test_every_recorded_version_is_an_observation_and_again_loads_none(
    home: Settings, write_history: WriteHistory
) -> None:
    source = str(
        write_history({"Bazar d'Essai": [TERMS, TERMS.replace("30", "15")], "Halle Inventée": [TERMS]})
    )
    first = import_history(home, source, "one")
    again = import_history(home, source, "two")
    assert (first.seen, first.loaded, first.quarantined) == (3, 3, 0)
    assert (again.seen, again.loaded) == (3, 0)
    assert rows(home, "SELECT count(*) FROM observation") == [(3,)]
    assert rows(home, "SELECT DISTINCT origin, attribution <> '' FROM document") == [
        ("ota:demo-history", True)
    ]


def test_a_newer_copy_of_the_same_source_adds_only_what_is_new(
    home: Settings, write_history: WriteHistory
) -> None:
    import_history(home, str(write_history({"Bazar d'Essai": [TERMS]})), "one")
    source = write_history({"Bazar d'Essai": [TERMS, TERMS.replace("30", "15")]})
    assert import_history(home, str(source), "two").loaded == 1


def test_services_that_no_platform_claims_are_undeclared(home: Settings, write_history: WriteHistory) -> None:
    import_history(home, str(write_history({"Bazar d'Essai": [TERMS], "Rakuten": [TERMS]})), "one")
    found = rows(
        home,
        "SELECT d.service, d.platform_id, p.is_declared FROM document AS d "
        "INNER JOIN platform AS p USING (platform_id) ORDER BY 1",
    )
    assert found == [("Bazar d'Essai", "undeclared:bazar-d-essai", False), ("Rakuten", "rakuten", True)]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (TERMS.encode("latin-1"), "text-decodable"),
        ("", "text-long-enough"),
        ("Checking your browser before accessing the site. Please wait.", "text-not-challenge"),
    ],
    ids=["not UTF-8", "empty", "challenge page"],
)
def test_a_text_that_fails_an_expectation_is_quarantined_and_kept(
    body: str | bytes, rule: str, home: Settings, write_history: WriteHistory
) -> None:
    source = str(write_history({"Bazar d'Essai": [TERMS, body, TERMS]}))
    summary = import_history(home, source, "one")
    assert (summary.loaded, summary.quarantined) == (3, 1)
    ((expectation, reason, payload),) = rows(home, "SELECT expectation, reason, payload FROM quarantine")
    assert rule in str(expectation)
    assert reason
    kept = json.loads(str(payload))
    assert kept["raw_base64"] if isinstance(body, bytes) else kept["body"] == body
    detect_changes(home, "judge")
    verdicts = rows(
        home,
        "SELECT v.verdict FROM verdict AS v INNER JOIN observation AS o USING (observation_id) ORDER BY o.observed_at",
    )
    assert [verdict for (verdict,) in verdicts] == ["baseline", "quarantined", "unchanged"]


def test_an_empty_history_is_a_clear_error_and_leaves_nothing(
    home: Settings, write_history: WriteHistory
) -> None:
    source = str(write_history({"Bazar d'Essai": []}))
    with pytest.raises(HistoryError, match="empty one"):
        import_history(home, source, "one")


def test_an_import_owes_alerts_but_none_may_be_sent(home: Settings, write_history: WriteHistory) -> None:
    source = str(write_history({"Bazar d'Essai": [TERMS, TERMS.replace("30 jours", "15 jours")]}))
    import_history(home, source, "one")
    assert detect_changes(home, "judge").alerts == 1
    assert rows(home, "SELECT is_sendable, state FROM alert") == [(False, "in_force")]


def test_a_late_import_of_older_dates_judges_again_and_supersedes(
    home: Settings, write_history: WriteHistory
) -> None:
    shorter = TERMS.replace("30 jours", "15 jours")
    source = write_history({"Bazar d'Essai": [TERMS, shorter]})
    oldest = min(source.rglob("*.md"))
    kept = oldest.read_bytes()
    oldest.unlink()
    import_history(home, str(source), "one")
    detect_changes(home, "judge one")
    assert rows(home, "SELECT verdict FROM verdict WHERE superseded_at IS NULL") == [("baseline",)]
    oldest.write_bytes(kept)
    import_history(home, str(source), "two")
    detect_changes(home, "judge two")
    found = rows(
        home,
        "SELECT v.verdict, v.superseded_at IS NULL FROM verdict AS v "
        "INNER JOIN observation AS o USING (observation_id) ORDER BY o.observed_at, 2",
    )
    assert found == [("baseline", True), ("baseline", False), ("changed", True)]


def test_judging_again_changes_nothing(home: Settings, write_history: WriteHistory) -> None:
    import_history(
        home, str(write_history({"Bazar d'Essai": [TERMS, TERMS.replace("30 jours", "15 jours")]})), "one"
    )
    detect_changes(home, "judge")
    before = rows(home, "SELECT * FROM change ORDER BY change_id")
    detect_changes(home, "again", everything=True)
    assert rows(home, "SELECT * FROM change ORDER BY change_id") == before
    assert rows(home, "SELECT count(*) FROM verdict WHERE superseded_at IS NOT NULL") == [(0,)]


def test_a_later_text_in_another_language_does_not_change_the_language_of_its_series(
    home: Settings, write_history: WriteHistory
) -> None:
    english = (
        "# Terms for sellers\n\nThese terms govern the relationship between the marketplace and the seller.\n"
    )
    import_history(home, str(write_history({"Bazar d'Essai": [TERMS]})), "one")
    import_history(home, str(write_history({"Bazar d'Essai": [TERMS, english]})), "two")
    assert rows(home, "SELECT language FROM document") == [("fr",)]
    detect_changes(home, "judge")
    assert rows(home, "SELECT verdict FROM verdict ORDER BY 1") == [("baseline",), ("quarantined",)]


def test_a_text_in_doubt_waits_in_quarantine_until_a_person_accepts_it(
    home: Settings, write_history: WriteHistory
) -> None:
    english = (
        "# Terms for sellers\n\nThese terms govern the relationship between the marketplace and the seller.\n"
    )
    import_history(home, str(write_history({"Bazar d'Essai": [TERMS, english]})), "one")
    detect_changes(home, "judge")
    assert rows(home, "SELECT expectation, decision FROM quarantine") == [("quarantine:wrong-language", None)]
    with open_build(home.location, "accept") as con:
        con.execute("UPDATE quarantine SET decision = 'accepted', decided_reason = 'the page is English now'")
    detect_changes(home, "again", everything=True)
    current = rows(home, "SELECT verdict FROM verdict WHERE superseded_at IS NULL ORDER BY 1")
    assert current == [("baseline",), ("changed",)]
    assert rows(home, "SELECT decision FROM quarantine") == [("accepted",)]


def test_what_an_earlier_try_of_a_run_staged_is_not_promoted_with_it(
    home: Settings, write_history: WriteHistory
) -> None:
    source = str(write_history({"Bazar d'Essai": [TERMS]}))
    stale = home.data_folder / "staging" / "one" / "00009"
    stale.mkdir(parents=True)
    (stale / "notes.json").write_text("{}", encoding="utf-8")
    assert import_history(home, source, "one").loaded == 1
