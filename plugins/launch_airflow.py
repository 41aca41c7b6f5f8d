"""`make airflow`: run Airflow on this machine, reachable from this machine only, until Ctrl-C.

Starts API server, scheduler, DAG processor and triggerer over VIGIE_HOME/airflow, waits until all are healthy
(22 s measured), says where to log in, and on Ctrl-C, SIGTERM or the death of one component ends all of them.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from pipeline.settings import ROOT, read_settings
from plugins.airflow_api import AirflowApi
from plugins.airflow_environment import (
    ADMIN,
    airflow_home,
    logs_folder,
    merge_environment,
    password_file,
)
from plugins.choose_port import LOOPBACK, choose_port
from plugins.keep_secrets import read_password
from plugins.launch_mode import LaunchMode, LaunchRefused, over_demo, over_real_sites, over_settings
from plugins.prepare_airflow_home import prepare_airflow_home
from plugins.run_components import ComponentGroup
from plugins.unpause_dags import DagReport, await_dags, list_dag_files, unpause_dags

HEALTHY_SECONDS: Final = 180.0
PARSED_SECONDS: Final = 60.0
GRACE_SECONDS: Final = 6.0
LOG_TAIL_LINES: Final = 15


class LaunchError(Exception):
    """Airflow could not be started or did not stay up; the message says why and where to look."""


class Launch:
    """One launch, from the first process to the last."""

    def __init__(self, mode: LaunchMode, root: Path, port: int) -> None:
        self._mode = mode
        self._home = mode.home
        self._root = root
        self._url = f"http://{LOOPBACK}:{port}"
        self._stop_asked = threading.Event()
        self._asked_at = 0.0
        environment = {**prepare_airflow_home(mode.home, root, port=port), **mode.environment}
        self._group = ComponentGroup(
            merge_environment(os.environ, environment), logs_folder(mode.home), mode.servers
        )

    def ask_to_stop(self, *_: object) -> None:
        """Signal handler: end what runs; asked again a second later or more, end it at once.

        A terminal signals its whole foreground group and `make` passes signals on: two at once are one wish.
        """
        now = time.monotonic()
        if self._stop_asked.is_set() and now - self._asked_at > 1:
            self._group.stop(grace=0)
        if not self._stop_asked.is_set():
            self._asked_at = now
        self._stop_asked.set()

    def run(self) -> None:
        """Run until asked to stop. Raises LaunchError when a component ends or does not become healthy."""
        started = datetime.now(UTC)
        try:
            self._group.start()
            self._await_health(started)
            if not self._stop_asked.is_set():
                self._announce((datetime.now(UTC) - started).total_seconds())
            while not self._stop_asked.wait(timeout=1):
                self._check_alive()
        finally:
            print("Stopping Airflow ...", flush=True)
            killed = self._group.stop(GRACE_SECONDS)
            print(f"Airflow has stopped{', and ended what was still running.' if killed else '.'}")

    def _await_health(self, started: datetime) -> None:
        api = AirflowApi(self._url)
        deadline = time.monotonic() + HEALTHY_SECONDS
        while unhealthy := [*self._group.find_silent(), *api.find_unhealthy(started)]:
            if self._stop_asked.wait(timeout=0.5):
                return
            self._check_alive()
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"not healthy after {HEALTHY_SECONDS:.0f} s: {', '.join(unhealthy)}; logs are in "
                    f"{_show(logs_folder(self._home))}"
                )

    def _check_alive(self) -> None:
        for stopped in self._group.find_stopped():
            lines = stopped.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_TAIL_LINES:]
            raise LaunchError(
                f"{stopped.name} ended with exit code {stopped.exit_code}, so the rest is stopped; its log "
                f"{_show(stopped.log)} ends with:\n" + "\n".join(f"  {line}" for line in lines)
            )

    def _announce(self, seconds: float) -> None:
        passwords = password_file(self._home)
        password = read_password(passwords, ADMIN)
        print(
            f"Airflow is ready after {seconds:.0f} s.\n"
            f"  open      {self._url}\n"
            f"  user      {ADMIN}\n"
            f"  password  {password}   (kept in {_show(passwords)})\n"
            f"  logs      {_show(logs_folder(self._home))}/<component>.log\n"
            f"  stop      Ctrl-C",
            flush=True,
        )
        api = AirflowApi(self._url)
        api.log_in(ADMIN, password)
        files = list_dag_files(self._root / "dags")
        report = await_dags(api, files, PARSED_SECONDS, self._stop_asked.is_set)
        if not self._stop_asked.is_set():
            record = airflow_home(self._home) / "unpaused.json"
            _print_dags(unpause_dags(api, record, report, self._mode.unpauses))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the launcher; returns the exit code: 0 when stopped by the person, 1 on an error, 2 when refused."""
    parser = argparse.ArgumentParser(prog="python -m plugins.launch_airflow", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder with dags/ (default: the project)")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--demo", action="store_true", help="over the demo's archive, offline; all DAGs run")
    ways.add_argument("--live", action="store_true", help="over the real sites; all DAGs wait, paused")
    chosen = parser.parse_args(arguments)
    choose_mode = over_demo if chosen.demo else over_real_sites if chosen.live else over_settings
    try:
        settings = read_settings()
        _launch_alone(choose_mode(settings), chosen.root, settings.port, "port" in settings.model_fields_set)
    except KeyboardInterrupt:  # Before the launch took over the signals: nothing runs yet.
        return 130
    except LaunchRefused as error:
        print(f"vigie: {error}", file=sys.stderr)
        return 2
    except (LaunchError, RuntimeError, ValueError, OSError) as error:
        print(f"vigie: {error}", file=sys.stderr)
        return 1
    return 0


def _launch_alone(mode: LaunchMode, root: Path, preferred_port: int, is_port_required: bool) -> None:
    """Launch unless a launch already runs over the home: two schedulers must not share one SQLite file."""
    home = mode.home
    airflow_home(home).mkdir(parents=True, exist_ok=True)
    holder = airflow_home(home) / "launch.pid"
    try:
        with FileLock(airflow_home(home) / "launch.lock", timeout=0):
            holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
            port = choose_port(preferred_port, is_required=is_port_required)
            if port != preferred_port:
                print(f"Port {preferred_port} is in use; taking {port}.")
            print("Starting Airflow ...", flush=True)
            launch = Launch(mode, root, port)
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(signum, launch.ask_to_stop)
            launch.run()
    except Timeout as error:
        pid = holder.read_text(encoding="utf-8").strip() if holder.is_file() else "unknown"
        raise LaunchError(f"Airflow already runs over {_show(airflow_home(home))} (process {pid})") from error


def _print_dags(report: DagReport) -> None:
    print(f"  running   {', '.join(report.running) or 'no DAG'}")
    if report.paused:
        print(
            f"  paused    {', '.join(report.paused)}   (unpause in the UI; one with a clock starts at once)"
        )
    for problem in report.problems:
        print(f"  BROKEN    {problem.file}: {problem.trace.strip().splitlines()[-1]}")
    for path in report.unseen:
        print(f"  UNSEEN    {_show(path)} not parsed within {PARSED_SECONDS:.0f} s; see dag-processor.log")
    sys.stdout.flush()


def _show(path: Path) -> str:
    """`path` as the person knows it: relative to the working directory where it is inside it."""
    resolved = path.resolve()
    return str(resolved.relative_to(Path.cwd())) if resolved.is_relative_to(Path.cwd()) else str(resolved)


if __name__ == "__main__":
    raise SystemExit(main())
