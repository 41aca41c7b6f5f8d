"""Run one DAG to its end in this process and say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from demo.run_dags import redirect_output
from tests.conftest import ROOT


class FinishedRun(NamedTuple):
    """A run: its state, states by task, names of mapped instances by task, extra of its asset event if any."""

    state: str
    tasks: dict[str, list[str]]
    names: dict[str, list[str]]
    told: dict[str, Any]


def run_to_the_end(dag_id: str, folder: Path, form: Mapping[str, Any]) -> FinishedRun:
    """Run a DAG with its form filled in, without the minutes between two tries; Airflow's log goes to a folder."""
    with redirect_output(folder / "airflow.log"):
        from airflow.dag_processing.dagbag import DagBag

        dag = DagBag(dag_folder=str(ROOT / "dags")).dags[dag_id]
        for task in dag.tasks:
            task.retries = 0
        run = dag.test(run_conf=dict(form))
    tasks: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    for instance in sorted(run.get_task_instances(), key=lambda instance: instance.map_index):
        tasks.setdefault(instance.task_id, []).append(str(instance.state))
        if instance.map_index >= 0:
            names.setdefault(instance.task_id, []).append(instance.rendered_map_index)
    return FinishedRun(str(run.state), tasks, names, _read_event(run.run_id))


def _read_event(run_id: str) -> dict[str, Any]:
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        found = select(AssetEvent.extra).where(AssetEvent.source_run_id == run_id)
        return dict(session.scalars(found).one_or_none() or {})
