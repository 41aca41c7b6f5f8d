"""Steps as the DAGs call them: settings from the environment in, paths and counts out, never page bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.name_run import folder_name
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


def validate_recorded_history(folder: str) -> str:
    """Run the expectations on staged batches; returns the same folder."""
    from pipeline.validate_history import validate_history

    return str(validate_history(read_settings(), Path(folder)))


def promote_recorded_history(folder: str) -> Counts:
    """Promote or quarantine staged observations; returns the counts."""
    from pipeline.promote_history import promote_history
    from pipeline.staging import remove_run

    summary = promote_history(read_settings(), Path(folder))
    remove_run(Path(folder))
    return asdict(summary)


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
    """Deliver sendable alerts; without a Slack token says where the preview is."""
    from pipeline.tell_alerts import deliver_alerts

    report = deliver_alerts(read_settings())
    if report is None:
        return {"preview": index, "slack": "no token configured: preview only"}
    counts: Counter[str] = Counter(delivery.action for delivery in report.deliveries)
    return {"preview": index, **counts, "left": report.left_count, "stopped_by": report.stopped_by}
