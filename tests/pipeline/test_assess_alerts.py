"""Alerts of a replay beside the readings of people: worth reading or not, missed, unread."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.assess_alerts import assess_alerts
from pipeline.settings import Settings
from tests.pipeline.conftest import TERMS, WriteHistory

DOC = "Bazar/Marketplace Sellers Conditions"
FIRST, SECOND, THIRD = (f"2025-01-0{day}T06:00:00Z" for day in (7, 8, 9))


@pytest.fixture
def history(write_history: WriteHistory) -> str:
    shorter = TERMS.replace("30 jours", "10 jours")
    dearer = shorter.replace("12 %", "15 %")
    stricter = dearer.replace("dépasse 5 %", "dépasse 2 %")
    return str(write_history({"Bazar": [TERMS, shorter, dearer, stricter]}))


def write(folder: Path, *readings: tuple[str, bool, list[str]]) -> Path:
    rows = [
        {"doc": DOC, "observed_at": at, "worth": worth, "commitments": commitments}
        for at, worth, commitments in readings
    ]
    path = folder / "readings.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_alerts_are_scored_where_somebody_read_them(home: Settings, history: str, tmp_path: Path) -> None:
    readings = write(
        tmp_path,
        (FIRST, True, ["suspension-process"]),
        (SECOND, False, []),
        ("2025-01-20T06:00:00Z", True, ["mediation"]),
    )
    scores = assess_alerts(home, readings, history)
    alerts, commitments = scores["alerts"], scores["commitments"]
    assert (alerts["hits"], alerts["false_hits"], alerts["misses"]) == (1, 1, 1)  # type: ignore[index]
    assert commitments["hits"] == 1 and commitments["false_hits"] >= 1  # type: ignore[index]
    assert scores["not_worth"] == [f"{DOC} {SECOND}"]
    assert scores["unread"] == [f"{DOC} {THIRD}"]
    assert scores["missed"] == [f"{DOC} 2025-01-20T06:00:00Z"]


def test_a_reading_that_cannot_be_used_names_its_line(home: Settings, history: str, tmp_path: Path) -> None:
    path = write(tmp_path, (FIRST, True, []))
    path.write_text(path.read_text(encoding="utf-8") + '\n{"doc": "x"}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"readings\.jsonl:2: .*observed_at"):
        assess_alerts(home, path, history)


def test_readings_without_a_history_are_an_error_that_says_so(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="--history"):
        assess_alerts(home, write(tmp_path, (FIRST, True, [])), "")
