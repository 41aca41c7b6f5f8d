"""Steps as the DAGs call them: settings from the environment in, paths and counts out, never page bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.name_run import folder_name
from pipeline.round_folders import Part
from pipeline.settings import read_settings

Counts = dict[str, Any]


def stage_recorded_history(params: Mapping[str, str | None], run_id: str) -> str:
    """Stage a recorded history; returns the folder of its batches."""
    from pipeline.stage_history import stage_history

    folder = stage_history(
        read_settings(),
        params["source"] or "",
        folder_name(run_id),
        collection=params.get("collection") or "",
        attribution=params.get("attribution") or "",
    )
    return str(folder)


def plan_watch_round(params: Mapping[str, Any], run_id: str) -> list[dict[str, str]]:
    """Write the job files of a round; returns their paths with the names that the UI shows."""
    from pipeline.plan_confirmation import write_job_paths
    from pipeline.plan_round import plan_round

    return write_job_paths(plan_round(read_settings(), run_id, params.get("platforms") or ()))


def crawl_platform(job: Mapping[str, str], try_number: int, max_tries: int) -> Counts:
    """Crawl one platform; returns its pages by outcome. While a try is left, pages out of reach ask for it."""
    from pipeline.crawl_platform import crawl_platform as crawl

    return dict(crawl(Path(job["job"]), is_last_try=try_number > max_tries))


def stage_watched(run_id: str, part: Part) -> str:
    """Stage one part of a round; returns the folder of its batches."""
    from pipeline.stage_round import stage_round

    return str(stage_round(read_settings(), run_id, part))


def plan_confirmation(run_id: str) -> list[dict[str, str]]:
    """Write the jobs of the second fetch; returns them, each with the moment before which it should not start.

    One list and not a list beside a moment: Airflow maps tasks over a whole return value only.
    """
    from pipeline.plan_confirmation import plan_confirmation as plan
    from pipeline.plan_confirmation import write_job_paths

    planned = plan(read_settings(), run_id)
    not_before = planned.not_before.isoformat()
    return [job | {"not_before": not_before} for job in write_job_paths(planned.jobs)]


def release_quarantine(params: Mapping[str, Any], run_id: str) -> Counts:
    """Apply a person's decision to refused rows; returns the counts."""
    from pipeline.release_quarantine import release_quarantine as release

    ids = [
        int(value) for value in params["quarantine_ids"] if str(value).strip()
    ]  # a form's last line may be empty
    by = params.get("decided_by") or run_id
    return asdict(release(read_settings(), ids, params["decision"], params["reason"], by))


def validate_batches(folder: str) -> str:
    """Run the expectations on staged batches; returns the same folder."""
    from pipeline.validate_staged import validate_staged

    return str(validate_staged(read_settings(), Path(folder)))


def promote_batches(folder: str) -> Counts:
    """Promote or quarantine staged observations; returns counts, fetch outcomes and incidents."""
    from pipeline.promote_staged import promote_staged
    from pipeline.staging import remove_run

    summary = promote_staged(read_settings(), Path(folder))
    remove_run(Path(folder))
    return asdict(summary) | {"fetches": dict(summary.fetches)}


def fold_documents(params: Mapping[str, Any], run_id: str) -> str:
    """Fold documents with new observations; returns the folder of staged rows."""
    from pipeline.detect_changes import stage_changes

    return str(stage_changes(read_settings(), folder_name(run_id), everything=bool(params.get("everything"))))


def promote_folded(folder: str, run_id: str) -> Counts:
    """Promote or quarantine folded rows; returns verdict counts and alerts due."""
    from pipeline.detect_changes import promote_changes
    from pipeline.staging import remove_run

    summary = promote_changes(read_settings(), Path(folder), folder_name(run_id))
    remove_run(Path(folder))
    return asdict(summary) | {"verdicts": dict(summary.verdicts)}


def publish_warehouse() -> Counts:
    """Publish the sorted copy; returns its size in bytes and the seconds it took."""
    from warehouse.publish import publish

    report = publish(read_settings().location)
    return {"published": str(report.path), "bytes": report.bytes, "seconds": round(report.seconds, 2)}


def preview_due_alerts() -> str:
    """Write previews of all alerts; returns their index page."""
    from pipeline.tell_alerts import preview_alerts

    return str(preview_alerts(read_settings()))


def deliver_due_alerts(index: str) -> Counts:
    """Deliver sendable alerts; where they are only previewed, says why and where."""
    from pipeline.tell_alerts import deliver_alerts, why_preview_only

    settings = read_settings()
    report = deliver_alerts(settings)
    if report is None:
        return {"preview": index, "slack": why_preview_only(settings)}
    counts: Counter[str] = Counter(delivery.action for delivery in report.deliveries)
    return {"preview": index, **counts, "left": report.left_count, "stopped_by": report.stopped_by}


def plan_declaration_checks(params: Mapping[str, Any]) -> list[dict[str, str]]:
    """List the platforms whose declarations are checked, with the names that the UI shows."""
    from pipeline.check_platform import list_checks
    from pipeline.plan_round import count_documents

    wanted = params.get("platforms") or ()
    return [
        {"platform": platform.id, "title": f"{platform.name} - {count_documents(len(documents))}"}
        for platform, documents in list_checks(read_settings(), wanted)
    ]


def check_declarations(platform: Mapping[str, str], run_id: str) -> Counts:
    """Check one platform's active documents; returns them by level. A crawl that broke off is an error."""
    from pipeline.check_platform import check_active

    report = check_active(read_settings(), platform["platform"], run_id)
    if report.failure:
        raise RuntimeError(report.failure)
    return dict(Counter(document.level for document in report.documents))


def report_declaration_checks(run_id: str) -> Counts:
    """Print what all checks of a run found; returns counts, the documents that rot, and where page and rows lie."""
    from pipeline.check_report import report_checks

    summary = report_checks(read_settings(), run_id)
    return {
        "levels": dict(summary.levels),
        "rotten": list(summary.rotten),
        "failed": list(summary.failed),
        "page": str(summary.page),
        "rows": str(summary.rows),
    }


def thin_old_captures() -> Counts:
    """Remove the bytes of old captures whose text another one shows; returns the counts."""
    from pipeline.thin_captures import thin_captures

    return asdict(thin_captures(read_settings()))
