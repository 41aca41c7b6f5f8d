"""What a crawl is told: a job file, written by the planner, read by the spider. It never asks the warehouse.

One job is one platform in one round. Everything a crawl writes lies beside the job file (`Job.manifest_file` and its
neighbours), but for the WARC files, which are kept under `warc_folder`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from charter.declaration import Declaration
from charter.strict import Moment, Strict, Text

SUFFIX = ".job.json"
RETRIES = 2
# A document of more pages is a mistake of its declaration, not a policy.
MAX_PAGES = 40


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
    gives the validators of the conditional request, any of them can be revisited. `declaration` is the one in force
    at the moment of the round; a text without the phrases of `must_contain` is not this document."""

    document_id: StrictInt
    name: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    declaration: Declaration
    must_contain: tuple[Text, ...] = ()
    known: tuple[KnownSnapshot, ...] = ()

    @model_validator(mode="after")
    def _has_a_bounded_number_of_pages(self) -> Self:
        if len(self.declaration.pages) > MAX_PAGES:
            raise ValueError(f"a document has at most {MAX_PAGES} pages")
        return self


class Job(Strict):
    """One crawl of one platform.

    `run_id` names the run and its part (`...-watch`, `...-confirm`), and with the platform the WARC files. `title` is
    what people read in the Airflow UI. `replay_url` non-empty: every request goes to `<replay_url>/<address>` instead
    of the address (a replay server; the moment in its `Memento-Datetime` header, RFC 7089, is then the moment of
    observation). `chromium` names the browser for pages that need one ("": the one on PATH). `delay` and `timeout` are
    seconds, `max_bytes` bounds one body. `retries` bounds the tries again of a page that fails in passing (None: two,
    none in a replay), the first after `backoff` seconds, each later one after twice as long. `private_hosts` are those
    that may lie on a private address: a test's, or a site of one's own network.
    """

    run_id: Text
    platform_id: Text
    title: Text
    allowed_hosts: tuple[Text, ...]
    documents: tuple[JobDocument, ...]
    user_agent: Text
    replay_url: str = ""
    chromium: str = ""
    private_hosts: tuple[Text, ...] = ()
    delay: Annotated[float, Field(ge=0)] = 5.0
    timeout: Annotated[float, Field(gt=0)] = 60.0
    max_bytes: Annotated[int, Field(gt=0)] = 32 * 1024 * 1024
    retries: Annotated[int, Field(ge=0, le=5)] | None = None
    backoff: Annotated[float, Field(ge=0)] = 10.0
    warc_folder: Path
    data_folder: Path

    @property
    def allowed_retries(self) -> int:
        """Tries again of one page within a crawl."""
        if self.retries is not None:
            return self.retries
        return 0 if self.replay_url else RETRIES


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
