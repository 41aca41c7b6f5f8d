"""### Import a recorded history

Loads every recorded version of an Open Terms Archive *versions* repository (folder, git URL, bundle) or dataset
(zip or folder) as an **observation at its date**. Run it by hand with the form; run it again after a failure or
with a newer copy of the same source: what is known already is skipped.

| task | what it does | where to look |
|---|---|---|
| `stage` | reads the source, writes candidates as Parquet | `data/staging/<run>` |
| `validate` | Great Expectations on every batch | `data/data_docs/site/index.html` |
| `promote` | good rows into the warehouse, failing ones into quarantine | XCom; tables `observation`, `quarantine` |
| `publish` | sorted copy for analysts | `warehouse.published.duckdb`; counts in the asset's event |

*Why four tasks:* what travels between them is a folder's path, so that a failed one is cleared and rerun alone. An
import never sends a message; its documents have the origin `ota:<collection>` and never mix with live ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Metadata, Param, dag, task

RECORDED_HISTORY = Asset("recorded_history")


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "history"],
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
    params={
        "source": Param(
            "", type="string", minLength=1, title="Source", description="Folder, git URL, bundle or zip"
        ),
        "collection": Param(
            None, type=["null", "string"], title="Collection", description="Empty: the source's own name"
        ),
        "attribution": Param(
            None, type=["null", "string"], title="Attribution", description="Empty: Open Terms Archive"
        ),
    },
)
def import_recorded_history() -> None:
    @task(pool="warehouse")
    def stage(params: dict[str, str | None] | None = None, run_id: str | None = None) -> str:
        from pipeline.dag_steps import stage_recorded_history

        return stage_recorded_history(params or {}, run_id or "")

    @task
    def validate(folder: str) -> str:
        from pipeline.dag_steps import validate_batches

        return validate_batches(folder)

    @task(pool="warehouse")
    def promote(folder: str) -> dict[str, Any]:
        from pipeline.dag_steps import promote_batches

        return promote_batches(folder)

    @task(pool="warehouse", outlets=[RECORDED_HISTORY])
    def publish(summary: dict[str, Any]) -> Iterator[Metadata]:
        from pipeline.dag_steps import publish_warehouse

        yield Metadata(RECORDED_HISTORY, extra=summary | publish_warehouse())

    publish(promote(validate(stage())))  # type: ignore[arg-type]


import_recorded_history()
