"""Plan a round: one job file per platform, from the platform files and what the warehouse knows of earlier rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from charter.load import load_platforms
from charter.platforms import Document, Platform
from crawlers.job import SUFFIX, Job, JobDocument, KnownSnapshot, read_job
from pipeline.date_round import date_round
from pipeline.describe_documents import live_document_id
from pipeline.round_folders import round_folder, warc_folder, write_job
from pipeline.settings import Settings
from warehouse.connect import open_build
from warehouse.read_fetches import read_known_snapshots, read_live_evidence

LIVE_EVIDENCE = "raw bytes"
REPLAY_EVIDENCE = "raw bytes from a replay"


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job file and the name that people read in the Airflow UI."""

    job: Path
    title: str


def plan_round(settings: Settings, run_id: str, platform_ids: Sequence[str] = ()) -> list[PlannedJob]:
    """Write the job files of a round: the active documents of the platforms named, or of all.

    Each is asked for under the declaration in force at the moment of the round, and left out where there is none. A
    job file that is there already is kept: a plan made again resumes its round.

    Raises:
        ValueError: a platform that no file declares, or that has no active document; live crawling without
            VIGIE_CONTACT; a replay over live observations, or the other way round.
    """
    platforms = _choose_active(find_platforms(settings, platform_ids), platform_ids)
    agent = user_agent(settings)
    folder = round_folder(settings, run_id, "watch")
    at = date_round(settings)
    documents = {
        platform.id: [
            document
            for document in platform.documents
            if document.state == "active" and document.declaration_at(at)
        ]
        for platform in platforms
    }
    ids = [live_document_id(document) for listed in documents.values() for document in listed]
    with open_build(settings.location, "plan a round") as con:
        _check_evidence(settings, read_live_evidence(con))
        known = read_known_snapshots(con, ids)
    planned = []
    for platform in platforms:
        chosen = documents[platform.id]
        if not chosen:
            continue
        file = folder / f"{platform.id}{SUFFIX}"
        if not file.is_file():
            job = make_job(
                settings,
                platform,
                chosen,
                f"{folder.parent.name}-watch",
                agent,
                warc_folder(settings, platform.id),
                known,
            )
            write_job(file, job)
        planned.append(PlannedJob(file, read_job(file).title))
    return planned


def make_job(
    settings: Settings,
    platform: Platform,
    documents: Sequence[Document],
    run_id: str,
    agent: str,
    warc: Path,
    known: Mapping[int, list[dict[str, object]]],
) -> Job:
    """The job of some documents of a platform. `run_id` names run and part; `known`: earlier snapshots by document.

    Raises:
        ValueError: a document has no declaration at the moment of the round.
    """
    at = date_round(settings)
    return Job(
        run_id=run_id,
        platform_id=platform.id,
        title=f"{platform.name} - {count_documents(len(documents))}",
        allowed_hosts=platform.allowed_hosts,
        documents=tuple(
            job_document(document, at, known.get(live_document_id(document), [])) for document in documents
        ),
        user_agent=agent,
        replay_url=settings.replay_url,
        chromium=str(settings.chromium or ""),
        delay=0 if settings.replay_url else settings.crawl_delay,
        warc_folder=warc,
        data_folder=settings.data_folder,
    )


def user_agent(settings: Settings) -> str:
    """The name under which we ask: product, version and where to find us.

    Raises:
        ValueError: there is no contact and pages would be fetched from the live sites.
    """
    if not settings.contact and not settings.replay_url:
        raise ValueError(
            "VIGIE_CONTACT is not set: a site must be able to find out who fetches its pages (an e-mail address or "
            "a web page); set it, or VIGIE_REPLAY_URL to fetch from a replay server"
        )
    contact = f"+{settings.contact}" if settings.contact else "replay"
    return f"Vigie/{version('vigie')} ({contact})"


def evidence_of(settings: Settings) -> str:
    """Evidence of observations made under these settings."""
    return REPLAY_EVIDENCE if settings.replay_url else LIVE_EVIDENCE


def count_documents(number: int) -> str:
    """A number of documents in words."""
    return "1 document" if number == 1 else f"{number} documents"


def find_platforms(settings: Settings, platform_ids: Sequence[str]) -> list[Platform]:
    """The platforms of these ids, each once, in their order; all when there are no ids.

    Raises:
        ValueError: a platform that no file declares; the known ones are named.
    """
    by_id = {platform.id: platform for platform in load_platforms(settings.platforms)}
    unknown = sorted(set(platform_ids) - set(by_id))
    if unknown:
        raise ValueError(f"no such platform: {', '.join(unknown)}; known are {', '.join(sorted(by_id))}")
    return [by_id[name] for name in dict.fromkeys(platform_ids)] or list(by_id.values())


def _choose_active(platforms: list[Platform], named: Sequence[str]) -> list[Platform]:
    """The platforms, unless one that was named has nothing to watch."""
    idle = [p.id for p in platforms if p.id in named and not any(d.state == "active" for d in p.documents)]
    if idle:
        raise ValueError(f"no active document: {', '.join(idle)} (their platform files say why)")
    return platforms


def job_document(
    document: Document, at: datetime | None = None, known: Sequence[Mapping[str, object]] = ()
) -> JobDocument:
    """What a job says of a document at a moment (None: now). `known` are its earlier snapshots.

    Raises:
        ValueError: the document has no declaration at that moment.
    """
    at = at or datetime.now(UTC)
    declaration = document.declaration_at(at)
    if declaration is None:
        raise ValueError(f"{document.id}: no declaration valid at {at.isoformat()}")
    return JobDocument(
        document_id=live_document_id(document),
        name=document.id,
        language=document.language,
        declaration=declaration,
        must_contain=document.must_contain,
        known=tuple(KnownSnapshot.model_validate(snapshot) for snapshot in known),
    )


def _check_evidence(settings: Settings, found: set[str]) -> None:
    other = found - {evidence_of(settings)}
    if other:
        what = "a replay" if settings.replay_url else "the live sites"
        raise ValueError(
            f"{settings.location} holds {', '.join(sorted(other))}: pages from {what} would mix with them; use "
            "another VIGIE_HOME"
        )
