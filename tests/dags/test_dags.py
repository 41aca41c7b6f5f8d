"""Every DAG file: loads in a real Airflow, is thin, documented, and the chain runs from history to preview."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from charter.load import load_platforms
from demo.run_dags import ORDER, DagFailed, run_dags
from pipeline.settings import Settings
from tests.conftest import ROOT
from tests.pipeline.conftest import TERMS
from warehouse.query_published import query_published

DAG_FILES = sorted((ROOT / "dags").glob("[!_]*.py"))
FILES_WITH_TASKS = sorted(
    path for path in (ROOT / "dags").glob("*.py") if "@task" in path.read_text(encoding="utf-8")
)
STARTING_DETECTION = ("watch_seller_policies", "import_recorded_history", "release_quarantine")
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


@pytest.mark.parametrize("path", FILES_WITH_TASKS, ids=lambda path: path.stem)
def test_a_task_body_is_one_import_and_one_call(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tasks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(item).split("(")[0] == "task" for item in node.decorator_list)
    ]
    assert tasks
    for task in tasks:
        body = task.body[1:] if ast.get_docstring(task) else task.body
        assert isinstance(body[0], ast.ImportFrom), task.name
        assert len(body) == 2, task.name


def test_tasks_that_open_the_build_file_share_its_pool(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    others = {
        task.task_id: task.pool for dag in bag.dags.values() for task in dag.tasks if task.pool != "warehouse"
    }
    assert others == {
        "any_crawled": "default_pool",
        "check": "crawl",
        "confirm": "crawl",
        "crawl": "crawl",
        "load.validate": "default_pool",
        "load_confirmation.validate": "default_pool",
        "plan_checks": "default_pool",
        "report": "default_pool",
        "validate": "default_pool",
        "wait": "default_pool",
    }


def test_only_what_asks_sites_is_tried_again_in_a_round(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(dag_folder=str(ROOT / "dags")).dags["watch_seller_policies"]
    assert {task.task_id: task.retries for task in dag.tasks if task.retries} == {"crawl": 2, "confirm": 2}
    assert all(
        dag.get_task(name).retry_exponential_backoff and dag.get_task(name).execution_timeout
        for name in ("crawl", "confirm")
    )


def test_every_task_of_a_round_says_in_the_ui_what_it_does(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(dag_folder=str(ROOT / "dags")).dags["watch_seller_policies"]
    assert [task.task_id for task in dag.tasks if not task.doc_md] == []


def test_detection_starts_after_a_round_an_import_or_a_release(airflow_home: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk.definitions.asset import AssetAny

    dags = DagBag(dag_folder=str(ROOT / "dags")).dags
    schedule = dags["detect_clause_changes"].schedule
    assert isinstance(schedule, AssetAny)
    told = [dags[name].get_task("publish").outlets for name in STARTING_DETECTION]
    assert sorted(asset.name for asset in schedule.objects) == sorted(asset.name for (asset,) in told)


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


@pytest.mark.parametrize(
    ("dag_id", "required"),
    [
        ("import_recorded_history", {"source"}),
        ("watch_seller_policies", set()),
        ("verify_declarations", set()),
        ("release_quarantine", {"quarantine_ids", "decision", "reason"}),
    ],
)
def test_a_form_asks_for_what_is_needed_and_nothing_else(
    airflow_home: Path, dag_id: str, required: set[str]
) -> None:
    from airflow.dag_processing.dagbag import DagBag

    params = DagBag(dag_folder=str(ROOT / "dags")).dags[dag_id].params
    optional = {name for name in params if "null" in params.get_param(name).schema["type"]}
    assert set(params) - optional == required


def test_the_form_of_a_round_offers_the_platforms_that_have_something_to_watch(
    airflow_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("VIGIE_PLATFORMS", str(ROOT / "demo" / "platforms"))
    params = DagBag(dag_folder=str(ROOT / "dags")).dags["watch_seller_policies"].params
    offered = params.get_param("platforms").schema
    active = [
        p
        for p in load_platforms(ROOT / "demo" / "platforms")
        if any(d.state == "active" for d in p.documents)
    ]
    assert offered["examples"] == [platform.id for platform in active]
    assert offered["values_display"] == {platform.id: platform.name for platform in active}


def test_a_broken_platform_file_takes_no_dag_out_of_the_ui(
    airflow_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.dag_processing.dagbag import DagBag

    (tmp_path / "broken.yml").write_text("id: other\n", encoding="utf-8")
    monkeypatch.setenv("VIGIE_PLATFORMS", str(tmp_path))
    bag = DagBag(dag_folder=str(ROOT / "dags"))
    assert bag.import_errors == {}
    assert "watch_seller_policies" in bag.dags
