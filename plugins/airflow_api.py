"""The few questions that the launcher asks of its own API server."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

TIMEOUT_SECONDS: Final = 10
_COMPONENTS: Final = ("scheduler", "triggerer", "dag_processor")


@dataclass(frozen=True, slots=True)
class DagState:
    """A DAG as the API server shows it. `schedule` sums up its timetable: None, "Asset", a cron line..."""

    dag_id: str
    file: Path
    schedule: str | None
    is_paused: bool
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A DAG file that could not be imported, with the traceback."""

    file: Path
    trace: str


class AirflowApi:
    """Client of the API server at `url`. A call refused or not answered raises urllib.error.URLError."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._token = ""
        # The server is on loopback: a proxy set for the outside world must not be asked for it.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def find_unhealthy(self, since: datetime) -> list[str]:
        """Parts that are not healthy yet, by name; empty when all are.

        A heartbeat older than `since` does not count: it comes from an earlier launch that was killed.
        """
        try:
            health = self._call("GET", "/api/v2/monitor/health")
        except (OSError, ValueError):
            return ["api-server"]
        unhealthy = [] if _status(health, "metadatabase") == "healthy" else ["metadatabase"]
        for part in _COMPONENTS:
            heartbeat = (health.get(part) or {}).get(f"latest_{part}_heartbeat")
            is_recent = heartbeat is not None and datetime.fromisoformat(heartbeat) >= since
            if _status(health, part) != "healthy" or not is_recent:
                unhealthy.append(part.replace("_", "-"))
        return unhealthy

    def log_in(self, user: str, password: str) -> None:
        """Get a token for the calls that follow; a refusal is an HTTPError 401."""
        body = {"username": user, "password": password}
        self._token = str(self._call("POST", "/auth/token", body)["access_token"])

    def list_dags(self) -> list[DagState]:
        """Every DAG that is known and still in its file."""
        rows = self._call("GET", "/api/v2/dags?limit=100&exclude_stale=true")["dags"]
        return [
            DagState(
                row["dag_id"],
                Path(row["fileloc"]),
                row["timetable_summary"],
                row["is_paused"],
                tuple(tag["name"] for tag in row["tags"]),
            )
            for row in rows
        ]

    def list_import_problems(self) -> list[ImportProblem]:
        """DAG files that cannot be imported."""
        rows = self._call("GET", "/api/v2/importErrors?limit=100")["import_errors"]
        return [ImportProblem(Path(row["filename"]), row["stack_trace"]) for row in rows]

    def unpause(self, dag_id: str) -> None:
        """Let a DAG run when its schedule, its assets or a person ask for it."""
        self._call("PATCH", f"/api/v2/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(  # noqa: S310 - the address is the launcher's own, http on loopback
            self._url + path, data=data, headers=headers, method=method
        )
        with self._opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            return json.load(response)


def _status(health: dict[str, Any], part: str) -> str | None:
    status = (health.get(part) or {}).get("status")
    return str(status) if status is not None else None
