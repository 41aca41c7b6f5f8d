"""Start, watch and stop the processes that make up a running Airflow, and the servers that its tasks ask.

Measured: `airflow standalone` binds its log servers to all interfaces and leaves orphans when it is
terminated. So each component is a child of ours in a session of its own: whatever it forks stays findable by
that session, and a terminal's Ctrl-C reaches only the launcher, which then stops them in order.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import psutil

from plugins.choose_port import is_answering
from plugins.find_members import find_members, kill

POLL_SECONDS: Final = 0.1
KILL_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Component:
    """One process: its name, as in its log file, the arguments of Python, and the port by which one sees it answer."""

    name: str
    arguments: tuple[str, ...]
    port: int | None = None


def _airflow(name: str, *options: str) -> Component:
    return Component(name, ("-m", "airflow", name, *options))


# Without log servers: task logs are read from the disk that all components share.
API_SERVER: Final = _airflow("api-server")
SCHEDULER: Final = _airflow("scheduler", "--skip-serve-logs")
COMPONENTS: Final = (
    API_SERVER,
    SCHEDULER,
    _airflow("dag-processor"),
    _airflow("triggerer", "--skip-serve-logs"),
)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A component that ended: its exit code (negative: the signal) and its log."""

    name: str
    exit_code: int
    log: Path


class ComponentGroup:
    """The running components: Airflow's, and `servers` that its tasks need.

    Each logs to `<logs>/<component>.log`; the log of the launch before is kept too.
    """

    def __init__(
        self, environment: Mapping[str, str], logs: Path, servers: tuple[Component, ...] = ()
    ) -> None:
        self._environment = dict(environment)
        self._logs = logs
        self._servers = servers
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._watcher: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start every component. Raises OSError when one cannot be started; call `stop` then too."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self._watcher = subprocess.Popen(
            [sys.executable, "-m", "plugins.watch_launcher"],
            env={**self._environment, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        for component in (*self._servers, *COMPONENTS):
            with _open_log(self.log_of(component.name)) as log:
                process = subprocess.Popen(
                    [sys.executable, *component.arguments],
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            self._processes[component.name] = process
            if self._watcher.stdin:
                self._watcher.stdin.write(f"{process.pid}\n".encode())
                self._watcher.stdin.flush()

    def log_of(self, name: str) -> Path:
        """Log file of the component `name`."""
        return self._logs / f"{name}.log"

    def find_silent(self) -> list[str]:
        """Names of the servers that do not answer yet."""
        return [server.name for server in self._servers if server.port and not is_answering(server.port)]

    def find_stopped(self) -> list[Stopped]:
        """Components that have ended by themselves."""
        return [
            Stopped(name, process.returncode, self.log_of(name))
            for name, process in self._processes.items()
            if process.poll() is not None
        ]

    def stop(self, grace: float) -> int:
        """End every component and all that it started; returns how many processes of tasks had to be killed.

        The scheduler is given `grace` seconds, in which running tasks may finish; then the tasks are killed while
        the API server still runs, so that they are recorded as failed and not as running for ever; what tasks ask,
        that server and the others, goes last. What has not ended by then is killed too. Called again, it ends what
        is left. Takes 4 to 7 s when no task runs (measured; the triggerer sometimes takes ten, and holds nothing that
        a kill could hurt).
        """
        asked = [API_SERVER.name, *(server.name for server in self._servers)]
        self._terminate(name for name in self._processes if name not in asked)
        self._wait_until_ended([SCHEDULER.name], grace)
        tasks = self._find_tasks()
        kill(tasks)
        self._wait_until_ended([SCHEDULER.name], grace / 2)
        self._terminate(asked)
        self._wait_until_ended(self._processes, grace)
        kill(self._find_members())
        self._wait_until_ended(self._processes, KILL_SECONDS)
        if self._watcher:
            self._watcher.communicate()  # Ends its input, and so the watcher, which finds nothing left to do.
        return len(tasks)

    def _find_members(self) -> list[psutil.Process]:
        for process in self._processes.values():
            process.poll()  # Collect the exit status of a component that has ended.
        return find_members({process.pid for process in self._processes.values()})

    def _terminate(self, names: Iterable[str]) -> None:
        for name in names:
            if name in self._processes and self._processes[name].poll() is None:
                self._processes[name].terminate()

    def _wait_until_ended(self, names: Iterable[str], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        waited_for = [self._processes[name] for name in names if name in self._processes]
        while any(process.poll() is None for process in waited_for) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)

    def _find_tasks(self) -> list[psutil.Process]:
        """What the scheduler's workers started: tasks, and the programs that tasks run."""
        scheduler = self._processes.get(SCHEDULER.name)
        if scheduler is None:
            return []
        return [
            process
            for process in find_members({scheduler.pid})
            if process.pid != scheduler.pid and _parent(process) != scheduler.pid
        ]


def _open_log(path: Path) -> BinaryIO:
    if path.exists():
        path.replace(path.with_suffix(".previous.log"))
    return path.open("wb")


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.Error:
        return 0
