"""### Verify declarations

Once a week: does what the platform files declare still work? Fetches every active document **twice** and judges what
came: reachable, robots.txt, selectors that fit nothing, too little text, another language, phrases that are missing,
two texts in a row. Nothing is loaded: no observation, no version, no message to stakeholders.
Trigger it by hand to check the platforms that you choose in the form; from a terminal, `vigie check PLATFORM`.

| task | what it does, and where to look |
|---|---|
| `plan_checks` | lists the platforms with active documents |
| `check` | fetches and judges one platform: documents by level in XCom, report in `data/checks/<run>` |
| `report` | tells the data team: a table in its log, what rots in XCom and in the event of asset `declaration_checks` |

The table is also a page, `data/checks/<run>/declaration_checks.html`, and rows, `declaration_checks.parquet` beside it.
*Rotten*: the page has grown out of its declaration; mend the key of the platform file that the table names.

*Red and green:* a declaration that does not work is a finding and no failure. `check` is red when the crawl itself
broke down: see its log, clear it to resume. The others are reported all the same; the run is red when none succeeded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, Metadata, Param, TriggerRule, dag, task

from pipeline.offer_platforms import offer_platforms

DECLARATION_CHECKS = Asset("declaration_checks")
NAMES = offer_platforms()
CHOICE = {"examples": list(NAMES), "values_display": NAMES} if NAMES else {"items": {"type": "string"}}
CHECK_PAGE = (
    "Fetches one platform's documents twice and judges their declarations. Red: the crawl itself broke down."
)


@dag(
    schedule="30 4 * * 1",  # UTC, Monday, between two rounds
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "maintenance"],
    default_args={"retries": 0},
    params={"platforms": Param([], type=["array", "null"], title="Platforms", **CHOICE)},
)
def verify_declarations() -> None:
    @task
    def plan_checks(params: dict[str, Any] | None = None) -> list[dict[str, str]]:
        """Lists the platforms with active documents."""
        from pipeline.dag_steps import plan_declaration_checks

        return plan_declaration_checks(params or {})

    @task(
        pool="crawl",
        retries=1,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=1),
        map_index_template="{{ task.op_kwargs['platform']['title'] }}",
        doc_md=CHECK_PAGE,
    )
    def check(platform: dict[str, str], run_id: str | None = None) -> dict[str, Any]:
        from pipeline.dag_steps import check_declarations

        return check_declarations(platform, run_id or "")

    @task(outlets=[DECLARATION_CHECKS], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def report(run_id: str | None = None) -> Iterator[Metadata]:
        """Prints what was found, broken first, and keeps it as page and rows."""
        from pipeline.dag_steps import report_declaration_checks

        yield Metadata(DECLARATION_CHECKS, extra=report_declaration_checks(run_id or ""))

    check.expand(platform=plan_checks()) >> report()


verify_declarations()
