"""The whole import, as `vigie import` and the DAG run it: stage, validate, promote, publish. Nothing is sent."""

from __future__ import annotations

from pipeline.promote_staged import PromotedRun, promote_staged
from pipeline.settings import Settings
from pipeline.stage_history import Progress, stage_history
from pipeline.staging import remove_run
from pipeline.validate_staged import validate_staged
from warehouse.publish import publish


def import_history(
    settings: Settings,
    source: str,
    run_id: str,
    *,
    collection: str = "",
    attribution: str = "",
    progress: Progress | None = None,
) -> PromotedRun:
    """Load a recorded history into the warehouse and publish it. Idempotent; a killed import is simply run again.

    Raises:
        HistoryError: the source cannot be read or holds no recorded version.
    """
    folder = stage_history(
        settings, source, run_id, collection=collection, attribution=attribution, progress=progress
    )
    validate_staged(settings, folder)
    summary = promote_staged(settings, folder)
    remove_run(folder)
    publish(settings.location)
    return summary
