"""What a crawl is told: a job file, written by the planner, read by the spider. It never asks the warehouse.

One job is one platform in one round. Everything a crawl writes lies beside the job file (`Job.manifest_file` and its
neighbours), but for the WARC files, which are kept under `warc_folder`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictInt

from charter.declaration import Declaration
from charter.strict import Moment, Strict, Text

SUFFIX = ".job.json"


class KnownSnapshot(Strict):
    """Bytes that an address gave in an earlier round, and the WARC record that holds them.

    `url` is the address that gave them (`final_url` of the fetch: a validator means nothing to the address before a
    redirect). `etag` and `last_modified` are the validators that came with them ("" where none did);
    `payload_digest` is the WARC's own (`sha256:<hex>` of the body as transferred); `warc_file` is relative to the
    data folder.
    """

    url: Text
    snapshot_hash: Text
    payload_digest: str = ""
    etag: str = ""
    last_modified: str = ""
    media_type: str = ""
    byte_count: StrictInt = 0
    warc_file: Text
    warc_offset: StrictInt
    warc_record_id: Text
    fetched_at: Moment


class JobDocument(Strict):
    """One document to fetch. `known` lists earlier snapshots of its pages, newest first for each address: the newest
    gives the validators of the conditional request, any of them can be revisited."""

    document_id: StrictInt
    name: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    declaration: Declaration
    known: tuple[KnownSnapshot, ...] = ()


class Job(Strict):
    """One crawl of one platform.

    `run_id` names the run and its part (`...-watch`, `...-confirm`), and with the platform the WARC files. `title` is
    what people read in the Airflow UI. `replay_url` non-empty: every request goes to `<replay_url>/<address>` instead
    of the address (a replay server; the moment in its `Memento-Datetime` header, RFC 7089, is then the moment of
    observation). `delay` and `timeout` are seconds, `max_bytes` bounds one body.
    """

    run_id: Text
    platform_id: Text
    title: Text
    allowed_hosts: tuple[Text, ...]
    documents: tuple[JobDocument, ...]
    user_agent: Text
    replay_url: str = ""
    delay: Annotated[float, Field(ge=0)] = 5.0
    timeout: Annotated[float, Field(gt=0)] = 60.0
    max_bytes: Annotated[int, Field(gt=0)] = 32 * 1024 * 1024
    warc_folder: Path
    data_folder: Path


def manifest_file(job_file: Path) -> Path:
    """The manifest that the crawl of a job writes: one JSON line per fetch."""
    return _beside(job_file, ".manifest.jsonl")


def stats_file(job_file: Path) -> Path:
    """Counters of the crawl's last process; `finish_reason` is "finished" when it came to its end."""
    return _beside(job_file, ".stats.json")


def log_file(job_file: Path) -> Path:
    """Scrapy's own log of the crawl."""
    return _beside(job_file, ".log")


def lock_file(job_file: Path) -> Path:
    """Held by the process that crawls the job, so that a second one does not write into its files."""
    return _beside(job_file, ".lock")


def read_job(job_file: Path) -> Job:
    """The job of a file.

    Raises:
        pydantic.ValidationError: the file is not a job; OSError: it cannot be read.
    """
    return Job.model_validate_json(job_file.read_bytes())


def _beside(job_file: Path, suffix: str) -> Path:
    return job_file.with_name(job_file.name.removesuffix(SUFFIX) + suffix)
