"""Download middleware that asks a host's robots.txt before its first page, once in a crawl.

Scrapy's own one takes every answer for a text and every failure for leave: here the status counts (read_robots), and
what was answered is recorded like any page.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers.exchange import exchange_of
from crawlers.failures import NoAnswer, Withheld
from crawlers.judge_answer import Judgement
from crawlers.judge_failure import judge_failure
from crawlers.policy_spider import PolicySpider
from crawlers.read_robots import Robots, read_robots, robots_address
from crawlers.request_page import FOR_ROBOTS, PAGE, request_robots

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class ObeyRobots:
    """Withholds the requests that robots.txt forbids, or whose robots.txt cannot be read now."""

    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, PolicySpider)
        self._crawler = crawler
        self._job = crawler.spider.job
        self._robots: dict[str, Robots] = {}
        self._asked_at_retry: dict[str, int] = {}
        self._slow: set[str] = set()
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ObeyRobots:
        """The middleware of a crawl of a PolicySpider."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Withheld."""
        if request.meta.get(FOR_ROBOTS):
            return
        host = urlsplit(request.url).netloc
        async with self._asking[host]:
            if self._is_to_ask(host, request):
                self._robots[host] = await self._ask(robots_address(request.url))
                self._keep_pace(request.url, self._robots[host].crawl_delay)
            if host in self._slow:
                # The host said how fast; how quickly it answers says nothing more.
                request.meta["autothrottle_dont_adjust_delay"] = True
        refusal = self._robots[host].refuse(request.url)
        if refusal is not None:
            raise Withheld(refusal)

    def _is_to_ask(self, host: str, request: Request) -> bool:
        """Whether robots.txt is unknown, or was out of reach and a page is tried again: once for each try."""
        retry = request.meta[PAGE].retry if PAGE in request.meta else 0
        known = self._robots.get(host)
        is_out_of_reach = (
            known is not None and known.refusal is not None and known.refusal.outcome == "robots_unreachable"
        )
        if known is not None and not (is_out_of_reach and retry > self._asked_at_retry[host]):
            return False
        self._asked_at_retry[host] = retry
        return True

    async def _ask(self, address: str) -> Robots:
        try:
            response = await self._crawler.engine.download_async(request_robots(address))
        except NoAnswer as error:
            judgement = judge_failure(error, urlsplit(address).hostname or "", self._job)
            if judgement is not None and judgement.outcome == "private_address":
                return Robots(address, judgement)
            return _unreadable(address, judgement.reason if judgement else error)
        except IgnoreRequest:
            # RFC 9309, 2.3.1.2: after five redirects there may be taken to be no robots.txt.
            return Robots(address)
        except ValueError as error:
            return _unreadable(address, error)
        damage = exchange_of(response).damage
        if damage is not None:
            return _unreadable(address, damage)
        return read_robots(address, response.status, response.body)

    def _keep_pace(self, url: str, crawl_delay: float) -> None:
        """Wait as long between requests as the host asks; an archive that is replayed asks for nothing."""
        host = urlsplit(url).hostname or ""
        if self._job.replay_url or crawl_delay <= self._job.delay:
            return
        self._slow.add(urlsplit(url).netloc)
        logger.info("%s asks for %g seconds between requests", host, crawl_delay)
        downloader = self._crawler.engine.downloader
        # An idle slot is dropped after a minute and made anew from these settings.
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": crawl_delay}
        if host in downloader.slots:
            downloader.slots[host].delay = crawl_delay


def _unreadable(address: str, why: object) -> Robots:
    return Robots(address, Judgement("robots_unreachable", f"{address} cannot be read: {why}"))
