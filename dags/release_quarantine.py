"""### Release from quarantine

A person decides what becomes of refused rows: an unsure text waits in quarantine, and the document counts as not seen,
until somebody **accepts** or **rejects** it with a reason. Run it by hand with the form.

*Which rows wait, and why:* `vigie sql "from quarantine_open"`; give their `quarantine_id`. The payload keeps the
refused text; the expectation that failed is explained in Data Docs (`data/data_docs/site/index.html`).

| decision | what it does |
|---|---|
| `accept` | the text enters the document's history at the date it was seen; detection judges the document again |
| `reject` | the text stays out; the observation keeps its verdict `quarantined`, now with your reason |

Either holds for the text: every row of the document refused with the same text follows it, and the same text in a later
round is not put in doubt again. All rows given are decided, or none if one cannot be; the log says which and why.

| task | what it does, and where to look |
|---|---|
| `decide` | applies the decision in one transaction; counts in XCom, your reason in table `quarantine` |
| `publish` | sorted copy for analysts; the event of asset `released_texts` starts `detect_clause_changes` |
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from airflow.sdk import Asset, Metadata, Param, dag, task

RELEASED_TEXTS = Asset("released_texts")
PARAMS = {
    # Texts, not numbers: an id has 63 bits, and a browser rounds numbers beyond 53.
    "quarantine_ids": Param(
        [],
        type="array",
        items={"type": "string", "pattern": r"^\s*\d*\s*$"},
        minItems=1,
        title="Quarantine ids",
        description="One a line, as the view quarantine_open lists them",
    ),
    "decision": Param(None, type="string", enum=["accept", "reject"], title="Decision"),
    "reason": Param(
        "",
        type="string",
        minLength=10,
        title="Reason",
        description="Kept with the rows: ten characters or more",
    ),
    "decided_by": Param(
        None, type=["null", "string"], title="Decided by", description="Your name; empty: the run's"
    ),
}


@dag(schedule=None, catchup=False, max_active_runs=1, doc_md=__doc__, tags=["vigie", "watch"], params=PARAMS)
def release_quarantine() -> None:
    @task(pool="warehouse")
    def decide(params: dict[str, Any] | None = None, run_id: str | None = None) -> dict[str, Any]:
        """Applies the decision to the rows, or says which of them cannot be decided, and why."""
        from pipeline.dag_steps import release_quarantine as release

        return release(params or {}, run_id or "")

    @task(pool="warehouse", outlets=[RELEASED_TEXTS])
    def publish(summary: dict[str, Any]) -> Iterator[Metadata]:
        """Publishes the sorted copy for analysts; detection judges the documents again."""
        from pipeline.dag_steps import publish_warehouse

        yield Metadata(RELEASED_TEXTS, extra=summary | publish_warehouse())

    publish(decide())  # type: ignore[arg-type]


release_quarantine()
