"""Hand over to the demo: Airflow reads its settings when it is imported, so they are set before its process starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.settings import ROOT, Settings


def launch_demo(settings: Settings, history: str) -> None:
    """Replace this process by the demo, in an Airflow home of its own under VIGIE_HOME.

    The demo's invented marketplaces and a real history never share a warehouse: `<home>/demo` and `<home>/history`.

    Raises:
        OSError: the Airflow home could not be prepared; its log is named on stderr.
    """
    home = (settings.home / ("history" if history else "demo")).resolve()
    prepared = subprocess.run(
        [sys.executable, "-m", "plugins.prepare_airflow_home", str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if prepared.returncode:
        raise OSError(f"Airflow could not be prepared in {home} (exit {prepared.returncode})")
    environment = demo_environment(os.environ, json.loads(prepared.stdout), home, is_demo=not history)
    if history and Path(history).exists():
        history = str(Path(history).resolve())
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "demo.run_demo", history], environment)


def demo_environment(
    inherited: Mapping[str, str], airflow: Mapping[str, str], home: Path, *, is_demo: bool
) -> dict[str, str]:
    """Environment of the demo's process: nobody else's Airflow settings, and for invented pages nobody's Slack."""
    environment = {name: value for name, value in inherited.items() if not name.startswith("AIRFLOW__")}
    environment |= airflow
    environment |= {"VIGIE_HOME": str(home), "VIGIE_WAREHOUSE": "", "GX_ANALYTICS_ENABLED": "false"}
    if is_demo:
        # The demo's documents are live ones to the pipeline: with a token their alerts would be posted.
        environment |= {
            "VIGIE_PLATFORMS": str(ROOT / "demo" / "platforms"),
            "VIGIE_DATA_DIR": str(home / "data"),
            "VIGIE_SLACK_TOKEN": "",
        }
    return environment
