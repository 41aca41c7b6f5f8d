"""The `vigie` command as a process that is killed at a given moment, and what its home holds afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipeline.settings import ROOT, Settings
from warehouse.promote_rows import KEYS
from warehouse.query_published import query_published

# Written at each run; everything else must be the same.
BOOKKEEPING = {
    "recorded_at", "run_id", "superseded_at", "started_at", "elapsed_ms", "warc_file", "warc_offset", "warc_record_id",
}  # fmt: skip
Content = dict[str, list[tuple[object, ...]]]
# Validations belong to runs, and a killed run may have recorded some of its own.
CONTENT = sorted(set(KEYS) - {"validation", "pipeline_run", "alert_delivery"})


def start(home: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the `vigie` command in a home of its own, over the replay server that a file in it names, if any."""
    environment = os.environ | {"VIGIE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    if (home / "replay.txt").is_file():
        environment |= {
            "VIGIE_REPLAY_URL": (home / "replay.txt").read_text(),
            "VIGIE_PLATFORMS": str(home / "platforms"),
        }
    command = [sys.executable, "-c", "from cli.app import main; main()", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(home: Path, *words: str) -> None:
    """Run the command to its end."""
    process = start(home, *words)
    _, error = process.communicate(timeout=240)
    assert process.returncode == 0, error.decode()


def kill_when(home: Path, pattern: str, *words: str) -> bool:
    """Kill the command as soon as a file of this pattern is there; False when it ended before."""
    process = start(home, *words)
    while process.poll() is None:
        if any(home.glob(pattern)):
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.002)
    return False


def content(home: Path) -> Content:
    """All rows of the published copy without what tells when they were written."""
    location = Settings(home=home).location
    tables = {}
    for table in CONTENT:
        result = query_published(location, f'SELECT * FROM "{table}"')
        keep = [index for index, name in enumerate(result.columns) if name not in BOOKKEEPING]
        tables[table] = sorted((tuple(row[index] for index in keep) for row in result.rows), key=repr)
    return tables


def copy_home(home: Path, folder: Path) -> Path:
    """A home as another left it, in a folder of its own."""
    return shutil.copytree(home, folder, dirs_exist_ok=True)
