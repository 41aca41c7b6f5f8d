"""What the fetches of a document amount to, for a check: text and selectors, also where a round would give up."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.job import JobDocument
from crawlers.manifest import FetchRecord, latest_fetches
from crawlers.read_warc import SnapshotUnreadable, read_snapshot
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, Snapshot, rules_from_declaration
from transforms.try_selectors import TriedSelector, offer_selectors, try_selectors


@dataclass(frozen=True, slots=True)
class Reading:
    """The last fetch of each page in order, what each selector fits, and the text or why there is none.

    `text` is None without one; `error` is "" where pages are missing: their fetches say why. `offers` are selectors
    that a page without one might have, with the characters they hold.
    """

    pages: tuple[FetchRecord, ...]
    tried: tuple[TriedSelector, ...] = ()
    text: str | None = None
    error: str = ""
    warnings: tuple[str, ...] = ()
    offers: tuple[tuple[str, int], ...] = ()


def read_document(asked: JobDocument, fetches: Sequence[FetchRecord], data_folder: Path) -> Reading:
    """Read the pages of a document from the archive and extract its text as a round does."""
    pages = tuple(record for _, record in sorted(latest_fetches(list(fetches)).items()))
    try:
        snapshots = {
            page.page: Snapshot(
                *read_snapshot(data_folder, page.snapshot_file, int(page.snapshot_offset or 0))
            )
            for page in pages
            if page.snapshot_file is not None
        }
        rules = rules_from_declaration(asked.declaration)
    except (SnapshotUnreadable, ExtractionError) as error:
        return Reading(pages, error=str(error))
    tried = tuple(
        one for page, snapshot in snapshots.items() for one in try_selectors(snapshot, rules[page], page)
    )
    if len(snapshots) < len(rules):
        return Reading(pages, tried)
    try:
        extraction = extract_text([snapshots[page] for page in range(len(rules))], rules)
    except ExtractionError as error:
        bare = next((page for page in snapshots if not rules[page].select), None)
        offers = offer_selectors(snapshots[bare]) if bare is not None else ()
        return Reading(pages, tried, error=str(error), offers=offers)
    return Reading(pages, tried, extraction.markdown, warnings=extraction.warnings)


def differing_lines(first: str, second: str) -> tuple[str, ...]:
    """Lines of one text that the other has not: "+" in front of the second's, "-" of the first's."""
    lines = difflib.unified_diff(first.splitlines(), second.splitlines(), n=0, lineterm="")
    shown = (line for line in lines if not line.startswith(("+++", "---", "@@")))
    return tuple(line for line in shown if line[1:].strip())
