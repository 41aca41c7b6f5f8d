"""### Detect clause changes

Folds the observations that are new since the last run: every observation gets a **verdict with its reason**
(`baseline`, `unchanged`, `cosmetic`, `oscillation`, `changed`, `technical`, `quarantined`...), every accepted text
becomes a version, every difference between two versions a change with its nature, commitments, facts and direction.
Starts by itself after a round, an import or a decision on quarantine; trigger it by hand with `everything` to judge all
history again after a change of rules (that never sends a message).

| task | what it does | where to look |
|---|---|---|
| `fold` | reads new observations, compares clauses, stages the rows | `data/staging/<run>` |
| `promote` | expectations, then promotion or quarantine | XCom: counts; `verdict`, `change`, `alert`, `quarantine` |
| `publish` | sorted copy for analysts | counts by verdict in the event of asset `clause_changes` |

*Why a fold:* verdicts depend only on the observations in order of their dates, so a rerun or a late arrival gives the
same rows; superseded ones keep `superseded_at`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Metadata, Param, dag, task

RECORDED_HISTORY = Asset("recorded_history")
WATCHED_PAGES = Asset("watched_pages")
RELEASED_TEXTS = Asset("released_texts")
CLAUSE_CHANGES = Asset("clause_changes")


@dag(
    schedule=(RECORDED_HISTORY | WATCHED_PAGES | RELEASED_TEXTS),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "judgement"],
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
    params={"everything": Param(False, type="boolean", title="Judge all history again")},
)
def detect_clause_changes() -> None:
    @task(pool="warehouse")
    def fold(params: dict[str, bool] | None = None, run_id: str | None = None) -> str:
        from pipeline.dag_steps import fold_documents

        return fold_documents(params or {}, run_id or "")

    @task(pool="warehouse")
    def promote(folder: str, run_id: str | None = None) -> dict[str, Any]:
        from pipeline.dag_steps import promote_folded

        return promote_folded(folder, run_id or "")

    @task(pool="warehouse", outlets=[CLAUSE_CHANGES])
    def publish(summary: dict[str, Any]) -> Iterator[Metadata]:
        from pipeline.dag_steps import publish_warehouse

        yield Metadata(CLAUSE_CHANGES, extra=summary | publish_warehouse())

    publish(promote(fold()))  # type: ignore[arg-type]


detect_clause_changes()
