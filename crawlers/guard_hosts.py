"""Download middleware that keeps a crawl on the platform's own hosts: look-alike sites publish fake seller terms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.failures import Withheld
from crawlers.judge_answer import Judgement
from crawlers.policy_spider import PolicySpider
from crawlers.request_page import FOR_ROBOTS, HUB

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class GuardHosts:
    """Withholds every request to a host that the job does not allow, the first one and those after a redirect.

    Requests for robots.txt pass: one begins on an allowed host, and RFC 9309 lets it be redirected anywhere.
    """

    def __init__(self, spider: PolicySpider) -> None:
        self._allowed = frozenset(host.lower() for host in spider.job.allowed_hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardHosts:
        """The middleware of a crawl of a PolicySpider."""
        assert isinstance(crawler.spider, PolicySpider)
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Withheld."""
        host = urlsplit(request.url).hostname or ""
        if host in self._allowed or request.meta.get(FOR_ROBOTS):
            return
        passed, hub = request.meta.get("redirect_urls", []), request.meta.get(HUB)
        came = f"the page lies on {host}"
        if passed:
            came = f"{urlsplit(passed[-1]).hostname} redirects to {host}"
        elif hub:
            came = f"{urlsplit(hub).hostname} links to {host}"
        raise Withheld(Judgement("left_allowed_hosts", f"{came}, which is not a host of the platform"))
