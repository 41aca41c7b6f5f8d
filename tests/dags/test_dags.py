"""Every DAG file: loads in a real Airflow, is thin, documented, and the chain runs from history to preview."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from demo.run_dags import ORDER, DagFailed, run_dags
from pipeline.settings import Settings
from tests.conftest import ROOT
from tests.pipeline.conftest import TERMS
from warehouse.query_published import query_published

DAG_FILES = sorted((ROOT / "dags").glob("*.py"))
pytestmark = pytest.mark.slow


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two versions of one invented document, as a dataset folder."""
    place = tmp_path / "dag-history" / "Bazar d'Essai" / "Marketplace Sellers Conditions"
    place.mkdir(parents=True)
    at = datetime(2025, 1, 6, 6, tzinfo=UTC)
    for text in (TERMS, TERMS.replace("30 jours", "15 jours")):
        (place / f"{at:%Y-%m-%dT%H-%M-%S}Z.md").write_text(text, encoding="utf-8")
        at += timedelta(days=7)
    return tmp_path / "dag-history"


def test_every_dag_file_holds_one_dag_of_its_own_name_with_a_page(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    assert bag.import_errors == {}
    assert sorted(bag.dags) == [path.stem for path in DAG_FILES]
    for path in DAG_FILES:
        dag = bag.dags[path.stem]
        assert dag.doc_md is not None
        assert dag.doc_md.startswith("### ")
        assert not dag.catchup
        assert dag.max_active_runs == 1
        for task in dag.tasks:
            assert f"`{task.task_id}`" in dag.doc_md, f"{path.name} does not explain {task.task_id}"


def test_readme_lists_every_dag() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in DAG_FILES:
        assert f"`{path.stem}`" in readme


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.stem)
def test_a_task_body_is_one_import_and_one_call(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tasks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any("task" in ast.unparse(item) for item in node.decorator_list)
    ]
    assert tasks
    for task in tasks:
        assert isinstance(task.body[0], ast.ImportFrom), task.name
        assert len(task.body) == 2, task.name


def test_tasks_that_open_the_build_file_share_its_pool(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    free = [task.task_id for dag in bag.dags.values() for task in dag.tasks if task.pool != "warehouse"]
    assert sorted(free) == ["validate"]


def test_the_chain_runs_from_recorded_history_to_previews(
    airflow_home: Path, history: Path, tmp_path: Path
) -> None:
    states = dict(run_dags(str(history), tmp_path / "airflow.log"))
    assert tuple(states) == ORDER
    settings = Settings(home=airflow_home)
    found = query_published(settings.location, "SELECT verdict FROM verdict ORDER BY verdict").rows
    assert found == (("baseline",), ("changed",))
    index = settings.data_folder / "previews" / "index.html"
    assert "Bazar d" in index.read_text(encoding="utf-8")


def test_a_failed_task_is_named_with_its_log(
    airflow_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "airflow.log"
    with (
        capsys.disabled(),
        pytest.raises(DagFailed, match=r"import_recorded_history: .*stage.*did not succeed"),
    ):
        dict(run_dags(str(tmp_path / "missing.bundle"), log))
    assert log.stat().st_size > 0


def test_the_import_form_asks_for_a_source_and_nothing_else(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    params = DagBag(dag_folder=str(ROOT / "dags")).dags["import_recorded_history"].params
    optional = {name for name in params if "null" in params.get_param(name).schema["type"]}
    assert set(params) - optional == {"source"}
