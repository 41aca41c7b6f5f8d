"""### Watch seller policies

One round, every six hours: fetches the active documents of every platform, keeps the raw bytes, and promotes what can
be believed. A page whose new text would be announced is fetched **again** after a delay, before anybody hears of it.
Trigger it by hand to watch the platforms that you choose in the form.

| task | what it does, and where to look |
|---|---|
| `plan` | writes one job file per platform: `data/rounds/<run>/watch` |
| `crawl` | fetches one platform's documents; pages by outcome in XCom, Scrapy's log beside the job file |
| `any_crawled` | is orange when every crawl broke down |
| `load.stage` | turns the fetched bytes into texts: Parquet in `data/staging/<run>` |
| `load.validate` | Great Expectations on every batch: `data/data_docs/site/index.html` |
| `load.promote` | good rows into the warehouse, failing ones into quarantine; counts and incidents in XCom |
| `plan_confirmation` | lists what would be announced; nothing: on to `publish`, the rest is skipped |
| `wait` | lets the delay pass without holding a worker |
| `confirm` | fetches those documents again: `data/rounds/<run>/confirm` |
| `publish` | sorted copy for analysts; counts of the round in the event of asset `watched_pages` |

What `confirm` fetched goes the same way: `load_confirmation.stage`, `load_confirmation.validate` and
`load_confirmation.promote`. The event of `publish` starts `detect_clause_changes`.

*Red and green:* only `crawl` and `confirm` are tried again, twice, some minutes apart, for what is still missing. A red
one is a platform whose crawl broke down: see its log, clear it to resume. The others are loaded all the same, and the
round is green; it is red when it was not published, or when no crawl at all succeeded (`any_crawled`). A site that
refuses or does not answer is no failure: it is an observation with its outcome.
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Param, TriggerRule, dag

from dags._round_tasks import WaitUntil, crawl, load, plan, plan_confirmation, publish
from pipeline.offer_platforms import offer_platforms

NAMES = offer_platforms()
CHOICE = {"examples": list(NAMES), "values_display": NAMES} if NAMES else {"items": {"type": "string"}}


@dag(
    schedule="0 */6 * * *",  # UTC
    # In the past, so that the first round starts when the DAG is unpaused and not hours later.
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie", "watch"],
    default_args={"retries": 0},
    params={
        "platforms": Param([], type=["array", "null"], title="Platforms", description="Empty: all", **CHOICE)
    },
)
def watch_seller_policies() -> None:
    planned = plan()
    crawled = crawl.expand(job=planned)
    crawled >> EmptyOperator(
        task_id="any_crawled", trigger_rule=TriggerRule.ONE_SUCCESS, doc_md="Orange: every crawl broke down."
    )
    loaded = load("watch", planned, crawled)

    again = plan_confirmation()
    loaded >> again
    wait = WaitUntil(
        task_id="wait",
        target_time="{{ ti.xcom_pull('plan_confirmation') | map(attribute='not_before') | max | default('') }}",
        doc_md="Skipped when nothing is to be fetched again. Holds no worker while the moment is far.",
    )
    confirmed = crawl.override(task_id="confirm").expand(job=again)
    again >> wait >> confirmed
    loaded_again = load.override(group_id="load_confirmation")("confirm", wait, confirmed)
    publish(loaded, loaded_again)  # type: ignore[arg-type]


watch_seller_policies()
