"""The same steps on DuckLake with a Postgres catalog give the same content as on a DuckDB file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.detect_changes import detect_changes
from pipeline.import_history import import_history
from pipeline.settings import Settings
from pipeline.tell_alerts import prepare_alerts
from tests.pipeline.conftest import TERMS, WriteHistory
from tests.warehouse.private_postgres import PostgresMissingError, run_postgres
from warehouse.query_published import query_published

QUERIES = (
    "SELECT observation_id, outcome FROM observation ORDER BY 1",
    "SELECT verdict_id, verdict, reason, is_alert FROM verdict WHERE superseded_at IS NULL ORDER BY 1",
    "SELECT change_id, nature, direction, facts FROM change WHERE superseded_at IS NULL ORDER BY 1",
    "SELECT alert_id, state FROM alert WHERE superseded_at IS NULL ORDER BY 1",
    "SELECT version_id, position, clause_id FROM clause ORDER BY 1, 2",
)


def test_import_and_detection_give_the_same_on_a_lake_and_again_change_nothing(
    tmp_path: Path, write_history: WriteHistory
) -> None:
    shorter = TERMS.replace("30 jours", "15 jours")
    source = str(write_history({"Bazar d'Essai": [TERMS, shorter, TERMS.encode("latin-1"), TERMS]}))
    try:
        with run_postgres() as postgres:
            lake = f"ducklake:postgres:{postgres.create_database('lake')}"
            found = []
            for settings in (
                Settings(home=tmp_path / "lake", warehouse=lake),
                Settings(home=tmp_path / "file"),
            ):
                for run in ("one", "two"):
                    import_history(settings, source, run)
                    detect_changes(settings, f"judge {run}", everything=True)
                alerts = [alert.message.payload for alert in prepare_alerts(settings)]
                found.append([*(query_published(settings.location, query).rows for query in QUERIES), alerts])
    except PostgresMissingError as reason:
        pytest.skip(str(reason))
    on_lake, on_file = found
    assert on_lake == on_file
    assert len(on_file[0]) == 4
