"""Download middleware that lets a request leave when its time has come: a host said when, or a page is tried again."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.failures import Withheld
from crawlers.judge_answer import Judgement
from crawlers.plan_retry import MAX_WAIT, read_retry_after
from crawlers.policy_spider import PolicySpider
from crawlers.request_page import NOT_BEFORE

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_SAYS_WHEN = (429, 503)

logger = logging.getLogger(__name__)


class WaitTurn:
    """Holds every request to a host back for as long as its Retry-After says. One that asks for more than two minutes
    is asked for nothing more in this crawl."""

    def __init__(self, spider: PolicySpider) -> None:
        self._is_heeded = spider.job.allowed_retries > 0 or not spider.job.replay_url
        self._held: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WaitTurn:
        """The middleware of a crawl of a PolicySpider."""
        assert isinstance(crawler.spider, PolicySpider)
        return cls(crawler.spider)

    async def process_request(self, request: Request) -> None:
        """Let a request pass when it may, or raise Withheld."""
        host = urlsplit(request.url).netloc
        wait = max(self._held.get(host, 0.0), request.meta.get(NOT_BEFORE, 0.0)) - monotonic()
        if wait > MAX_WAIT:
            raise Withheld(Judgement("busy", f"{host} asks not to be asked again for {wait:.0f} seconds"))
        if wait > 0:
            logger.info("%s is asked for in %.1f seconds", request.url, wait)
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note until when a host wants to be left alone."""
        if self._is_heeded and response.status in _SAYS_WHEN:
            said = (response.headers.get("Retry-After") or b"").decode("latin-1")
            seconds = read_retry_after(said, datetime.now(UTC))
            if seconds:
                self._held[urlsplit(response.url).netloc] = monotonic() + seconds
        return response
