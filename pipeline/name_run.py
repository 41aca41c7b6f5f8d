"""Names of runs made from the terminal; runs of Airflow carry the name that its UI shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4


def name_run(step: str) -> str:
    """A run id that sorts by time and never repeats: `<step>-<UTC time>-<random>`."""
    return f"{step}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"


def folder_name(run_id: str) -> str:
    """The run id as one folder name (Airflow's run ids hold colons and plus signs)."""
    return re.sub(r"[^\w.-]+", "_", run_id)
