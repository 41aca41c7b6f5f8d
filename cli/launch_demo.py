"""Hand over to the demo: Airflow reads its settings when it is imported, so they are set before its process starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW__")}
    environment |= json.loads(prepared.stdout)
    environment |= {"VIGIE_HOME": str(home), "VIGIE_WAREHOUSE": "", "GX_ANALYTICS_ENABLED": "false"}
    if not history:
        environment["VIGIE_PLATFORMS"] = str(ROOT / "demo" / "platforms")
    elif Path(history).exists():
        history = str(Path(history).resolve())
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "demo.run_demo", history], environment)
