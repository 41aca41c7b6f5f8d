"""The whole import, as `vigie import` and the DAG run it: stage, validate, promote, publish. Nothing is sent."""

from __future__ import annotations

from pipeline.promote_history import ImportSummary, promote_history
from pipeline.settings import Settings
from pipeline.stage_history import Progress, stage_history
from pipeline.staging import remove_run
from pipeline.validate_history import validate_history
from warehouse.publish import publish


def import_history(
    settings: Settings,
    source: str,
    run_id: str,
    *,
    collection: str = "",
    attribution: str = "",
    progress: Progress | None = None,
) -> ImportSummary:
    """Load a recorded history into the warehouse and publish it. Idempotent; a killed import is simply run again.

    Raises:
        HistoryError: the source cannot be read or holds no recorded version.
    """
    folder = stage_history(
        settings, source, run_id, collection=collection, attribution=attribution, progress=progress
    )
    validate_history(settings, folder)
    summary = promote_history(settings, folder)
    remove_run(folder)
    publish(settings.location)
    return summary
