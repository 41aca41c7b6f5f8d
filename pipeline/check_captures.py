"""Check declarations against what the warehouse holds already: the newest capture of each document, no request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charter.documents import Document
from charter.platforms import Platform
from crawlers.job import JobDocument
from crawlers.manifest import GOT_BYTES, FetchRecord
from pipeline.check_document import check_document
from pipeline.check_model import CheckedDocument, Finding, worst
from pipeline.check_reading import read_document
from pipeline.date_round import date_round
from pipeline.describe_documents import live_document_id
from pipeline.plan_round import job_document
from pipeline.settings import Settings
from warehouse.errors import WarehouseError
from warehouse.read_newest_pages import read_lengths_in_force, read_newest_pages

Pages = list[dict[str, Any]]


def check_captures(
    settings: Settings, platform: Platform, documents: Sequence[Document]
) -> list[CheckedDocument]:
    """Check each document by its newest observation of which every page is kept."""
    try:
        found = read_newest_pages(settings.location, [live_document_id(document) for document in documents])
    except WarehouseError:
        found = {}  # nothing was published yet, so nothing was captured
    lengths = lengths_in_force(settings, documents)
    return [
        _check(
            settings,
            platform,
            document,
            found.get(live_document_id(document), []),
            lengths.get(live_document_id(document), 0),
        )
        for document in documents
    ]


def lengths_in_force(settings: Settings, documents: Sequence[Document]) -> dict[int, int]:
    """Characters of the version in force, by document; none where nothing was published yet."""
    try:
        return read_lengths_in_force(
            settings.location, [live_document_id(document) for document in documents]
        )
    except WarehouseError:
        return {}


def _check(
    settings: Settings, platform: Platform, document: Document, observations: Sequence[Pages], length: int
) -> CheckedDocument:
    asked = job_document(document, date_round(settings))
    capture = next((pages for pages in observations if _is_capture(asked, pages)), None)
    if capture is None:
        return _not_captured(document)
    read = read_document(asked, [_record(page) for page in capture], settings.data_folder)
    checked = check_document(platform, document, read, None, "captures", length)
    if capture is observations[0]:
        return checked
    failed = next((page for page in observations[0] if page["outcome"] not in GOT_BYTES), observations[0][0])
    finding = Finding(
        level="warning",
        fault="newest_fetch",
        what=f"the fetch of {failed['observed_at']:%Y-%m-%d %H:%M} gave no page to check: {failed['outcome']}: "
        f"{failed['reason']}",
    )
    findings = (finding, *checked.findings)
    return checked.model_copy(update={"findings": findings, "level": worst(findings)})


def _is_capture(asked: JobDocument, pages: Pages) -> bool:
    """Whether these are the pages that the declaration asks for, each with its bytes."""
    declared = [page.fetch for page in asked.declaration.pages]
    return [page["url"] for page in pages] == declared and all(page["snapshot_file"] for page in pages)


def _record(page: dict[str, Any]) -> FetchRecord:
    given = {name: value for name, value in page.items() if value is not None}
    return FetchRecord.model_validate(given)


def _not_captured(document: Document) -> CheckedDocument:
    finding = Finding(
        level="warning",
        fault="not_captured",
        what="nothing was captured from these addresses yet: run a round, or check with --live",
    )
    return CheckedDocument(
        document_id=document.id,
        title=document.title,
        state=document.state,
        level="warning",
        findings=(finding,),
        language=document.language,
        must_contain=document.must_contain,
    )
