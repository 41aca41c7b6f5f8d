"""Answers everything that a rendered page asks for: the browser itself has no network (browser_settings.py).

So a page's requests are the crawl's own: same identity, same replay server, same guard against private addresses, one
at a time for each host. What adds no text is not asked for at all.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from playwright.async_api import Error as PlaywrightError

from crawlers.browser_answer import BrowserAnswer, Fetcher, NotAnswered
from crawlers.judge_answer import Judgement

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Route

_USELESS = frozenset(
    {"beacon", "cspviolationreport", "eventsource", "font", "image", "manifest"}
    | {"media", "ping", "texttrack", "websocket"}
)
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
MAX_REQUESTS = 300
MAX_DOCUMENTS = 5
# Said of the bytes as transferred; the browser gets them decoded, and as a page, not as a file to keep.
_TRANSFER_HEADERS = frozenset(
    {
        "connection",
        "content-disposition",
        "content-encoding",
        "content-length",
        "keep-alive",
        "transfer-encoding",
    }
)


class BrowserRoutes:
    """The routes of one page. `asked` counts what was fetched for it, `withheld` what was not; `moved` says why the
    page may not be where it went."""

    def __init__(self, document: BrowserAnswer, fetcher: Fetcher) -> None:
        self.asked = 0
        self.withheld = 0
        self.moved: Judgement | None = None
        # Fetched, and not yet asked for: a page that is loaded again may be another one (cookies).
        self._documents = {urldefrag(document.url).url: document}
        self._fetched_documents = 1
        self._fetcher = fetcher
        self._in_flight = 0
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def is_busy(self) -> bool:
        """Whether something is being fetched."""
        return self._in_flight > 0

    async def install(self, page: Page) -> None:
        """Answer a page from now on; pop-ups are closed. Raises playwright.async_api.Error."""
        page.on("popup", _close)
        await page.route("**/*", self._on_request)

    async def _on_request(self, route: Route, request: Request) -> None:
        self._in_flight += 1
        try:
            answer = await self._answer(request)
            await route.fulfill(status=answer.status, headers=_headers(answer), body=answer.body)
        except NotAnswered as error:
            self.withheld += 1
            self.moved = self.moved or error.judgement
            await _abort(route)
        except PlaywrightError:
            await _abort(route)
        finally:
            self._in_flight -= 1

    async def _answer(self, request: Request) -> BrowserAnswer:
        url, method = urldefrag(request.url).url, request.method
        if request.resource_type in _USELESS:
            raise NotAnswered(f"{request.resource_type} adds no text")
        if urlsplit(url).scheme not in ("http", "https") or method not in _METHODS:
            raise NotAnswered(f"{method} {url} is nothing that a page is made of")
        is_document = request.is_navigation_request() and request.frame.parent_frame is None
        async with self._one_at_a_time[urlsplit(url).netloc]:
            # Judged in turn: many requests wait here at once, and each that is let through counts.
            if self.asked >= MAX_REQUESTS:
                raise NotAnswered(f"more than {MAX_REQUESTS} requests")
            if is_document:
                return await self._answer_document(url, method, request.headers)
            self.asked += 1
            return await self._fetcher.fetch_part(url, method, request.headers, request.post_data_buffer)

    async def _answer_document(self, url: str, method: str, headers: Mapping[str, str]) -> BrowserAnswer:
        if url in self._documents:
            return self._documents.pop(url)
        if method != "GET" or self._fetched_documents >= MAX_DOCUMENTS:
            raise NotAnswered(f"{method} {url}: the page does not stay where it is")
        self.asked += 1
        self._fetched_documents += 1
        answer = await self._fetcher.fetch_document(url, headers)
        ended_at = urldefrag(answer.url).url
        if ended_at == url:
            return answer
        self._documents[ended_at] = answer
        return _lead_to(url, answer.url)


def _lead_to(url: str, target: str) -> BrowserAnswer:
    """A redirect that can be routed: what follows an answer 3xx passes the routes by."""
    quoted = target.replace("&", "&amp;").replace('"', "&quot;")
    body = f'<meta http-equiv="refresh" content="0; url={quoted}">'
    return BrowserAnswer(url, 200, [("Content-Type", "text/html")], body.encode())


def _headers(answer: BrowserAnswer) -> dict[str, str]:
    headers: dict[str, list[str]] = {}
    for name, value in answer.headers:
        if name.lower() not in _TRANSFER_HEADERS:
            headers.setdefault(name.lower(), []).append(value)
    return {name: ("\n" if name == "set-cookie" else ", ").join(values) for name, values in headers.items()}


async def _abort(route: Route) -> None:
    try:
        await route.abort()
    except PlaywrightError:
        return  # the page is gone, and its question with it


async def _close(page: Page) -> None:
    try:
        await page.close()
    except PlaywrightError:
        return
