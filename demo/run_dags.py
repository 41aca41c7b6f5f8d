"""Run DAGs in this process, as the scheduler would: one after the other, each to its end, with Airflow's own checks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

DAGS = Path(__file__).resolve().parent.parent / "dags"
# What assets start one after the other in the scheduler: `dag.test()` starts no asset-triggered DAG.
ORDER = ("import_recorded_history", "detect_clause_changes", "alert_stakeholders")
ROUND_ORDER = ("watch_seller_policies", "detect_clause_changes", "alert_stakeholders")
# A task that had nothing to do is skipped.
GOOD_STATES = ("success", "skipped")


class DagFailed(RuntimeError):
    """A DAG that did not end in success; the message names its failed tasks."""


def run_dags(
    source: str, log: Path, *, collection: str = "", attribution: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Import a history, detect changes, prepare alerts; yields each DAG's name and the state of its tasks.

    Airflow's own output goes to `log`.

    Raises:
        DagFailed: a DAG is broken or a task failed.
    """
    conf = {"source": source, "collection": collection, "attribution": attribution}
    for dag_id in ORDER:
        yield dag_id, run_dag(dag_id, log, conf if dag_id == ORDER[0] else {})


def run_round(log: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """One round of every platform's pages, from the crawl to the alerts that are due; as `run_dags`.

    Raises:
        DagFailed: a DAG is broken or a task failed.
    """
    for dag_id in ROUND_ORDER:
        yield dag_id, run_dag(dag_id, log)


def run_dag(dag_id: str, log: Path, conf: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Run one DAG; returns the state of its tasks in their order, the worst of a mapped one.

    Raises:
        DagFailed: the DAG is broken or a task failed.
    """
    with redirect_output(log):
        dags = _load_dags()
        for task in dags[dag_id].tasks:
            task.retries = 0  # somebody is watching: say what failed rather than wait and try again
        run = dags[dag_id].test(run_conf=dict(conf or {}))
        states: dict[str, str] = {}
        for instance in run.get_task_instances():
            state = str(instance.state)
            if states.get(instance.task_id, "success") in GOOD_STATES:
                states[instance.task_id] = state
        tasks = {task.task_id: states[task.task_id] for task in dags[dag_id].topological_sort()}
    failed = [task for task, state in tasks.items() if state not in GOOD_STATES]
    if failed:
        raise DagFailed(f"{dag_id}: {', '.join(failed)} did not succeed, see {log}")
    return tasks


@cache
def _load_dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(DAGS))
    if bag.import_errors:
        raise DagFailed("; ".join(f"{file}: {error}" for file, error in bag.import_errors.items()))
    return dict(bag.dags)


@contextmanager
def redirect_output(log: Path) -> Iterator[None]:
    """Send what this process writes to stdout and stderr, by whatever library, to the end of a file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1), os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for descriptor, kept in zip((1, 2), saved, strict=True):
                os.dup2(kept, descriptor)
                os.close(kept)
