"""One browser for a crawl, through scrapy-playwright: a page comes in as an answer and goes out as its DOM."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from playwright.async_api import Error as PlaywrightError
from scrapy import Request
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawlers.browser_settings import context_options
from crawlers.job import Job
from crawlers.pages import Page
from crawlers.render_rules import RenderRules
from crawlers.render_until_rest import RenderingStopped, Rest, RestlessPage, count_chars, is_moving
from crawlers.route_browser import BrowserRoutes

if TYPE_CHECKING:
    from playwright.async_api import Page as BrowserPage
    from scrapy.crawler import Crawler

# Beyond what the rules of a page allow: starting the browser, opening the page, taking the DOM.
_SPARE_SECONDS = 30.0
_CLOSE_SECONDS = 5.0
_NOT_YET = Rest((), False, False, 0, ())

logger = logging.getLogger(__name__)


class BrowserFailed(Exception):
    """The browser did not start, died, or did not come to an end; the message says which."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page has become. `dom` is its markup in UTF-8, empty where there is none to take; `cookies` are those it
    has now, as in the header of that name."""

    url: str
    rest: Rest
    dom: bytes = b""
    is_too_large: bool = False
    cookies: str = ""


class Browser:
    """Starts its driver with the crawl and the browser with the first page; one that died is started again."""

    def __init__(self, crawler: Crawler, job: Job) -> None:
        self._crawler = crawler
        self._job = job
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)

    async def render(
        self, page: Page, document: Request, url: str, rules: RenderRules, routes: BrowserRoutes
    ) -> Rendered:
        """Render the page of a job. `document` is the request that was answered, from `url`; `routes` hold the answer.

        Raises:
            BrowserFailed. RenderingStopped: the crawl is being stopped.
        """
        request = self._request(page, document, url, rules, routes)
        try:
            async with asyncio.timeout(2 * rules.patience + _SPARE_SECONDS):
                await self._open(request)
                return await self._take(request.meta["playwright_page"], rules, routes)
        except TimeoutError as error:
            raise BrowserFailed("the browser did not come to an end with the page") from error
        except PlaywrightError as error:
            if routes.moved is not None:
                return Rendered(url, _NOT_YET)
            raise BrowserFailed(f"the browser failed: {error.message.splitlines()[0]}") from error
        finally:
            await _close_context(request.meta.get("playwright_page"))

    async def close(self) -> None:
        """End the browser and its driver."""
        await self._handler.close()

    def _request(
        self, page: Page, document: Request, url: str, rules: RenderRules, routes: BrowserRoutes
    ) -> Request:
        # A redirect keeps the fragment of the address that was asked for, as in any browser.
        fragment = urldefrag(page.url).fragment
        target = f"{urldefrag(url).url}#{fragment}" if fragment else url
        cookies = _split_cookies((document.headers.get("Cookie") or b"").decode("latin-1"), url)

        async def prepare(browser_page: BrowserPage, _request: Request) -> None:
            await browser_page.context.add_cookies(cookies)  # type: ignore[arg-type]
            await routes.install(browser_page)

        return Request(
            target,
            dont_filter=True,
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_context": f"{page.key}-{page.attempt}",
                "playwright_context_kwargs": context_options(self._job, page),
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": rules.patience * 1000},
            },
        )

    async def _open(self, request: Request) -> None:
        try:
            await self._handler.download_request(request)
        except PlaywrightError as error:
            # The handler reads what it opened at once; a page that moves on at once is still open.
            if not is_moving(error) or "playwright_page" not in request.meta:
                raise

    async def _take(self, page: BrowserPage, rules: RenderRules, routes: BrowserRoutes) -> Rendered:
        def interrupt() -> bool:
            if not self._crawler.crawling:
                raise RenderingStopped
            return routes.moved is not None

        rest = await RestlessPage(page, rules, lambda: routes.is_busy, interrupt).come_to_rest()
        if rest.chars > rules.max_chars or await count_chars(page) > rules.max_chars:
            return Rendered(page.url, rest, is_too_large=True)
        dom = (await page.content()).encode("utf-8", "replace")
        cookies = "; ".join(f"{c.get('name')}={c.get('value')}" for c in await page.context.cookies(page.url))
        return Rendered(page.url, rest, dom, len(dom) > rules.max_chars, cookies)


def _split_cookies(header: str, url: str) -> list[dict[str, str]]:
    pairs = (pair.partition("=") for pair in header.split("; ") if "=" in pair)
    return [{"name": name, "value": value, "url": url} for name, _, value in pairs]


async def _close_context(page: BrowserPage | None) -> None:
    """Cookies, storage and memory of a page go with its context. Where a page does not let go (a script without an
    end), the browser goes too; the next page has a new one."""
    if page is None:
        return
    with suppress(PlaywrightError):
        try:
            await asyncio.wait_for(page.context.close(), _CLOSE_SECONDS)
        except TimeoutError:
            logger.warning("the browser is ended: it does not close %s", page.url)
            if page.context.browser is not None:
                await page.context.browser.close()
