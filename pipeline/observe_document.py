"""One document in one round: what its fetches amount to, and the text they give under its declaration."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from charter.declaration import Declaration
from crawlers.job import JobDocument
from crawlers.manifest import GOT_BYTES, FetchRecord, Outcome
from crawlers.read_warc import SnapshotUnreadable, read_snapshot
from transforms.extract_text import extract_text, extractor_version
from transforms.extraction_rules import ExtractionError, rules_from_declaration
from warehouse.read_fetches import Capture

ObservedOutcome = Literal["text", "quarantined", "unreachable", "policy_blocked", "gone"]
# What a page without usable bytes makes of its document; docs/crawling.md shows the same table.
OBSERVED: Mapping[Outcome, ObservedOutcome] = {
    "gone": "gone",
    "refused": "policy_blocked",
    "robots_forbidden": "policy_blocked",
    "robots_unreachable": "unreachable",
    "challenged": "quarantined",
    "busy": "unreachable",
    "server_error": "unreachable",
    "unreachable": "unreachable",
    "left_allowed_hosts": "quarantined",
    "redirect_loop": "unreachable",
    "too_large": "quarantined",
    "unexpected_answer": "quarantined",
}
NOT_FETCHED = "the crawl ended before this page was fetched"


@dataclass(frozen=True, slots=True)
class Observed:
    """What one round saw of one document. `text` is None unless the outcome is `text`.

    `technical_reason` says why a difference is ours; `previous_text` is what the earlier capture gives under the
    rules of today, where they are not those it was extracted with.
    """

    at: datetime
    outcome: ObservedOutcome
    reason: str
    text: str | None = None
    technical_reason: str = ""
    previous_text: str | None = None
    warnings: tuple[str, ...] = ()
    selector_hits: str = "[]"
    fetches: tuple[FetchRecord, ...] = field(default=())


def observe_document(
    document: JobDocument, fetches: Sequence[FetchRecord], data_folder: Path, capture: Capture | None
) -> Observed:
    """Judge the last fetch of each page and, when all gave bytes, extract the document's text from them.

    `capture` is the document's newest earlier one. Nothing is raised for what a site did: it becomes the outcome and
    its reason.
    """
    pages = {record.page: record for record in fetches}
    at = max((record.observed_at for record in pages.values()), default=datetime.now(UTC))
    wanted = range(len(document.declaration.pages))
    for page in wanted:
        record = pages.get(page)
        if record is None:
            return Observed(at, "unreachable", NOT_FETCHED, fetches=tuple(fetches))
        if record.outcome not in GOT_BYTES:
            return Observed(at, OBSERVED[record.outcome], record.reason, fetches=tuple(fetches))
    places = [(str(pages[page].snapshot_file), int(pages[page].snapshot_offset or 0)) for page in wanted]
    try:
        extraction = extract_text(
            _read_pages(data_folder, places), rules_from_declaration(document.declaration)
        )
    except (ExtractionError, SnapshotUnreadable) as error:
        return Observed(at, "quarantined", f"no text: {error}", fetches=tuple(fetches))
    technical, previous = _extract_again(document.declaration, capture, data_folder)
    hits = [[hit.page, hit.role, hit.selector, hit.count] for hit in extraction.selector_hits]
    return Observed(
        at=at,
        outcome="text",
        reason="",
        text=extraction.markdown,
        technical_reason=technical,
        previous_text=previous,
        warnings=extraction.warnings,
        selector_hits=json.dumps(hits, ensure_ascii=False),
        fetches=tuple(fetches),
    )


def _extract_again(
    declaration: Declaration, capture: Capture | None, data_folder: Path
) -> tuple[str, str | None]:
    """Why a difference may be ours, and the earlier capture's text under the rules of today (None: same rules)."""
    rules = (declaration.content_hash, extractor_version())
    if capture is None or (capture.declaration_hash, capture.extractor_version) == rules:
        return "", None
    what = "declaration" if capture.declaration_hash != rules[0] else "extractor"
    try:
        pages = _read_pages(data_folder, capture.pages)
        again = extract_text(pages, rules_from_declaration(declaration))
    except (ExtractionError, SnapshotUnreadable) as error:
        # Other pages, or bytes that are gone: what is new cannot be told from what is ours, so nothing is announced.
        return f"the {what} changed, and the earlier capture gives no text under it ({error})", None
    return f"the {what} changed", again.markdown


def _read_pages(data_folder: Path, places: Sequence[tuple[str, int]]) -> list[bytes]:
    return [read_snapshot(data_folder, file, offset)[0] for file, offset in places]
