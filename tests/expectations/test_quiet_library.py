"""Great Expectations is imported only when needed, writes only under the docs folder, and calls nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

IMPORT_ALL = """
import importlib, json, pkgutil, sys
import expectations
names = [module.name for module in pkgutil.iter_modules(expectations.__path__) if module.name != "docs_views"]
for name in names:
    importlib.import_module(f"expectations.{name}")
print(json.dumps({"names": names, "loaded": "great_expectations" in sys.modules}))
"""

# An audit hook sees every file opened for writing, every folder made and every connection, whatever the library.
WATCHED_RUN = """
import json, os, sys
from pathlib import Path

seen = {"written": [], "network": []}

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode, flags = arguments
        writes = bool(mode and set(mode) & set("wax+")) or bool((flags or 0) & (os.O_WRONLY | os.O_RDWR))
        if writes:
            seen["written"].append(os.path.abspath(os.fsdecode(path)))
    elif event == "os.mkdir":
        seen["written"].append(os.path.abspath(os.fsdecode(arguments[0])))
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        seen["network"].append(str(arguments[1:]))

sys.addaudithook(watch)
from tests.expectations.staged_samples import good_frame
from expectations.build_docs import build_docs
from expectations.validate import validate_table

docs = Path(sys.argv[1])
outcome = validate_table("verdict", good_frame("verdict"), key_column="verdict_id", run_id="run", docs_dir=docs)
assert outcome.success
build_docs(docs)
Path(sys.argv[2]).write_text(json.dumps(seen))
"""


def run_python(code: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GX_", "VIGIE_"))
    }
    environment |= {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def test_importing_the_room_does_not_import_great_expectations(home: Path) -> None:
    report = json.loads(run_python(IMPORT_ALL, home=home).stdout)
    assert "validate" in report["names"]
    assert report["loaded"] is False


def test_a_validation_writes_only_under_the_docs_folder_and_calls_nobody(tmp_path: Path, home: Path) -> None:
    docs, report = tmp_path / "docs", tmp_path / "report.json"
    done = run_python(WATCHED_RUN, str(docs), str(report), home=home)
    seen = json.loads(report.read_text(encoding="utf-8"))
    written = {Path(path) for path in seen["written"]} - {report}
    assert docs / "site" / "index.html" in written
    devices = {path for path in written if path.is_relative_to("/dev")}
    strays = {path for path in written - devices if path != docs and not path.is_relative_to(docs)}
    assert strays == set()
    assert seen["network"] == []
    assert list(home.iterdir()) == []
    assert done.stdout == ""
    assert done.stderr == ""
