"""Which DAGs the launcher unpauses."""

from __future__ import annotations

from pathlib import Path

from plugins.airflow_api import AirflowApi, DagState, ImportProblem
from plugins.unpause_dags import Unpauses, await_dags, list_dag_files, unpause_dags


class RecordedApi(AirflowApi):
    """An API server whose DAGs are those given; remembers what was asked of it."""

    def __init__(self, states: list[DagState], problems: tuple[ImportProblem, ...] = ()) -> None:
        super().__init__("http://127.0.0.1:9")
        self.states = {state.dag_id: state for state in states}
        self.problems = list(problems)

    def list_dags(self) -> list[DagState]:
        return list(self.states.values())

    def list_import_problems(self) -> list[ImportProblem]:
        return self.problems

    def unpause(self, dag_id: str) -> None:
        old = self.states[dag_id]
        self.states[dag_id] = DagState(old.dag_id, old.file, old.schedule, is_paused=False)

    def pause(self, dag_id: str) -> None:
        old = self.states[dag_id]
        self.states[dag_id] = DagState(old.dag_id, old.file, old.schedule, is_paused=True)


def paused(name: str, schedule: str | None) -> DagState:
    return DagState(name, Path(f"{name}.py").resolve(), schedule, is_paused=True)


ALL_KINDS = [
    paused("by_hand", None),
    paused("by_asset", "Asset"),
    paused("by_cron", "0 5 * * *"),
    paused("by_asset_or_cron", "Asset or 0 5 * * *"),
    paused("at_once", "@once"),
    paused("without_end", "@continuous"),
]


def launch(api: RecordedApi, record: Path, which: Unpauses = "without clock") -> tuple[set[str], set[str]]:
    report = unpause_dags(api, record, await_dags(api, [], 0, lambda: False), which)
    assert {name for name, state in api.states.items() if not state.is_paused} == set(report.running)
    return set(report.running), set(report.paused)


def test_only_dags_that_nothing_starts_by_itself_are_unpaused(tmp_path: Path) -> None:
    running, left = launch(RecordedApi(ALL_KINDS), tmp_path / "unpaused.json")
    assert running == {"by_hand", "by_asset"}
    assert left == {"by_cron", "by_asset_or_cron", "at_once", "without_end"}


def test_over_the_demo_every_dag_but_maintenance_is_unpaused(tmp_path: Path) -> None:
    thin = DagState("thin", tmp_path / "thin.py", "0 3 1 * *", is_paused=True, tags=("vigie", "maintenance"))
    running, left = launch(RecordedApi([*ALL_KINDS, thin]), tmp_path / "unpaused.json", "all but maintenance")
    assert (running, left) == ({state.dag_id for state in ALL_KINDS}, {"thin"})


def test_over_the_real_sites_no_dag_is_unpaused(tmp_path: Path) -> None:
    running, left = launch(RecordedApi(ALL_KINDS), tmp_path / "unpaused.json", "none")
    assert (running, left) == (set(), {state.dag_id for state in ALL_KINDS})


def test_a_dag_that_a_person_paused_stays_paused_at_the_next_launch(tmp_path: Path) -> None:
    api, record = RecordedApi(ALL_KINDS), tmp_path / "unpaused.json"
    launch(api, record)
    api.pause("by_asset")
    running, left = launch(api, record)
    assert running == {"by_hand"}
    assert "by_asset" in left


def test_a_dag_that_is_new_at_a_later_launch_is_unpaused(tmp_path: Path) -> None:
    api, record = RecordedApi([paused("old", None)]), tmp_path / "unpaused.json"
    launch(api, record)
    api.states["new"] = paused("new", "Asset")
    assert launch(api, record)[0] == {"old", "new"}


def test_files_that_were_never_parsed_or_are_broken_are_reported(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("fine.py", "broken.py", "ignored.py")]
    fine = DagState("fine", tmp_path / "fine.py", None, is_paused=True)
    api = RecordedApi([fine], (ImportProblem(Path("broken.py"), "Traceback\nNameError: x"),))
    report = await_dags(api, files, 0, lambda: False)
    assert report.unseen == (tmp_path / "ignored.py",)
    assert [problem.file for problem in report.problems] == [Path("broken.py")]


def test_package_files_of_the_dag_folder_are_not_awaited(tmp_path: Path) -> None:
    for name in ("__init__.py", "_private.py", "import_things.py", "page.md"):
        (tmp_path / name).touch()
    assert list_dag_files(tmp_path) == [tmp_path / "import_things.py"]
