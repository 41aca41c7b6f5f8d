"""Jobs over invented sites, written as the planner writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from charter.declaration import Declaration
from crawlers.job import SUFFIX, Job, JobDocument, KnownSnapshot, manifest_file
from crawlers.manifest import FetchRecord, latest_fetches, read_manifest

USER_AGENT = "Vigie/0.1 (+https://vigie.example/robot; contact@vigie.example)"


def declare(pages: Sequence[str], **rules: Any) -> Declaration:
    shared = {"select": "body", **rules}
    if len(pages) == 1:
        return Declaration.model_validate({"fetch": pages[0], **shared})
    return Declaration.model_validate({"combine": [{"fetch": page} for page in pages], **shared})


def write_job(
    folder: Path,
    pages: Iterable[str | Sequence[str]],
    replay_url: str = "",
    known: Sequence[KnownSnapshot] = (),
    run_id: str = "scheduled__2025-02-03T06:00:00+00:00",
    platform_id: str = "bazar",
    declared: Mapping[str, Mapping[str, Any]] | None = None,
    **changes: Any,
) -> Path:
    """One document for each entry of `pages` (an address, or those of its parts). Every host named is allowed.
    `declared` are rules by the first address of a document."""
    each = [[entry] if isinstance(entry, str) else list(entry) for entry in pages]
    hosts = {urlsplit(page).hostname or "" for entry in each for page in entry}
    data = folder / "data"
    settings: dict[str, Any] = {
        "run_id": run_id,
        "platform_id": platform_id,
        "title": f"Bazar - {len(each)} documents",
        "allowed_hosts": tuple(sorted(hosts)),
        "documents": tuple(
            JobDocument(
                document_id=number,
                name=f"Document {number}",
                language="fr",
                declaration=declare(entry, **(declared or {}).get(entry[0], {})),
                known=tuple(
                    snapshot for snapshot in known if snapshot.url in [urldefrag(page).url for page in entry]
                ),
            )
            for number, entry in enumerate(each, start=1)
        ),
        "user_agent": USER_AGENT,
        "replay_url": replay_url,
        "delay": 0.0,
        "timeout": 5.0,
        "max_bytes": 1_000_000,
        "warc_folder": data / "warc",
        "data_folder": data,
    }
    job = Job.model_validate({**settings, **changes})
    job_file = data / "rounds" / job.run_id / "watch" / f"{platform_id}{SUFFIX}"
    job_file.parent.mkdir(parents=True, exist_ok=True)
    job_file.write_text(job.model_dump_json(by_alias=True), encoding="utf-8")
    return job_file


def fetches(job_file: Path) -> dict[str, FetchRecord]:
    """The last fetch of each page, by its address."""
    return {record.url: record for record in latest_fetches(read_manifest(manifest_file(job_file))).values()}


def known_from(records: Iterable[FetchRecord]) -> list[KnownSnapshot]:
    """What a later round knows of the pages of an earlier one."""
    return [
        KnownSnapshot(
            url=record.final_url,
            snapshot_hash=str(record.snapshot_hash),
            payload_digest=record.payload_digest,
            etag=record.etag,
            last_modified=record.last_modified,
            media_type=record.media_type,
            byte_count=record.byte_count,
            warc_file=str(record.snapshot_file),
            warc_offset=int(record.snapshot_offset or 0),
            warc_record_id=str(record.snapshot_record_id),
            fetched_at=record.observed_at,
        )
        for record in records
        if record.snapshot_hash
    ]
