"""Download middleware next to the engine: has a browser render the pages whose declaration asks for it.

The document is fetched like any page first, with robots.txt, hosts, pause and archive; only what was answered with a
page goes on to the browser. A page counts as being downloaded until it is rendered, so nothing else is asked for.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals

from crawlers.exchange import Exchange, exchange_of
from crawlers.failures import RecordingFailed
from crawlers.fetch_for_browser import HTML_TYPES, RENDERABLE, CrawlFetcher, as_answer
from crawlers.find_browser import find_browser, say_missing
from crawlers.job import KnownSnapshot
from crawlers.judge_answer import Judgement
from crawlers.judge_rendering import judge_rendering
from crawlers.pages import Page
from crawlers.policy_spider import PolicySpider
from crawlers.render_in_browser import Browser, BrowserFailed, Rendered
from crawlers.render_record import DOM_TYPE, RENDERING, Rendering, StoredDom, payload_digest
from crawlers.render_rules import render_rules
from crawlers.render_warc import RenderedDom
from crawlers.request_page import FOR_BROWSER, PAGE
from crawlers.route_browser import BrowserRoutes
from crawlers.warc_archive import WarcPlace

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)


class RenderPages:
    """Renders one page at a time, in a browser that is started for the first of them."""

    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, PolicySpider)
        self._crawler = crawler
        self._spider = crawler.spider
        self._job = crawler.spider.job
        self._browser = Browser(crawler, self._job) if find_browser(self._job.chromium) else None
        self._one_at_a_time = asyncio.Lock()
        crawler.signals.connect(self._close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderPages:
        """The middleware of a crawl of a PolicySpider."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Leave in `meta` what a browser made of the response. Raises RecordingFailed when that cannot be written."""
        page: Page | None = request.meta.get(PAGE)
        if page is None or not page.is_rendered or request.meta.get(FOR_BROWSER):
            return response
        exchange = exchange_of(request)
        answered = self._spider.judge(exchange, response.body, page.select)
        if exchange.media_type not in HTML_TYPES or answered.outcome not in RENDERABLE:
            return response
        async with self._one_at_a_time:
            request.meta[RENDERING] = await self._render(request, response, exchange)
        self._begin_pause(request)
        return response

    async def _render(self, request: Request, response: Response, exchange: Exchange) -> Rendering:
        if self._browser is None:
            return Rendering(Judgement("not_rendered", say_missing(self._job.chromium)), 0)
        page: Page = request.meta[PAGE]
        began = monotonic()
        fetcher = CrawlFetcher(self._crawler, self._spider, request)
        routes = BrowserRoutes(as_answer(response), fetcher)
        rules = render_rules(page, self._job.timeout, self._job.max_bytes)
        try:
            rendered = await self._browser.render(page, request, exchange.url, rules, routes)
        except BrowserFailed as error:
            return Rendering(Judgement("not_rendered", str(error)), _since(began))
        finally:
            self._crawler.stats.inc_value("browser/requests", routes.asked)
            self._crawler.stats.inc_value("browser/requests_withheld", routes.withheld)
        fetcher.keep_cookies(exchange.url, rendered.cookies)
        judgement = judge_rendering(
            rendered, routes, self._job, lambda dom: self._spider.judge(exchange, dom, page.select)
        )
        dom = self._record(rendered, judgement, exchange) if rendered.dom else None
        return Rendering(judgement, _since(began), dom)

    def _record(self, rendered: Rendered, judgement: Judgement, exchange: Exchange) -> StoredDom:
        snapshot_hash = hashlib.sha256(rendered.dom).hexdigest()
        digest = payload_digest(snapshot_hash)
        known = self._spider.known.holding(digest, snapshot_hash)
        dom = RenderedDom(
            rendered.url, rendered.dom, digest, exchange.observed_at, made_from=exchange.place.record_id
        )
        if self._spider.archive.is_broken:
            raise RecordingFailed(f"{rendered.url}: not recorded, since the archive cannot be written")
        try:
            place = self._spider.archive.record_dom(dom, known)
        except OSError as error:
            raise RecordingFailed(f"{rendered.url}: not recorded: {error}") from error
        holder = (
            place if known is None else WarcPlace(known.warc_file, known.warc_offset, known.warc_record_id)
        )
        stored = StoredDom(rendered.url, snapshot_hash, len(rendered.dom), place, holder)
        if known is None and judgement.outcome == "fetched":
            self._spider.known.remember(_as_known(stored, exchange))
        return stored

    def _begin_pause(self, request: Request) -> None:
        """The pause to the next page begins when the browser is done with this one."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.lastseen = monotonic()

    async def _close(self) -> None:
        if self._browser is not None:
            await self._browser.close()


def _as_known(dom: StoredDom, exchange: Exchange) -> KnownSnapshot:
    return KnownSnapshot(
        url=dom.url,
        snapshot_hash=dom.snapshot_hash,
        payload_digest=payload_digest(dom.snapshot_hash),
        media_type=DOM_TYPE,
        byte_count=dom.byte_count,
        warc_file=dom.place.file,
        warc_offset=dom.place.offset,
        warc_record_id=dom.place.record_id,
        fetched_at=exchange.observed_at,
    )


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)
