"""People decide on quarantined texts: accepted ones are judged, rejected ones stay out, wrong forms change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.detect_changes import detect_changes
from pipeline.import_history import import_history
from pipeline.release_quarantine import Release, release_quarantine
from pipeline.settings import Settings
from tests.pipeline.conftest import TERMS, WriteHistory
from warehouse.publish import publish
from warehouse.query_published import query_published

SERVICE = "Bazar d'Essai"
# Hardly anything is left: the fold doubts it.
SHRUNK = (
    "# Conditions applicables aux vendeurs professionnels\n\nUne page plus courte que toutes les autres.\n"
)


def rows(home: Settings, query: str) -> list[dict[str, Any]]:
    result = query_published(home.location, query)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def load(home: Settings, write_history: WriteHistory, *bodies: str | bytes) -> None:
    import_history(home, str(write_history({SERVICE: list(bodies)})), "import")
    detect_changes(home, "detect")


def decide(home: Settings, decision: str, *ids: int, reason: str = "lu et compris") -> Release:
    released = release_quarantine(home, ids, decision, reason, "Ada")
    detect_changes(home, "detect again")
    publish(home.location)
    return released


def verdicts(home: Settings) -> list[str]:
    return [row["verdict"] for row in rows(home, "SELECT verdict FROM current_verdict ORDER BY observed_at")]


def waiting(home: Settings) -> list[dict[str, Any]]:
    return rows(
        home, "SELECT quarantine_id, seen_count, is_releasable FROM quarantine_open ORDER BY recorded_at"
    )


def test_an_accepted_text_that_the_fold_doubted_becomes_a_version(
    home: Settings, write_history: WriteHistory
) -> None:
    load(home, write_history, TERMS * 4, SHRUNK, SHRUNK)
    assert verdicts(home) == ["baseline", "quarantined", "quarantined"]
    (row,) = waiting(home)
    assert row["seen_count"] == 2 and row["is_releasable"]
    assert decide(home, "accept", row["quarantine_id"]) == Release(decided=1, restored=0, documents=1)
    assert verdicts(home) == ["baseline", "changed", "unchanged"]
    assert not waiting(home)


def test_an_accepted_text_that_was_refused_at_the_door_comes_back(
    home: Settings, write_history: WriteHistory
) -> None:
    latin = TERMS.replace("12 %", "15 %").encode("latin-1")
    load(home, write_history, TERMS, latin)
    assert verdicts(home) == ["baseline", "quarantined"]
    (row,) = waiting(home)
    assert decide(home, "accept", row["quarantine_id"]) == Release(decided=1, restored=1, documents=1)
    assert verdicts(home)[0] == "baseline" and verdicts(home)[1] != "quarantined"
    assert rows(home, "SELECT outcome FROM observation ORDER BY observed_at") == [{"outcome": "text"}] * 2


def test_a_rejected_text_stays_out_and_does_not_come_back_to_the_list(
    home: Settings, write_history: WriteHistory
) -> None:
    load(home, write_history, TERMS * 4, SHRUNK)
    (row,) = waiting(home)
    decide(home, "reject", row["quarantine_id"])
    load(home, write_history, TERMS * 4, SHRUNK, SHRUNK, SHRUNK)
    assert verdicts(home) == ["baseline", *["quarantined"] * 3]
    assert not waiting(home)
    (incident,) = rows(home, "SELECT observation_count, proposal FROM incident")
    assert incident == {"observation_count": 3, "proposal": "rejected by Ada: lu et compris"}


def test_the_same_text_refused_round_after_round_proposes_its_release(
    home: Settings, write_history: WriteHistory
) -> None:
    load(home, write_history, TERMS * 4, SHRUNK, SHRUNK, SHRUNK)
    (incident,) = rows(home, "SELECT proposal FROM incident")
    assert incident["proposal"].startswith("the same text was refused 3 times in a row")


@pytest.mark.parametrize(
    ("decision", "ids", "reason", "message"),
    [
        ("accept", [1], "lu", "1: no such row in quarantine"),
        (
            "perhaps",
            [],
            " ",
            "neither accept nor reject; a decision needs its reason; no quarantine id given",
        ),
    ],
)
def test_a_form_filled_in_wrongly_changes_nothing_and_says_all_that_is_wrong(
    decision: str, ids: list[int], reason: str, message: str, home: Settings, write_history: WriteHistory
) -> None:
    load(home, write_history, TERMS * 4, SHRUNK)
    (row,) = waiting(home)
    with pytest.raises(ValueError, match=f"nothing was decided: .*{message}"):
        release_quarantine(home, [row["quarantine_id"], *ids] if ids else [], decision, reason, "Ada")
    publish(home.location)
    assert waiting(home) == [row]


def test_a_row_that_is_decided_says_by_whom(home: Settings, write_history: WriteHistory) -> None:
    load(home, write_history, TERMS * 4, SHRUNK)
    (row,) = waiting(home)
    decide(home, "reject", row["quarantine_id"])
    with pytest.raises(ValueError, match="rejected already by Ada"):
        decide(home, "accept", row["quarantine_id"])
