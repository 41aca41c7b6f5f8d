"""Whether the declarations of a platform work: a real crawl, twice, judged and never loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from charter.documents import Document
from charter.load import load_platforms
from charter.platforms import Platform
from pipeline.check_captures import check_captures, lengths_in_force
from pipeline.check_document import check_document
from pipeline.check_jobs import (
    CheckCrawl,
    check_folder,
    choose_documents,
    choose_platform,
    crawl_again,
    crawl_once,
)
from pipeline.check_keys import full_key
from pipeline.check_model import CheckedDocument, CheckedPlatform, Origin
from pipeline.check_reading import Reading, read_document
from pipeline.describe_documents import live_document_id
from pipeline.plan_round import find_platforms, user_agent
from pipeline.settings import Settings
from pipeline.staging import write_text

REPORT_SUFFIX = ".check.json"
Progress = Callable[[str], None]


def check_platform(
    settings: Settings,
    platform_id: str,
    run_id: str,
    *,
    live: bool = False,
    documents: Sequence[str] = (),
    progress: Progress = lambda _: None,
) -> CheckedPlatform:
    """Check as `vigie check` does: with `live` the sites, also documents to verify; through VIGIE_REPLAY_URL where it
    is set; else the newest captures, without any request.

    Raises:
        ValueError: no such platform or document, or none that may be checked; live without VIGIE_CONTACT.
    """
    platform = choose_platform(settings, platform_id)
    chosen = choose_documents(platform, documents, live=live)
    if live or settings.replay_url:
        return check_by_crawl(settings, platform, chosen, run_id, progress)
    return _report(settings, platform, run_id, "captures", check_captures(settings, platform, chosen))


def list_checks(
    settings: Settings, platform_ids: Sequence[str] = ()
) -> list[tuple[Platform, list[Document]]]:
    """The platforms named, or all with active documents, each with these: what a check of all declarations fetches.

    Raises:
        ValueError: no such platform, or one without active documents; the sites would be fetched without VIGIE_CONTACT.
    """
    user_agent(settings)
    if platform_ids:
        named = find_platforms(settings, platform_ids)
        return [(platform, choose_documents(platform, live=False)) for platform in named]
    listed = load_platforms(settings.platforms)
    active = [(platform, [d for d in platform.documents if d.state == "active"]) for platform in listed]
    return [(platform, documents) for platform, documents in active if documents]


def check_active(settings: Settings, platform_id: str, run_id: str) -> CheckedPlatform:
    """Check the active documents of a platform by fetching them, from the sites or through VIGIE_REPLAY_URL.

    Raises:
        ValueError: as `list_checks`.
    """
    ((platform, documents),) = list_checks(settings, [platform_id])
    return check_by_crawl(settings, platform, documents, run_id)


def check_by_crawl(
    settings: Settings,
    platform: Platform,
    documents: Sequence[Document],
    run_id: str,
    progress: Progress = lambda _: None,
) -> CheckedPlatform:
    """Fetch documents, those that gave a text a second time, and judge them. Writes the report beside the crawls.

    Raises:
        ValueError: the sites would be fetched without VIGIE_CONTACT.
    """
    user_agent(settings)  # refuses before anything is said to be fetched
    progress(f"{platform.name}: fetching")
    first = crawl_once(settings, platform, documents, run_id, "first")
    seen = {document.id: _read(first, document) for document in documents}
    with_text = [document for document in documents if seen[document.id].text is not None]
    again: dict[str, Reading] = {}
    failure = first.failure
    if with_text:
        progress(f"{platform.name}: fetching a second time")
        second = crawl_again(settings, platform, with_text, run_id)
        again = {document.id: _read(second, document) for document in with_text}
        failure = failure or second.failure
    origin: Origin = "replay" if settings.replay_url else "sites"
    lengths = lengths_in_force(settings, documents)
    checked = [
        check_document(
            platform,
            document,
            seen[document.id],
            again.get(document.id),
            origin,
            lengths.get(live_document_id(document), 0),
        )
        for document in documents
    ]
    return _report(settings, platform, run_id, origin, checked, failure)


def _read(crawled: CheckCrawl, document: Document) -> Reading:
    document_id = live_document_id(document)
    asked = next(asked for asked in crawled.job.documents if asked.document_id == document_id)
    return read_document(asked, crawled.fetches.get(document_id, []), crawled.job.data_folder)


def _report(
    settings: Settings,
    platform: Platform,
    run_id: str,
    origin: Origin,
    checked: Sequence[CheckedDocument],
    failure: str = "",
) -> CheckedPlatform:
    folder = check_folder(settings, run_id)
    report = CheckedPlatform(
        platform_id=platform.id,
        name=platform.name,
        file=f"{platform.id}.yml",
        run_id=folder.name,
        origin=origin,
        checked_at=datetime.now(UTC),
        documents=tuple(_with_full_keys(platform, document) for document in checked),
        failure=failure,
    )
    write_text(folder / f"{platform.id}{REPORT_SUFFIX}", report.model_dump_json(indent=1))
    return report


def _with_full_keys(platform: Platform, checked: CheckedDocument) -> CheckedDocument:
    findings = tuple(
        finding.model_copy(update={"key": full_key(platform, checked.document_id, finding.key)})
        if finding.key
        else finding
        for finding in checked.findings
    )
    return checked.model_copy(update={"findings": findings})
