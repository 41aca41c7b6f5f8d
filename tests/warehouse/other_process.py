"""Start `hold_warehouse` beside the test, and be sure that it is gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.location import Location

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def other_process(what: str, location: Location) -> Iterator[subprocess.Popen[str]]:
    """A process that does `what` to `location`; yields once it says that it is ready."""
    command = [sys.executable, "-m", "tests.warehouse.hold_warehouse", what, str(location.build_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            kill(process)


def ask(process: subprocess.Popen[str]) -> str:
    """Send a line and return the answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("?\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    """As the kernel would: no clean-up of any kind."""
    process.send_signal(signal.SIGKILL)
    process.wait()
