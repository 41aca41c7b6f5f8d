"""Fetches what a rendered page asks for, through the crawl's own downloader.

Documents go the way of every page: robots.txt, hosts, pause, archive. Parts (scripts, data) come from anywhere public,
without pause and without a record of their own: what they add is in the DOM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.http import Response

from crawlers.browser_answer import BrowserAnswer, NotAnswered
from crawlers.decode_body import UndecodableBody, decode_body
from crawlers.exchange import exchange_of
from crawlers.failures import NoAnswer, Withheld
from crawlers.judge_answer import Judgement
from crawlers.judge_failure import MAX_REDIRECTS, judge_failure
from crawlers.keep_cookies import KeepCookies
from crawlers.policy_spider import PolicySpider
from crawlers.request_page import FOR_BROWSER, PAGE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# What an answer may say for a browser to be given it: the page may only look like a wall until its scripts have run.
RENDERABLE = ("fetched", "script_required", "consent_only", "login_required")
HTML_TYPES = ("text/html", "application/xhtml+xml")
# A page that keeps a request open must not keep the others of that host waiting for ever.
_PART_SECONDS = 15.0
# The browser's own, but for who asks (the crawl says that itself) and what it would be sent.
_NOT_PASSED_ON = ("accept-encoding", "connection", "content-length", "host", "user-agent")


@dataclass(frozen=True, slots=True)
class CrawlFetcher:
    """Fetches for one page. `first` is the request that its document came from."""

    crawler: Crawler
    spider: PolicySpider
    first: Request

    async def fetch_document(self, url: str, headers: Mapping[str, str]) -> BrowserAnswer:
        """A page that the first one moves on to, under every rule of the crawl, with the cookies of the browser.

        Raises:
            NotAnswered: with the judgement that the page deserves for going there.
        """
        self.keep_cookies(url, headers.get("cookie", ""))
        meta = {PAGE: self.first.meta[PAGE], FOR_BROWSER: True, "cookiejar": self.first.meta.get("cookiejar")}
        request = self.first.replace(url=url, callback=None, errback=None, meta=meta)
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(request)
        except Withheld as error:
            raise NotAnswered(str(error), error.judgement) from error
        except Exception as error:
            judgement = judge_failure(error, urlsplit(url).hostname or "", self.spider.job)
            raise NotAnswered(f"{url}: {error}", judgement) from error
        exchange = exchange_of(response)
        judgement = self.spider.judge(exchange, response.body)
        if judgement.outcome in RENDERABLE and exchange.media_type not in HTML_TYPES:
            judgement = Judgement("unexpected_answer", f"the page leads to a file, {exchange.url}")
        if judgement.outcome not in RENDERABLE:
            raise NotAnswered(judgement.reason, judgement)
        return as_answer(response)

    async def fetch_part(
        self, url: str, method: str, headers: Mapping[str, str], body: bytes | None
    ) -> BrowserAnswer:
        """Anything else that a page is made of, redirects followed. Raises NotAnswered."""
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._download(url, method, headers, body)
            location = response.headers.get("Location")
            if location is None or not 300 <= response.status < 400:
                return self._decoded(url, response)
            target = urljoin(url, location.decode("latin-1"))
            if urlsplit(target).netloc != urlsplit(url).netloc:
                headers = {
                    name: value for name, value in headers.items() if name not in ("authorization", "cookie")
                }
            if response.status not in (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT):
                method, body = "GET", None
            url = target
        raise NotAnswered(f"{url}: more than {MAX_REDIRECTS} redirects")

    def keep_cookies(self, url: str, pairs: str) -> None:
        """Keep what the browser would send as `Cookie` in the jar of the document, for what is fetched after."""
        keeper = self.crawler.get_downloader_middleware(KeepCookies)
        if keeper is None or not pairs:
            return
        try:
            cookies = [f"{name}={morsel.coded_value}; Path=/" for name, morsel in SimpleCookie(pairs).items()]
        except CookieError:
            return
        request = self.first.replace(url=url)
        keeper.process_response(request, Response(url, headers={"Set-Cookie": cookies}))

    async def _download(
        self, url: str, method: str, headers: Mapping[str, str], body: bytes | None
    ) -> Response:
        assert self.crawler.engine is not None
        try:
            request = Request(
                url,
                method=method,
                headers=self._headers(headers),
                body=body or b"",
                dont_filter=True,
                meta={"download_timeout": min(self.spider.job.timeout, _PART_SECONDS)},
            )
            proxy = self.crawler.get_downloader_middleware(HttpProxyMiddleware)
            if proxy is not None:
                proxy.process_request(request)
            return await self.crawler.engine.downloader.handlers.download_request_async(request)
        except (NoAnswer, ValueError) as error:
            raise NotAnswered(f"{url}: {error}") from error

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        kept = {
            name: value
            for name, value in headers.items()
            if name.lower() not in _NOT_PASSED_ON and not name.lower().startswith("sec-ch-")
        }
        same = ("User-Agent", "Accept-Encoding", "Accept-Language")
        ours = {name: (self.first.headers.get(name) or b"").decode("latin-1") for name in same}
        return kept | {name.lower(): value for name, value in ours.items() if value}

    def _decoded(self, url: str, response: Response) -> BrowserAnswer:
        encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        try:
            body = decode_body(response.body, encoding, self.spider.job.max_bytes)
        except UndecodableBody as error:
            raise NotAnswered(f"{url}: {error}") from error
        return as_answer(response.replace(url=url, body=body))


def as_answer(response: Response) -> BrowserAnswer:
    """An answer for the browser; the body is content-decoded already."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return BrowserAnswer(response.url, response.status, headers, response.body)
