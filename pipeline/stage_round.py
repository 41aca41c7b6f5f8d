"""Stage one part of a round: fetches and texts of every platform become one batch of candidate rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from charter.load import load_platforms
from crawlers.job import manifest_file, read_job
from crawlers.manifest import group_fetches, read_manifest
from pipeline.describe_documents import describe_live_document, live_document_id
from pipeline.observe_document import Observed, observe_document
from pipeline.plan_round import evidence_of
from pipeline.round_folders import Part, list_jobs, round_folder, source_of
from pipeline.round_rows import Tables, document_rows, fetch_rows
from pipeline.settings import Settings
from pipeline.staging import open_run, write_batch, write_json
from warehouse.connect import open_build
from warehouse.read_fetches import read_captures


def stage_round(settings: Settings, run_id: str, part: Part) -> Path:
    """Read the manifests of a part, extract texts from the WARC files, stage the rows; returns the run's folder.

    A platform whose crawl failed is staged with what it has: a document without a fetch becomes an observation that
    says so. Staging again gives the same rows.

    Raises:
        ValueError: a manifest is damaged; file and line are named.
    """
    source = source_of(run_id, part)
    jobs = [
        (read_job(file), read_manifest(manifest_file(file)))
        for file in list_jobs(round_folder(settings, run_id, part))
    ]
    ids = [document.document_id for job, _ in jobs for document in job.documents]
    first_look = _first_look(settings, run_id) if part == "confirm" else {}
    with open_build(settings.location, f"read earlier captures for {source}") as con:
        captures = read_captures(con, ids, without_source=source)
    tables: Tables = defaultdict(list)
    described = {
        live_document_id(document): describe_live_document(platform, document)
        for platform in load_platforms(settings.platforms)
        for document in platform.documents
    }
    for job, records in jobs:
        by_document = group_fetches(records)
        for document in job.documents:
            fetches = by_document.get(document.document_id, [])
            observed = observe_document(
                document, fetches, job.data_folder, captures.get(document.document_id)
            )
            observed = _put_after(observed, first_look.get(document.document_id))
            described_row = described[document.document_id]
            document_rows(tables, document, described_row, observed, source, evidence_of(settings))
            fetch_rows(tables, observed, document.document_id, source)
    return _write(settings, source, tables)


def _first_look(settings: Settings, run_id: str) -> dict[int, datetime]:
    """When the round first saw each document."""
    files = [manifest_file(file) for file in list_jobs(round_folder(settings, run_id, "watch"))]
    records = sorted(
        (r for file in files for r in read_manifest(file)), key=lambda record: record.observed_at
    )
    return {record.document_id: record.observed_at for record in records}


def _put_after(observed: Observed, first_look: datetime | None) -> Observed:
    """The second look follows the first, also where a replay server states the same moment for both."""
    if first_look is None or observed.at > first_look:
        return observed
    return replace(observed, at=first_look + timedelta(seconds=1))


def _write(settings: Settings, source: str, tables: Tables) -> Path:
    folder = open_run(settings.data_folder, source.replace("/", "-"))
    if tables:
        tables["text_body"] = _distinct(tables["text_body"], "document_id", "text_hash")
        tables["snapshot"] = _distinct(tables["snapshot"], "snapshot_hash")
        write_batch(folder / "00000", tables)
    seen = len(tables["observation"])
    write_json(
        folder / "staged.json",
        {"origin": "live", "source": source, "run_id": source, "seen": seen, "staged": seen},
    )
    return folder


def _distinct(rows: list[dict[str, Any]], *key: str) -> list[dict[str, Any]]:
    return list({tuple(row[name] for name in key): row for row in rows}.values())
