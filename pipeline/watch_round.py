"""A whole round, as `vigie watch` runs it: plan, crawl, load, fetch changed pages again, publish. Nothing is sent."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawlers.crawl import CrawlFailed
from pipeline.crawl_platform import crawl_platform
from pipeline.plan_confirmation import plan_confirmation
from pipeline.plan_round import PlannedJob, plan_round
from pipeline.promote_staged import PromotedRun, promote_staged
from pipeline.round_folders import Part
from pipeline.settings import Settings
from pipeline.stage_round import stage_round
from pipeline.staging import remove_run
from pipeline.validate_staged import validate_staged
from warehouse.publish import publish

Progress = Callable[[str], None]


@dataclass(slots=True)
class RoundSummary:
    """What a round brought: pages by fetch outcome, and the number of documents that were fetched again.

    `incidents` and `failed` have one sentence for each document without a text and for each crawl that broke off.
    """

    fetches: Counter[str] = field(default_factory=Counter)
    incidents: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    confirmed: int = 0


def watch_round(
    settings: Settings, run_id: str, platform_ids: Sequence[str] = (), *, progress: Progress = lambda _: None
) -> RoundSummary:
    """Run a round from beginning to end in this process, one platform after the other.

    Raises:
        ValueError: see `plan_round`.
    """
    summary = RoundSummary()
    _crawl(plan_round(settings, run_id, platform_ids), summary, progress)
    _add(summary, load_round(settings, run_id, "watch"))
    confirmation = plan_confirmation(settings, run_id)
    if confirmation.jobs:
        wait = (confirmation.not_before - datetime.now(UTC)).total_seconds()
        progress(f"waiting {max(0, wait):.0f} s before changed pages are fetched again")
        time.sleep(max(0, wait))
        _crawl(confirmation.jobs, summary, progress)
        promoted = load_round(settings, run_id, "confirm")
        summary.confirmed = promoted.seen
        _add(summary, promoted)
    publish(settings.location)
    return summary


def load_round(settings: Settings, run_id: str, part: Part) -> PromotedRun:
    """Stage, validate and promote one part of a round."""
    folder = validate_staged(settings, stage_round(settings, run_id, part))
    promoted = promote_staged(settings, folder)
    remove_run(folder)
    return promoted


def _crawl(jobs: Sequence[PlannedJob], summary: RoundSummary, progress: Progress) -> None:
    for planned in jobs:
        progress(planned.title)
        try:
            crawl_platform(planned.job)
        except CrawlFailed as error:
            # One platform never stops the others; what it fetched is loaded, what it did not is recorded as unseen.
            summary.failed.append(f"{planned.title}: {error}")


def _add(summary: RoundSummary, promoted: PromotedRun) -> None:
    summary.fetches.update(promoted.fetches)
    summary.incidents += promoted.incidents
