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
from transforms.extract_text import extract_text
from transforms.extraction_rules import Extraction, ExtractionError, Snapshot, rules_from_declaration
from transforms.find_phrases import find_missing_phrases
from warehouse.read_fetches import Capture

ObservedOutcome = Literal["text", "quarantined", "unreachable", "policy_blocked", "gone"]
# What a page without usable bytes makes of its document; docs/crawling.md shows the same table.
OBSERVED: Mapping[Outcome, ObservedOutcome] = {
    "gone": "gone",
    "refused": "policy_blocked",
    "robots_forbidden": "policy_blocked",
    "robots_unreachable": "unreachable",
    "challenged": "quarantined",
    "login_required": "policy_blocked",
    "script_required": "quarantined",
    "consent_only": "quarantined",
    "busy": "unreachable",
    "server_error": "unreachable",
    "unreachable": "unreachable",
    "left_allowed_hosts": "quarantined",
    "private_address": "quarantined",
    "link_missing": "quarantined",
    "redirect_loop": "unreachable",
    "too_large": "quarantined",
    "not_rendered": "unreachable",
    "unexpected_answer": "quarantined",
}
# Of several pages, the first of these that one of them came to is what became of the document.
WORST_FIRST: tuple[ObservedOutcome, ...] = ("policy_blocked", "quarantined", "unreachable", "gone")
NOT_FETCHED = "the crawl ended before this page was fetched"


@dataclass(frozen=True, slots=True)
class Observed:
    """What one round saw of one document.

    `text` is there when the outcome is `text`, and when a text was refused (`quarantined`): a person may accept it.
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
    extractor_version: str = ""
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
    wanted = [pages.get(page) for page in range(len(document.declaration.pages))]
    if failure := _judge_failures(wanted):
        return Observed(at, *failure, fetches=tuple(fetches))
    places = [(str(page.snapshot_file), int(page.snapshot_offset or 0)) for page in wanted if page]
    try:
        extraction = _extract(document.declaration, places, data_folder)
    except (ExtractionError, SnapshotUnreadable) as error:
        return Observed(at, "quarantined", f"no text: {error}", fetches=tuple(fetches))
    technical, previous = _extract_again(document.declaration, extraction, capture, data_folder)
    missing = find_missing_phrases(extraction.markdown, document.must_contain)
    named = " and ".join(f'"{phrase}"' for phrase in missing)
    hits = [[hit.page, hit.role, hit.selector, hit.count] for hit in extraction.selector_hits]
    return Observed(
        at=at,
        outcome="quarantined" if missing else "text",
        reason=f"the text lacks {named}, which this document must contain" if missing else "",
        text=extraction.markdown,
        technical_reason=technical,
        previous_text=previous,
        warnings=extraction.warnings + _warn_of_date(document.declaration, at),
        selector_hits=json.dumps(hits, ensure_ascii=False),
        extractor_version=extraction.extractor_version,
        fetches=tuple(fetches),
    )


def _judge_failures(wanted: Sequence[FetchRecord | None]) -> tuple[ObservedOutcome, str] | None:
    """What pages without usable bytes make of their document, and why; None when there are none.

    A document is gone only when every page of it is: of one that lost a part nobody knows what it says now.
    """
    found: dict[ObservedOutcome, list[str]] = {}
    for number, record in enumerate(wanted, start=1):
        if record is not None and record.outcome in GOT_BYTES:
            continue
        outcome = OBSERVED[record.outcome] if record else "unreachable"
        prefix = f"page {number} of {len(wanted)}: " if len(wanted) > 1 else ""
        found.setdefault(outcome, []).append(prefix + (record.reason if record else NOT_FETCHED))
    worst = next((outcome for outcome in WORST_FIRST if outcome in found), None)
    if worst is None:
        return None
    is_partly_gone = worst == "gone" and len(found[worst]) < len(wanted)
    return "quarantined" if is_partly_gone else worst, found[worst][0]


def _extract(declaration: Declaration, places: Sequence[tuple[str, int]], data_folder: Path) -> Extraction:
    pages = [Snapshot(*read_snapshot(data_folder, file, offset)) for file, offset in places]
    return extract_text(pages, rules_from_declaration(declaration))


def _extract_again(
    declaration: Declaration, extraction: Extraction, capture: Capture | None, data_folder: Path
) -> tuple[str, str | None]:
    """Why a difference may be ours, and the earlier capture's text under the rules of today (None: same rules)."""
    rules = (declaration.content_hash, extraction.extractor_version)
    if capture is None or (capture.declaration_hash, capture.extractor_version) == rules:
        return "", None
    what = "declaration" if capture.declaration_hash != rules[0] else "extractor"
    try:
        again = _extract(declaration, capture.pages, data_folder)
    except (ExtractionError, SnapshotUnreadable) as error:
        # Other pages, or bytes that are gone: what is new cannot be told from what is ours, so nothing is announced.
        return f"the {what} changed, and the earlier capture gives no text under it ({error})", None
    # A page that became a PDF has another extractor; the one before would still be read as it was.
    is_ours = (capture.declaration_hash, capture.extractor_version) != (rules[0], again.extractor_version)
    return (f"the {what} changed", again.markdown) if is_ours else ("", None)


def _warn_of_date(declaration: Declaration, at: datetime) -> tuple[str, ...]:
    """A replay server may answer another moment than the one the round was planned for."""
    if declaration.holds_at(at):
        return ()
    return (f"fetched under a declaration that was not in force at {at.isoformat()}",)
