"""A launcher process under test, every process seen under it, and the DAGs it is given."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

from plugins.airflow_environment import airflow_home

READY_SECONDS = 120
STOP_SECONDS = 20
DAG_BY_HAND = """
from airflow.sdk import dag, task
@dag(schedule=None)
def greet_by_hand():
    @task(pool="warehouse")
    def greet() -> None:
        print("hello")
    greet()
greet_by_hand()
"""
# The program it starts leaves the task's session, as a crawler might.
DAG_NAPPING = """
from airflow.sdk import dag, task
@dag(schedule=None)
def nap_by_hand():
    @task
    def nap() -> None:
        import subprocess
        subprocess.run(["sleep", "600"], start_new_session=True)
    nap()
nap_by_hand()
"""
DAG_BY_CLOCK = DAG_BY_HAND.replace("by_hand", "by_clock").replace("schedule=None", 'schedule="0 5 * * *"')


class Launched:
    """A launcher process over `home`, and every process seen under it. `root` is the project's unless given."""

    def __init__(self, home: Path, root: Path | None, port: int, *options: str) -> None:
        self.home, self.port = home, port
        self.output = home / "launcher.out"
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "AIRFLOW"))
        }
        project = Path(__file__).resolve().parents[2]
        with self.output.open("wb") as stream:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "plugins.launch_airflow",
                    "--root",
                    str(root or project),
                    *options,
                ],
                env={**kept, "VIGIE_HOME": str(home), "VIGIE_PORT": str(port), "PYTHONPATH": str(project)},
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=project,
            )
        self.seen: dict[int, psutil.Process] = {}

    def look(self) -> list[psutil.Process]:
        """Living descendants of the launcher; they are remembered."""
        try:
            found = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        self.seen.update({child.pid: child for child in found})
        return found

    def await_text(self, text: str, seconds: float = READY_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.read() and time.monotonic() < deadline and self.process.poll() is None:
            time.sleep(0.2)
        assert text in self.read(), self.read()

    def await_process(self, argument: str) -> psutil.Process:
        """The process under the launcher that has `argument` on its command line."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            for child in self.look():
                with suppress(psutil.NoSuchProcess):
                    if argument in child.cmdline():
                        return child
            time.sleep(0.2)
        raise AssertionError(f"{argument} did not start: {self.read()}")

    def survivors(self) -> list[psutil.Process]:
        """Processes seen under the launcher, or carrying its AIRFLOW_HOME, that still live."""
        mine = [
            process for process in psutil.process_iter() if _home_of(process) == str(airflow_home(self.home))
        ]
        return [
            process
            for process in (*self.seen.values(), *mine)
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]

    def read(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")


def _home_of(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("AIRFLOW_HOME", ""))
    except psutil.Error:
        return ""


def await_end_of(launched: Launched, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while launched.survivors() and time.monotonic() < deadline:
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(url: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
