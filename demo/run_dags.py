"""Run DAGs in this process, as the scheduler would: one after the other, each to its end, with Airflow's own checks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DAGS = Path(__file__).resolve().parent.parent / "dags"
ORDER = ("import_recorded_history", "detect_clause_changes", "alert_stakeholders")


class DagFailed(RuntimeError):
    """A DAG that did not end in success; the message names its failed tasks."""


def run_dags(
    source: str, log: Path, *, collection: str = "", attribution: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Import a history, detect changes, prepare alerts; yields each DAG's name and the state of its tasks.

    `dag.test()` starts no asset-triggered DAG, so the chain that assets make in the scheduler is made here. Airflow's
    own output goes to `log`.

    Raises:
        DagFailed: a DAG is broken or a task failed.
    """
    with redirect_output(log):
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(dag_folder=str(DAGS))
    if bag.import_errors:
        raise DagFailed("; ".join(f"{file}: {error}" for file, error in bag.import_errors.items()))
    conf = {"source": source, "collection": collection, "attribution": attribution}
    configuration = {"import_recorded_history": conf}
    for dag_id in ORDER:
        with redirect_output(log):
            for task in bag.dags[dag_id].tasks:
                task.retries = 0  # somebody is watching: say what failed rather than wait and try again
            run = bag.dags[dag_id].test(run_conf=configuration.get(dag_id))
            states = {instance.task_id: str(instance.state) for instance in run.get_task_instances()}
            tasks = {task.task_id: states[task.task_id] for task in bag.dags[dag_id].topological_sort()}  # type: ignore[no-untyped-call]
        failed = [task for task, state in tasks.items() if state != "success"]
        if failed:
            raise DagFailed(f"{dag_id}: {', '.join(failed)} did not succeed, see {log}")
        yield dag_id, tasks


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
