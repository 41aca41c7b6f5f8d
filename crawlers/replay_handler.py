"""Download handler for http and https: Scrapy's own, timed, and led through a replay server where the job has one.

Only the address that leaves is rewritten, to `<replay_url>/<address>`, and the answer gets its own address back: rules,
redirects and archive speak of the original site throughout.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from scrapy.exceptions import CannotResolveHostError

from crawlers.bound_headers import BoundedHandler
from crawlers.exchange import ELAPSED_MS, STARTED_AT
from crawlers.failures import NoAnswer, PrivateAddress
from crawlers.policy_spider import PolicySpider
from crawlers.public_address import is_private_literal
from crawlers.resolve_public import PublicResolver

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_ORIGINAL = re.compile(r"/(https?://.+)")


class ReplayHandler:
    """Sends requests as they are when `replay_url` is ""."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, PolicySpider)
        self._replay_url = crawler.spider.job.replay_url
        self._inner = BoundedHandler(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayHandler:
        """The handler of a crawl of a PolicySpider."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The answer to a request.

        Raises:
            NoAnswer: none came, or not all of it; the reason is its cause.
        """
        sent = request
        if self._replay_url:
            sent = request.replace(url=replayed_address(self._replay_url, request.url))
        elif request.meta.get("proxy") and is_private_literal(urlsplit(request.url).hostname or ""):
            raise NoAnswer(request.url) from PrivateAddress(urlsplit(request.url).hostname)
        request.meta.setdefault(STARTED_AT, datetime.now(UTC))
        began = monotonic()
        try:
            response = await self._inner.download_request(sent)
        except CannotResolveHostError as error:
            refused = _refused_address(urlsplit(sent.url).hostname or "")
            cause = PrivateAddress(refused) if refused else error
            raise NoAnswer(f"{request.url}: {cause}") from cause
        except Exception as error:
            raise NoAnswer(f"{request.url}: {error}") from error
        finally:
            passed = round((monotonic() - began) * 1000)
            request.meta[ELAPSED_MS] = request.meta.get(ELAPSED_MS, 0) + passed
        if not self._replay_url:
            return response
        if location := response.headers.get("Location"):
            original = original_address(self._replay_url, location.decode("latin-1"))
            response.headers["Location"] = original.encode("latin-1")
        return response.replace(url=urldefrag(request.url).url)

    async def close(self) -> None:
        """Close the connections that are kept open."""
        await self._inner.close()


def _refused_address(host: str) -> str | None:
    """The address of a host that the resolver did not hand over because it is not public."""
    from twisted.internet import reactor

    resolver = getattr(reactor, "nameResolver", None)
    return resolver.refused.get(host.lower()) if isinstance(resolver, PublicResolver) else None


def replayed_address(replay_url: str, address: str) -> str:
    """Where a replay server holds an address; the fragment stays here, as always."""
    return f"{replay_url.rstrip('/')}/{urldefrag(address).url}"


def original_address(replay_url: str, location: str) -> str:
    """The target of a redirect as the original site would give it.

    A replay server may answer with the original's own words, or lead to its copy (pywb does), with another moment in
    the path than we asked for.
    """
    base = urlsplit(replay_url)
    prefix = replay_url.rstrip("/") + "/"
    for start in (prefix, urlsplit(prefix).path):
        rest = location.removeprefix(start)
        if rest != location and rest.startswith(("http://", "https://")):
            return rest
    server = f"{base.scheme}://{base.netloc}"
    found = _ORIGINAL.search(location.removeprefix(server))
    return found[1] if location.startswith(f"{server}/") and found else location
