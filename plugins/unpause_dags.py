"""Unpause the DAGs that may start as soon as they are there; the others are left to the person."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from plugins.airflow_api import AirflowApi, DagState, ImportProblem

POLL_SECONDS: Final = 1.0
# Timetables that start nothing by themselves. Measured: unpausing a cron DAG starts a run at once. A list of
# what is safe, since "Asset or 0 5 * * *" and timetables yet unknown are not.
SCHEDULES_WITHOUT_CLOCK: Final = (None, "Asset", "Partitioned Asset")
# What looks after the archive and the declarations: of no use to somebody who sees the first round.
MAINTENANCE: Final = "maintenance"
# Which DAGs are unpaused when they are first seen.
Unpauses = Literal["all but maintenance", "without clock", "none"]


@dataclass(frozen=True, slots=True)
class DagReport:
    """What a launch found: ids of DAGs, files that cannot be imported, files that were never parsed."""

    running: tuple[str, ...]
    paused: tuple[str, ...]
    problems: tuple[ImportProblem, ...]
    unseen: tuple[Path, ...]


def list_dag_files(folder: Path) -> list[Path]:
    """Files of the DAG folder that are expected to define a DAG: every Python file not named `_...`."""
    return sorted(path.resolve() for path in folder.rglob("*.py") if not path.name.startswith("_"))


def unpause_dags(api: AirflowApi, record: Path, report: DagReport, which: Unpauses) -> DagReport:
    """Unpause once each DAG of `report` that is meant by `which`, and return the report as it is afterwards.

    `record` remembers which were unpaused, so that a DAG paused by a person stays paused at the next launch.
    """
    seen_before = set(json.loads(record.read_text(encoding="utf-8"))) if record.is_file() else set()
    meant = {state.dag_id for state in api.list_dags() if _is_meant(state, which)}
    waiting = [name for name in report.paused if name in meant - seen_before]
    for name in waiting:
        api.unpause(name)
    record.write_text(json.dumps(sorted(seen_before | meant)) + "\n", encoding="utf-8")
    return DagReport(
        running=tuple(sorted({*report.running, *waiting})),
        paused=tuple(name for name in report.paused if name not in waiting),
        problems=report.problems,
        unseen=report.unseen,
    )


def await_dags(
    api: AirflowApi, files: list[Path], seconds: float, is_interrupted: Callable[[], bool]
) -> DagReport:
    """Wait until each of `files` has been parsed into a DAG or a problem, at most `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        states, problems = api.list_dags(), api.list_import_problems()
        seen = {state.file.resolve() for state in states} | {_locate(problem, files) for problem in problems}
        unseen = tuple(path for path in files if path not in seen)
        if not unseen or time.monotonic() > deadline or is_interrupted():
            return DagReport(
                running=tuple(sorted(state.dag_id for state in states if not state.is_paused)),
                paused=tuple(sorted(state.dag_id for state in states if state.is_paused)),
                problems=tuple(problems),
                unseen=unseen,
            )
        time.sleep(POLL_SECONDS)


def _locate(problem: ImportProblem, files: list[Path]) -> Path:
    """The file of a problem: Airflow names it relative to the bundle."""
    for path in files:
        if path == problem.file or path.parts[-len(problem.file.parts) :] == problem.file.parts:
            return path
    return problem.file


def _is_meant(state: DagState, which: Unpauses) -> bool:
    if which == "all but maintenance":
        return MAINTENANCE not in state.tags
    return which == "without clock" and state.schedule in SCHEDULES_WITHOUT_CLOCK
