"""One writer at a time: an inter-process lock whose holder has a name.

DuckDB refuses a second process anyway, at once and without saying what the first one is doing. A wait with
a time-out and a purpose is what the command line, reviews and deliveries need: Airflow's pool does not bind
them.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.errors import WarehouseBusy
from warehouse.location import Location


@contextmanager
def warehouse_lock(location: Location, purpose: str, timeout: float = 120) -> Iterator[None]:
    """Hold the warehouse of `location` for `purpose`; waits up to `timeout` seconds.

    The operating system frees the lock when the holder dies, however it dies. Re-entrant within a thread;
    other threads of the process wait like other processes. Raises WarehouseBusy, naming the holder, on
    time-out.
    """
    location.lock_path.parent.mkdir(parents=True, exist_ok=True)
    # One object per path: that is what makes a nested acquisition in the same thread a count, not a deadlock.
    lock = FileLock(location.lock_path, is_singleton=True)
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise WarehouseBusy(f"{location} is busy after {timeout:g} s: {describe_holder(location)}") from error
    is_outermost = lock.lock_counter == 1
    try:
        if is_outermost:
            _write_holder(location.holder_path, purpose)
        yield
    finally:
        if is_outermost:
            location.holder_path.unlink(missing_ok=True)
        lock.release()


def describe_holder(location: Location) -> str:
    """Who holds the lock, as one phrase, from the holder file; says so when it cannot be told."""
    try:
        holder = json.loads(location.holder_path.read_text(encoding="utf-8"))
        return "held by process {pid} on {host} for {purpose!r} since {since}".format(**holder)
    except (OSError, ValueError, KeyError, TypeError):
        return f"held by a process that left no description in {location.holder_path}"


def _write_holder(path: Path, purpose: str) -> None:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "purpose": purpose,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
