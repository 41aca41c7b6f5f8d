"""Plan the second fetch: a page whose change would be announced is fetched again before anybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crawlers.job import Job, JobDocument, KnownSnapshot, read_job
from pipeline.detect_changes import fold_document
from pipeline.plan_round import PlannedJob, count_documents
from pipeline.round_folders import list_jobs, round_folder, source_of, write_job
from pipeline.round_rows import observation_of
from pipeline.settings import Settings
from warehouse.connect import open_build
from warehouse.read_documents import read_documents_to_fold, read_observations, read_texts
from warehouse.read_fetches import read_known_snapshots


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Jobs of the second fetch, and the moment before which they should not start."""

    jobs: tuple[PlannedJob, ...]
    not_before: datetime


def plan_confirmation(settings: Settings, run_id: str) -> Confirmation:
    """Fold what the round brought, without keeping it, and write a job for each platform with an unconfirmed change.

    Job files that are there already are kept, so that a plan made again resumes.
    """
    folder = round_folder(settings, run_id, "confirm")
    jobs = {file.name: read_job(file) for file in list_jobs(round_folder(settings, run_id, "watch"))}
    seen = {document.document_id for job in jobs.values() for document in job.documents}
    doubtful = _find_unconfirmed(settings, seen, source_of(run_id, "watch"))
    with open_build(settings.location, "plan a confirmation") as con:
        known = read_known_snapshots(con, sorted(doubtful))
    planned = []
    for name, job in jobs.items():
        file = folder / name
        if not file.is_file():
            wanted = [document for document in job.documents if document.document_id in doubtful]
            if not wanted:
                continue
            again = _ask_again(job, wanted, known)
            write_job(file, again)
        planned.append(PlannedJob(file, read_job(file).title))
    wait = timedelta(0) if settings.replay_url or not planned else timedelta(minutes=settings.confirm_after)
    return Confirmation(tuple(planned), datetime.now(UTC) + wait)


def _find_unconfirmed(settings: Settings, seen: set[int], source: str) -> set[int]:
    """Documents whose fold waits for a second fetch of what this round saw."""
    with open_build(settings.location, "list documents to fold") as con:
        documents = [d for d in read_documents_to_fold(con) if d.document_id in seen]
    doubtful = set()
    for document in documents:
        with open_build(settings.location, f"read {document.service} / {document.terms_type}") as con:
            observations = read_observations(con, document.document_id)
            texts = read_texts(con, document.document_id)
        unconfirmed = fold_document(document, observations, texts).unconfirmed
        if observation_of(document.document_id, source) in unconfirmed:
            doubtful.add(document.document_id)
    return doubtful


def _ask_again(job: Job, wanted: list[JobDocument], known: dict[int, list[dict[str, Any]]]) -> Job:
    """The job for the documents in doubt. The pages are asked for anew: a 304 would repeat what one cache holds."""
    documents = tuple(
        document.model_copy(
            update={
                "known": tuple(
                    KnownSnapshot.model_validate(snapshot | {"etag": "", "last_modified": ""})
                    for snapshot in known.get(document.document_id, [])
                )
            }
        )
        for document in wanted
    )
    name = job.title.rpartition(" - ")[0]
    return job.model_copy(
        update={
            "run_id": f"{job.run_id.removesuffix('-watch')}-confirm",
            "title": f"{name} - {count_documents(len(documents))} to confirm",
            "documents": documents,
        }
    )


def write_job_paths(planned: Sequence[PlannedJob]) -> list[dict[str, str]]:
    """Planned jobs as values that travel between tasks."""
    return [{"job": str(item.job), "title": item.title} for item in planned]
