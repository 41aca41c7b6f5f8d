"""The launcher, with a real Airflow: what it opens, whom it lets in, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from plugins.airflow_api import AirflowApi
from plugins.airflow_environment import airflow_home, logs_folder, password_file
from plugins.choose_port import NoFreePort, choose_port
from plugins.keep_secrets import read_password
from plugins.launch_airflow import main
from plugins.prepare_airflow_home import POOLS, prepare_airflow_home
from tests.plugins.launched_airflow import (
    DAG_BY_CLOCK,
    DAG_BY_HAND,
    DAG_NAPPING,
    STOP_SECONDS,
    Launched,
    await_end_of,
    free_port,
    status_of,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root")
    (folder / "dags").mkdir()
    (folder / "dags" / "greet_by_hand.py").write_text(DAG_BY_HAND, encoding="utf-8")
    (folder / "dags" / "nap_by_hand.py").write_text(DAG_NAPPING, encoding="utf-8")
    (folder / "dags" / "greet_by_clock.py").write_text(DAG_BY_CLOCK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def running(home: Path, root: Path) -> Iterator[Launched]:
    """Airflow, ready, its DAGs parsed."""
    launched = Launched(home, root, free_port())
    try:
        launched.await_text("  running   ")
        yield launched
    finally:
        if launched.process.poll() is None:
            launched.process.send_signal(signal.SIGTERM)
            launched.process.wait(STOP_SECONDS * 2)


@pytest.fixture
def api(running: Launched) -> AirflowApi:
    """The running Airflow, as its admin."""
    client = AirflowApi(f"http://127.0.0.1:{running.port}")
    client.log_in("admin", read_password(password_file(running.home), "admin"))
    return client


@pytest.mark.slow
def test_health_answers_and_the_terminal_says_where_to_log_in(running: Launched) -> None:
    assert status_of(f"http://127.0.0.1:{running.port}/api/v2/monitor/health") == 200
    printed = running.read()
    assert f"http://127.0.0.1:{running.port}" in printed
    assert read_password(password_file(running.home), "admin") in printed
    assert stat.S_IMODE(password_file(running.home).stat().st_mode) == 0o600


@pytest.mark.slow
def test_without_login_the_api_refuses(running: Launched) -> None:
    for path in ("dags", "pools", "variables", "connections", "config"):
        assert status_of(f"http://127.0.0.1:{running.port}/api/v2/{path}") == 401, path


@pytest.mark.slow
def test_a_wrong_password_is_refused(running: Launched) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        AirflowApi(f"http://127.0.0.1:{running.port}").log_in("admin", "admin")
    assert refused.value.code == 401


@pytest.mark.slow
def test_the_generated_password_lets_in_and_only_dags_without_clock_are_unpaused(api: AirflowApi) -> None:
    assert {state.dag_id: state.is_paused for state in api.list_dags()} == {
        "greet_by_hand": False,
        "greet_by_clock": True,
        "nap_by_hand": False,
    }
    assert api.list_import_problems() == []


@pytest.mark.slow
def test_every_listening_socket_is_on_loopback(running: Launched) -> None:
    listening = {
        connection.laddr
        for process in [psutil.Process(running.process.pid), *running.look()]
        for connection in process.net_connections(kind="inet")
        if connection.status in {psutil.CONN_LISTEN, psutil.CONN_NONE}
    }
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert {address.port for address in listening} == {running.port}


@pytest.mark.slow
def test_a_second_launch_over_the_same_home_is_refused(running: Launched, home: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plugins.launch_airflow", "--root", str(root)],
        env={**os.environ, "VIGIE_HOME": str(home), "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"already runs over {airflow_home(home)} (process {running.process.pid})" in done.stderr


@pytest.mark.slow
def test_preparing_again_runs_nothing_and_the_pools_are_there(running: Launched, root: Path) -> None:
    log = logs_folder(running.home) / "migrate.log"
    assert all(f"Pool {pool.name} created" in log.read_text(encoding="utf-8") for pool in POOLS)
    before = log.stat().st_mtime_ns
    started = time.perf_counter()
    prepare_airflow_home(running.home, root, port=running.port)
    assert time.perf_counter() - started < 1
    assert log.stat().st_mtime_ns == before


@pytest.mark.slow
def test_ctrl_c_ends_everything_within_20_seconds_even_while_a_task_runs(
    running: Launched, api: AirflowApi
) -> None:
    api._call("POST", "/api/v2/dags/nap_by_hand/dagRuns", {"logical_date": None})
    running.await_process("sleep")
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(STOP_SECONDS) == 0, running.read()
    assert running.survivors() == []
    assert "Airflow has stopped" in running.read()
    with closing(sqlite3.connect(airflow_home(running.home) / "airflow.db")) as metadata:
        assert metadata.execute("SELECT state FROM task_instance").fetchall() == [("failed",)]


@pytest.mark.slow
def test_a_component_that_dies_ends_the_rest_and_its_log_is_named(home: Path, root: Path) -> None:
    launched = Launched(home, root, free_port())
    launched.await_process("scheduler").kill()
    assert launched.process.wait(STOP_SECONDS) == 1
    assert "scheduler ended with exit code -9" in launched.read()
    assert str(logs_folder(home) / "scheduler.log") in launched.read()
    assert launched.survivors() == []


@pytest.mark.slow
def test_a_launcher_that_is_killed_leaves_no_orphan(home: Path, root: Path) -> None:
    launched = Launched(home, root, free_port())
    scheduler = launched.await_process("scheduler")
    while not scheduler.children():  # Its workers are what would be orphaned.
        time.sleep(0.2)
    launched.look()
    launched.process.kill()
    launched.process.wait()
    await_end_of(launched, STOP_SECONDS)
    assert launched.survivors() == []


def test_a_busy_port_makes_way_for_the_next_free_one_unless_it_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < choose_port(port) <= port + 20
        with pytest.raises(NoFreePort, match=f"port {port} .* is in use"):
            choose_port(port, is_required=True)


def test_a_launch_elsewhere_is_recognised_by_its_lock(tmp_path: Path) -> None:
    folder = airflow_home(tmp_path)
    folder.mkdir()
    (folder / "launch.pid").write_text("4242\n", encoding="utf-8")
    with FileLock(folder / "launch.lock"):
        done = subprocess.run(
            [sys.executable, "-m", "plugins.launch_airflow"],
            env={
                **os.environ,
                "VIGIE_HOME": str(tmp_path),
                "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, "process 4242" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({}, "VIGIE_CONTACT is not set"),
        ({"CONTACT": "a@b.example", "REPLAY_URL": "http://x"}, "VIGIE_REPLAY_URL"),
    ],
)
def test_a_live_launch_that_may_not_be_is_refused_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    missing: str,
) -> None:
    for name, value in {"HOME": str(tmp_path / "home"), "CONTACT": "", "REPLAY_URL": "", **settings}.items():
        monkeypatch.setenv(f"VIGIE_{name}", value)
    assert main(["--live"]) == 2
    told = capsys.readouterr().err
    assert missing in told
    assert told.count("\n") == 1
    assert not (tmp_path / "home").exists()
