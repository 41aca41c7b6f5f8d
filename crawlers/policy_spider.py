"""The one generic spider: asks for each page of each document of a job, and notes what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy

from crawlers.exchange import ELAPSED_MS, EXCHANGE, STARTED_AT, Exchange, exchange_of
from crawlers.failures import RecordingFailed, Withheld
from crawlers.fetch_record import record_answer, record_failure
from crawlers.follow_link import find_document, request_document
from crawlers.job import Job
from crawlers.judge_answer import Answer, Judgement, judge_answer
from crawlers.judge_failure import judge_failure
from crawlers.known_snapshots import KnownSnapshots
from crawlers.manifest import GOT_BYTES, FetchRecord
from crawlers.manifest_writer import ManifestWriter
from crawlers.pages import Page
from crawlers.plan_retry import MAX_RETRIES_PER_HOST, plan_retry, read_retry_after
from crawlers.read_page import Selector
from crawlers.render_record import RENDERING, record_rendering
from crawlers.request_page import HUB, NOT_BEFORE, PAGE, request_page
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
        self._retried: Counter[str] = Counter()

    async def start(self) -> AsyncIterator[Any]:
        """One request for each page; what follows from an answer is the middlewares' work."""
        for page in self.pages:
            yield request_page(page, self.on_answer, self.on_failure)

    def on_answer(self, response: Response) -> scrapy.Request | None:
        """Note what the last answer to a page's request means; what is asked for next, if anything is."""
        exchange = exchange_of(response)
        meta = response.meta
        page: Page = meta[PAGE]
        is_hub = page.source.follow_link is not None and HUB not in meta
        judgement = self.judge(exchange, response.body, () if is_hub else page.select)
        if is_hub and judgement.outcome in GOT_BYTES:
            found = find_document(page, exchange, response.body, self.job.data_folder)
            if isinstance(found, str):
                return request_document(page, found, response, self.on_answer, self.on_failure)
            judgement = found
        record = record_answer(page, judgement, exchange, meta[STARTED_AT], meta[ELAPSED_MS])
        self._note(record_rendering(record, meta[RENDERING]) if RENDERING in meta else record)
        said = dict(exchange.headers).get("retry-after", "")
        return self._try_again(page, judgement, exchange.url, read_retry_after(said, datetime.now(UTC)))

    def judge(self, exchange: Exchange, body: bytes, select: Sequence[Selector] = ()) -> Judgement:
        """What an answer means. `body` is the exchange's, or what a browser made of it; `select` what is declared."""
        return judge_answer(
            Answer(
                host=urlsplit(exchange.url).hostname or "",
                status=exchange.status,
                media_type=exchange.media_type,
                body=body,
                asked_if_changed=exchange.known is not None,
                damage=exchange.damage,
                address=exchange.url,
                headers=exchange.headers,
                select=select,
            )
        )

    def on_failure(self, failure: Failure) -> scrapy.Request | None:
        """Note why a page's request has no answer of its own. A fault of ours is raised again: the page stays without a
        fetch, and the crawl counts as failed."""
        error = failure.value
        assert error is not None
        if isinstance(error, RecordingFailed):
            self._stop(error)
            return None
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
        if isinstance(error, Withheld) and judgement.outcome == "busy":
            return None
        return self._try_again(request.meta[PAGE], judgement, request.url, None)

    def _try_again(
        self, page: Page, judgement: Judgement, url: str, retry_after: float | None
    ) -> scrapy.Request | None:
        """The request of a page's next try, if it gets one in this crawl."""
        host, job = urlsplit(url).netloc, self.job
        wait = plan_retry(
            judgement.outcome, judgement.reason, page.retry, job.allowed_retries, job.backoff, retry_after
        )
        if wait is None or self._retried[host] >= MAX_RETRIES_PER_HOST or self._stopping is not None:
            return None
        self._retried[host] += 1
        request = request_page(page.again(), self.on_answer, self.on_failure)
        request.meta[NOT_BEFORE] = monotonic() + wait
        return request

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
