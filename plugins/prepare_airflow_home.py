"""Bring AIRFLOW_HOME to the state that a launch, the demo or a test needs: secrets, metadata, pools."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from filelock import FileLock

from plugins.airflow_environment import airflow_environment, airflow_home, logs_folder, merge_environment

PREPARE_TIMEOUT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool of Airflow: at most `slots` tasks that name it run at a time."""

    name: str
    slots: int
    description: str


POOLS: Final = (
    Pool("warehouse", 1, "Every task that opens the warehouse build file: DuckDB allows one process"),
    Pool("crawl", 2, "Crawls, each one request at a time per host"),
    Pool("slack", 1, "Deliveries, in order"),
)


def prepare_airflow_home(home: Path, root: Path, *, port: int | None = None) -> dict[str, str]:
    """Environment of the deployment (see `airflow_environment`), its metadata migrated and its pools present.

    Migrating costs a process of 6 s (measured) and happens once per Airflow version; afterwards one read of
    the SQLite file tells that nothing is to do (2 ms). A pool that exists keeps its slots: somebody may have
    tuned it.

    Raises RuntimeError, naming the log file, when Airflow refuses to migrate.
    """
    environment = airflow_environment(home, root, port=port)
    folder = airflow_home(home)
    logs_folder(home).mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "prepare.lock", timeout=PREPARE_TIMEOUT_SECONDS):
        commands = _missing_steps(folder)
        if commands:
            merged = merge_environment(os.environ, environment)
            _run_airflow(commands, merged, logs_folder(home) / "migrate.log")
            (folder / "schema").write_text(_schema_stamp(folder), encoding="utf-8")
    return environment


def enter_airflow_home(home: Path, root: Path) -> None:
    """Prepare AIRFLOW_HOME and make it this process's own, for `dag.test()`.

    To be called before Airflow is first imported, since Airflow reads its settings then. Raises RuntimeError
    when it was already imported for another home.
    """
    environment = prepare_airflow_home(home, root)
    if "airflow" in sys.modules and os.environ.get("AIRFLOW_HOME") != environment["AIRFLOW_HOME"]:
        raise RuntimeError(f"airflow was imported before AIRFLOW_HOME became {environment['AIRFLOW_HOME']}")
    merged = merge_environment(os.environ, environment)
    for name in set(os.environ) - set(merged):
        del os.environ[name]
    os.environ.update(merged)


def _missing_steps(folder: Path) -> list[list[str]]:
    """Airflow commands, as argument lists, that are still to be run."""
    stamp = folder / "schema"
    migrated = stamp.is_file() and stamp.read_text(encoding="utf-8") == _schema_stamp(folder)
    present = _read_column(folder / "airflow.db", "SELECT pool FROM slot_pool")
    return [
        *([] if migrated else [["db", "migrate"]]),
        *(
            ["pools", "set", pool.name, str(pool.slots), pool.description]
            for pool in POOLS
            if pool.name not in present
        ),
    ]


def _schema_stamp(folder: Path) -> str:
    """Airflow's version and the revision the database is at: what "already migrated" means."""
    revisions = _read_column(folder / "airflow.db", "SELECT version_num FROM alembic_version")
    return f"{version('apache-airflow-core')} {' '.join(sorted(revisions))}\n"


def _read_column(database: Path, query: str) -> set[str]:
    """First column of `query`; empty without a database, or where a killed migration left no such table."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return {str(value) for (value,) in connection.execute(query)}
    except sqlite3.OperationalError:
        return set()


def _run_airflow(commands: Iterable[list[str]], environment: dict[str, str], log: Path) -> None:
    """Run several Airflow commands in one process: each of its own would import Airflow again (3 s)."""
    script = Path(__file__).with_name("run_airflow_commands.py")
    words = [word for command in commands for word in (*command, ";")]
    with log.open("w", encoding="utf-8") as stream:
        done = subprocess.run(
            [sys.executable, str(script), *words],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=PREPARE_TIMEOUT_SECONDS,
        )
    if done.returncode != 0:
        raise RuntimeError(f"Airflow could not prepare its metadata (exit {done.returncode}); see {log}")


def main(arguments: Sequence[str]) -> int:
    """Prepare the AIRFLOW_HOME of the VIGIE_HOME named by the one argument; prints the environment as JSON.

    For a process that may not import this room, and sets the environment of another (`vigie demo`).
    """
    try:
        print(json.dumps(prepare_airflow_home(Path(arguments[0]), Path(__file__).resolve().parent.parent)))
    except (RuntimeError, ValueError, OSError, subprocess.SubprocessError) as error:
        print(f"vigie: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
