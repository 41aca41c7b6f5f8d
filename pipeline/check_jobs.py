"""Which documents a check looks at, and the crawl that fetches them: the real one, in a folder of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charter.documents import Document
from charter.platforms import Platform
from crawlers.crawl import CrawlFailed, crawl
from crawlers.job import SUFFIX, Job, manifest_file
from crawlers.manifest import FetchRecord, group_fetches, read_manifest
from pipeline.name_run import folder_name
from pipeline.plan_round import find_platforms, make_job, user_agent
from pipeline.round_folders import write_job
from pipeline.settings import Settings

Fetches = dict[int, list[FetchRecord]]


@dataclass(frozen=True, slots=True)
class CheckCrawl:
    """What one crawl of a check brought: its job, fetches by document, and why it broke off ("" if it did not)."""

    job: Job
    fetches: Fetches
    failure: str


def choose_platform(settings: Settings, platform_id: str) -> Platform:
    """The platform of an id.

    Raises:
        ValueError: no platform file declares it; the known ones are named.
    """
    (platform,) = find_platforms(settings, [platform_id])
    return platform


def choose_documents(platform: Platform, wanted: Sequence[str] = (), *, live: bool) -> list[Document]:
    """The documents to check: active ones, with `live` also those to verify; of them the `wanted` ones, if any (an id
    may leave the platform out).

    Raises:
        ValueError: no such document, or one that must not be fetched; the file is named, and the reason of its state.
    """
    file = f"{platform.id}.yml"
    states = ("active", "to_verify") if live else ("active",)
    by_id = {document.id: document for document in platform.documents}
    chosen = []
    for name in wanted:
        document = by_id.get(name) or by_id.get(f"{platform.id}/{name}")
        if document is None:
            raise ValueError(f"{file}: no document {name}; there are {', '.join(by_id) or 'none'}")
        if document.state not in states:
            how = "only --live fetches it" if document.state == "to_verify" else "it is never fetched"
            raise ValueError(f"{file}: {document.id} is {document.state}: {how} ({document.state_reason})")
        chosen.append(document)
    if wanted:
        return chosen
    chosen = [document for document in platform.documents if document.state in states]
    if not chosen:
        unverified = sum(document.state == "to_verify" for document in platform.documents)
        more = f"; --live also fetches its {unverified} to verify" if unverified and not live else ""
        raise ValueError(f"{file}: no document to check: none is {' or '.join(states)}{more}")
    return chosen


def check_folder(settings: Settings, run_id: str) -> Path:
    """Folder of a check's jobs, manifests, WARC files and reports."""
    return settings.data_folder / "checks" / folder_name(run_id)


def crawl_once(
    settings: Settings, platform: Platform, documents: Sequence[Document], run_id: str, part: str
) -> CheckCrawl:
    """Fetch documents as a round would, without validators: every page is asked for anew.

    A job file that is there already is kept, so that a check made again resumes. No observation is written.

    Raises:
        ValueError: the live sites would be fetched without VIGIE_CONTACT.
    """
    folder = check_folder(settings, run_id)
    file = folder / part / f"{platform.id}{SUFFIX}"
    job = make_job(
        settings, platform, documents, f"{folder.name}-{part}", user_agent(settings), folder / "warc", {}
    )
    if not file.is_file():
        write_job(file, job)
    failure = ""
    try:
        crawl(file)
    except CrawlFailed as error:
        failure = str(error)
    return CheckCrawl(job, group_fetches(read_manifest(manifest_file(file))), failure)


def crawl_again(
    settings: Settings, platform: Platform, documents: Sequence[Document], run_id: str
) -> CheckCrawl:
    """Fetch documents a second time, after the pause that lies between any two requests to a host."""
    time.sleep(0 if settings.replay_url else settings.crawl_delay)
    return crawl_once(settings, platform, documents, run_id, "again")
