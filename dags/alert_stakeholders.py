"""### Alert stakeholders

Turns the alerts that are due into messages. Every alert exists in the warehouse before anything is sent, under the
key (document, hash of the old clause set, hash of the new one): a rerun never posts twice, and a change that is
undone edits its message instead of posting another.

| task | what it does | where to look |
|---|---|---|
| `preview` | writes every message as JSON and as a page | `data/previews/index.html` |
| `deliver` | posts or edits messages of **live** documents on Slack, given a token | XCom; table `alert_delivery` |

Imported histories are previewed, never sent.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import Asset, dag, task

CLAUSE_CHANGES = Asset("clause_changes")


@dag(
    schedule=[CLAUSE_CHANGES],
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "alerts"],
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1)},
)
def alert_stakeholders() -> None:
    @task(pool="warehouse")
    def preview() -> str:
        from pipeline.dag_steps import preview_due_alerts

        return preview_due_alerts()

    @task(pool="warehouse")
    def deliver(index: str) -> dict[str, object]:
        from pipeline.dag_steps import deliver_due_alerts

        return deliver_due_alerts(index)

    deliver(preview())  # type: ignore[arg-type]


alert_stakeholders()
