"""### Thin old captures

Once a month: of captures older than 90 days that gave the same text, the first and the newest keep their bytes; hashes,
fetches and texts stay. View `evidence` then points to the nearest kept capture and says so.

| task | what it does, and where to look |
|---|---|
| `thin` | rewrites WARC files in `data/warc`; counts and bytes freed in XCom |
| `publish` | sorted copy for analysts |

*Why:* a page with a view counter gives other bytes at every round and the same text for years.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import dag, task


@dag(
    schedule="0 3 1 * *",  # UTC
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "maintenance"],
    default_args={"retries": 0},
)
def thin_old_captures() -> None:
    @task(pool="warehouse")
    def thin() -> dict[str, Any]:
        from pipeline.dag_steps import thin_old_captures as thin_captures

        return thin_captures()

    @task(pool="warehouse")
    def publish() -> dict[str, Any]:
        from pipeline.dag_steps import publish_warehouse

        return publish_warehouse()

    thin() >> publish()


thin_old_captures()
