"""The tasks of a round, put together by `watch_seller_policies`. What each docstring says is its page in the UI."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from airflow.providers.standard.sensors.date_time import DateTimeSensorAsync
from airflow.sdk import Asset, Metadata, TriggerRule, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

FAR_SECONDS = 30
WATCHED_PAGES = Asset("watched_pages")
Job = dict[str, str]
Counts = dict[str, Any]
Part = Literal["watch", "confirm"]


@task(pool="warehouse")
def plan(params: dict[str, Any] | None = None, run_id: str | None = None) -> list[Job]:
    """Writes one job file per platform with an active document, from the platform files and what is known of them."""
    from pipeline.dag_steps import plan_watch_round

    return plan_watch_round(params or {}, run_id or "")


# Given by name: Airflow does not take the docstring of a mapped task.
CRAWL_PAGE = """Fetches one platform's documents. A site that refuses or does not answer is an outcome, not a failure.

Red: the crawl itself broke down; its log lies beside the job file. Clear the task to resume: pages fetched already are
not fetched again."""


@task(
    pool="crawl",
    retries=2,
    retry_delay=timedelta(minutes=5),
    retry_exponential_backoff=2,
    execution_timeout=timedelta(hours=1),
    map_index_template="{{ task.op_kwargs['job']['title'] }}",
    doc_md=CRAWL_PAGE,
)
def crawl(job: Job, ti: Any = None) -> Counts:
    from pipeline.dag_steps import crawl_platform

    return crawl_platform(job, ti.try_number, ti.max_tries)


@task(pool="warehouse")
def plan_confirmation(run_id: str | None = None) -> list[Job]:
    """Lists the documents whose new text would be announced: they are fetched again, not before the moment given."""
    from pipeline.dag_steps import plan_confirmation as plan_second_fetch

    return plan_second_fetch(run_id or "")


class WaitUntil(DateTimeSensorAsync):
    """Waits until a moment without holding a worker; skips itself when there is nothing to wait for.

    It is deferred only while the moment is far: Airflow 3.3 fails a deferred task whose trigger fires before the
    scheduler has taken note of the deferral (its issue 72716; seen here with a moment that had passed).
    """

    def execute(self, context: Any) -> None:  # type: ignore[override]
        """Return at the moment, or defer until then. Raises AirflowSkipException without a moment."""
        if not self.target_time:
            raise AirflowSkipException("Nothing is to be fetched again.")
        seconds = (self._moment - datetime.now(UTC)).total_seconds()
        if seconds > FAR_SECONDS:
            super().execute(context)
        time.sleep(max(0.0, seconds))


# After every crawl has ended, well or not, if what comes before it succeeded; skipped if there was nothing to crawl.
@task(pool="warehouse", trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
def stage(part: Part, run_id: str | None = None) -> str:
    """Reads the fetched bytes back from WARC, extracts their texts, writes candidate rows as Parquet."""
    from pipeline.dag_steps import stage_watched

    return stage_watched(run_id or "", part)


@task
def validate(folder: str) -> str:
    """Runs Great Expectations on every batch."""
    from pipeline.dag_steps import validate_batches

    return validate_batches(folder)


@task(pool="warehouse")
def promote(folder: str) -> Counts:
    """Takes good rows into the warehouse and failing ones into quarantine, in one transaction per batch."""
    from pipeline.dag_steps import promote_batches

    return promote_batches(folder)


@task_group
def load(part: Part, before: Any, crawled: Any) -> Any:
    """From what a crawl left on disk to the warehouse. `before` is the task without which nothing was crawled."""
    staged = stage(part)
    [before, crawled] >> staged
    return promote(validate(staged))  # type: ignore[arg-type]


@task(pool="warehouse", outlets=[WATCHED_PAGES], trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
def publish(loaded: Counts, confirmed: Counts | None) -> Iterator[Metadata]:
    """Publishes the sorted copy for analysts; its event of asset `watched_pages` holds the round's counts."""
    from pipeline.dag_steps import publish_warehouse

    yield Metadata(WATCHED_PAGES, extra={"load": loaded, "confirmation": confirmed, **publish_warehouse()})
