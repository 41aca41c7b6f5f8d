"""Download middleware that makes requests conditional: an unchanged page costs one request without a body.

At every hop of a redirect anew, since a validator means something only to the address that gave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.policy_spider import PolicySpider
from crawlers.request_page import FOR_ROBOTS, KNOWN, PAGE

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class AskIfChanged:
    """Sends the validators of the newest snapshot of an address, and notes it in `meta` for the answer."""

    def __init__(self, spider: PolicySpider) -> None:
        self._known = spider.known

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AskIfChanged:
        """The middleware of a crawl of a PolicySpider."""
        assert isinstance(crawler.spider, PolicySpider)
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        """Set or remove the two conditional headers."""
        request.headers.pop("If-None-Match", None)
        request.headers.pop("If-Modified-Since", None)
        page = request.meta.get(PAGE)
        # What a browser renders may change while the address answers the same.
        is_asked = not request.meta.get(FOR_ROBOTS) and not (page and page.is_rendered)
        known = self._known.newest(request.url) if is_asked else None
        request.meta[KNOWN] = known
        if known is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified
