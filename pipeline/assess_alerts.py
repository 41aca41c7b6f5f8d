"""How the alerts of a replay compare with the readings of people who read each of them beside its clauses."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.read_json_lines import read_json_lines
from pipeline.replay_history import replay_history
from pipeline.settings import Settings
from transforms.label_rows import Counts, rate_counts

Row = dict[str, Any]
Key = tuple[str, str]


def assess_alerts(settings: Settings, readings: Path, history: str) -> dict[str, object]:
    """Replay a history and score its alerts against readings, JSON lines with `doc` ("<service>/<terms type>"),
    `observed_at`, `worth` (an alert is worth reading) and `commitments` (those that the change touches).

    `alerts`: worth against not worth, over what was read (a reading that is worth an alert and got none is a miss);
    `commitments`: those named in alerts against those of the readings; `unread` alerts are named and not scored.

    Raises:
        ValueError: no history is named, or a reading is not a JSON object with these keys; the message names file and
            line.
        HistoryError: the history cannot be read.
    """
    if not history:
        raise ValueError(f"{readings}: name the history whose alerts were read (--history)")
    read = _read_readings(readings)
    with TemporaryDirectory(prefix="vigie-alerts-") as folder:
        replay_history(settings, history, Path(folder))
        alerts = {_key(row): row for _number, row in read_json_lines(Path(folder) / "alerts.jsonl")}
    return {"subject": "alerts"} | score_alerts(alerts, read)


def score_alerts(alerts: dict[Key, Row], read: dict[Key, Row]) -> dict[str, object]:
    """Scores of alerts against readings, both by document and time."""
    named = {
        key: {name for change in row["changes"] for name in change["commitments"]}
        for key, row in alerts.items()
    }
    worth = {key for key, row in read.items() if row["worth"]}
    both = alerts.keys() & read.keys()
    counts: Counts = (len(both & worth), len(both - worth), len(worth - alerts.keys()))
    touched = {key: set(read[key]["commitments"]) for key in both}
    hits = sum(len(named[key] & touched[key]) for key in both)
    commitments: Counts = (
        hits,
        sum(len(named[key]) for key in both) - hits,
        sum(len(touched[key]) for key in both) - hits,
    )
    return {
        "rows": len(read),
        "alerts": rate_counts(counts),
        "commitments": rate_counts(commitments),
        "not_worth": [" ".join(key) for key in sorted(both - worth)],
        "missed": [" ".join(key) for key in sorted(worth - alerts.keys())],
        "unread": [" ".join(key) for key in sorted(alerts.keys() - read.keys())],
    }


def _read_readings(path: Path) -> dict[Key, Row]:
    read: dict[Key, Row] = {}
    for number, row in read_json_lines(path):
        try:
            key = (str(row["doc"]), str(row["observed_at"]))
            read[key] = {"worth": bool(row["worth"]), "commitments": list(row["commitments"])}
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a reading ({type(error).__name__}: {error})") from error
    return read


def _key(row: Row) -> Key:
    return f"{row['service']}/{row['terms_type']}", row["observed_at"]
