"""Find every process that a component of Airflow started, wherever it went.

Each component leads a session of its own. What it forks stays in that session even when its parent has died;
a program that a task starts in another session is still a descendant. Both ways together miss nothing that
was seen to occur.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import suppress

import psutil


def find_members(leaders: Collection[int]) -> list[psutil.Process]:
    """Living processes of the sessions led by `leaders` (process ids), and all their descendants."""
    found = {process.pid: process for process in psutil.process_iter() if _session(process.pid) in leaders}
    for process in list(found.values()):
        with suppress(psutil.Error):  # It ended between the listing and the question.
            found.update({child.pid: child for child in process.children(recursive=True)})
    return [process for process in found.values() if is_alive(process)]


def is_alive(process: psutil.Process) -> bool:
    """Whether the process still runs; one that ended and waits for its parent to notice does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def kill(processes: Iterable[psutil.Process]) -> None:
    """Send SIGKILL; a process that has ended in the meantime is passed over."""
    for process in processes:
        with suppress(psutil.Error):
            process.kill()


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return 0
