"""The one generic spider: asks for each page of each document of a job, and notes what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy

from crawlers.exchange import ELAPSED_MS, EXCHANGE, STARTED_AT, Exchange, exchange_of
from crawlers.failures import RecordingFailed
from crawlers.fetch_record import record_answer, record_failure
from crawlers.job import Job
from crawlers.judge_answer import Answer, judge_answer
from crawlers.judge_failure import judge_failure
from crawlers.known_snapshots import KnownSnapshots
from crawlers.manifest import FetchRecord
from crawlers.manifest_writer import ManifestWriter
from crawlers.pages import Page
from crawlers.request_page import PAGE, request_page
from crawlers.warc_archive import WarcArchive

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


class PolicySpider(scrapy.Spider):
    """Crawls `pages`. The middlewares find here what they share: `known` snapshots, the `archive`, and `last_moment`,
    the moment of the last answer (a replayed past has no clock of its own)."""

    name = "policies"

    def __init__(
        self,
        job: Job,
        pages: Sequence[Page],
        known: KnownSnapshots,
        archive: WarcArchive,
        manifest: ManifestWriter,
        last_moment: datetime | None = None,
    ) -> None:
        super().__init__()
        self.job = job
        self.pages = pages
        self.known = known
        self.archive = archive
        self.manifest = manifest
        self.last_moment = last_moment
        self._stopping: asyncio.Future[None] | None = None

    async def start(self) -> AsyncIterator[Any]:
        """One request for each page; what follows from an answer is the middlewares' work."""
        for page in self.pages:
            yield request_page(page, self.on_answer, self.on_failure)

    def on_answer(self, response: Response) -> None:
        """Note what the last answer to a page's request means."""
        exchange = exchange_of(response)
        judgement = judge_answer(
            Answer(
                host=urlsplit(exchange.url).hostname or "",
                status=exchange.status,
                media_type=exchange.media_type,
                body=response.body,
                asked_if_changed=exchange.known is not None,
                damage=exchange.damage,
            )
        )
        meta = response.meta
        self._note(record_answer(meta[PAGE], judgement, exchange, meta[STARTED_AT], meta[ELAPSED_MS]))

    def on_failure(self, failure: Failure) -> None:
        """Note why a page's request has no answer of its own. A fault of ours is raised again: the page stays without a
        fetch, and the crawl counts as failed."""
        error = failure.value
        assert error is not None
        if isinstance(error, RecordingFailed):
            self._stop(error)
            return
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        answered: Exchange | None = request.meta.get(EXCHANGE)
        judgement = judge_failure(
            error, urlsplit(request.url).hostname or "", self.job, answered.status if answered else None
        )
        if judgement is None:
            raise error
        now = datetime.now(UTC)
        self._note(
            record_failure(
                request.meta[PAGE],
                judgement,
                answered,
                (self.job.replay_url and self.last_moment) or now,
                request.meta.get(STARTED_AT, now),
                request.meta.get(ELAPSED_MS, 0),
            )
        )

    def _stop(self, error: Exception) -> None:
        """End the crawl. Not by raising CloseSpider: the log would end in its traceback instead of in the reason."""
        self.logger.error("%s", error)
        if self._stopping is None:
            closing = self.crawler.engine.close_spider_async(reason="recording_failed")
            self._stopping = asyncio.ensure_future(closing)

    def _note(self, record: FetchRecord) -> None:
        try:
            self.manifest.append(record)
        except OSError as error:
            self._stop(error)
            return
        self.logger.info("%s", record)
