"""The pages of a job, and which of them are still to be fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from charter.declaration import SourcePage
from crawlers.job import Job, JobDocument
from crawlers.manifest import TRANSIENT, FetchRecord, latest_fetches
from crawlers.read_page import Selector
from transforms.extraction_rules import ExtractionError, rules_from_declaration


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document; `number` counts from 0 in the order of the declaration, `attempt` from 1, and `retry` the
    tries again within this process from 0."""

    document: JobDocument
    number: int
    url: str
    attempt: int = 1
    retry: int = 0

    @property
    def source(self) -> SourcePage:
        """What the declaration says of the page."""
        return self.document.declaration.pages[self.number]

    @property
    def is_rendered(self) -> bool:
        """Whether a browser runs the page's scripts (render_pages.py)."""
        return self.source.execute_client_scripts is True and self.source.follow_link is None

    @property
    def select(self) -> tuple[Selector, ...]:
        """The selectors of the document's text; none where the declaration cannot be read as rules."""
        try:
            return rules_from_declaration(self.document.declaration)[self.number].select
        except ExtractionError:
            return ()

    @property
    def key(self) -> tuple[int, int]:
        """What the manifest knows the page by: document id and number."""
        return self.document.document_id, self.number

    def again(self) -> Page:
        """The page at its next attempt in this process."""
        return replace(self, attempt=self.attempt + 1, retry=self.retry + 1)

    def __str__(self) -> str:
        return f"{self.document.name}, page {self.number + 1} ({self.url})"


def list_pages(job: Job) -> list[Page]:
    """Every page of every document, in the order of the job."""
    return [
        Page(document, number, source.fetch)
        for document in job.documents
        for number, source in enumerate(document.declaration.pages)
    ]


def pages_left(job: Job, records: Iterable[FetchRecord]) -> list[Page]:
    """Pages without an answer yet: never fetched, or failed in a way that is worth another try."""
    latest = latest_fetches(list(records))
    left = []
    for page in list_pages(job):
        last = latest.get(page.key)
        if last is None:
            left.append(page)
        elif last.outcome in TRANSIENT:
            left.append(Page(page.document, page.number, page.url, last.attempt + 1))
    return left
