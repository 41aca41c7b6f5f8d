"""Download middleware that keeps cookies within one document, beginning with those that its declaration pins.

Scrapy's own one would fetch a list of public suffixes from a third party at its first cookie. That list keeps cookies
of one site from another; with a jar per document and guarded hosts there is no other site in the jar.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from crawlers.pages import Page
from crawlers.request_page import PAGE

if TYPE_CHECKING:
    from scrapy import Request


class KeepCookies:
    """One jar for each value of `meta["cookiejar"]`; a request without it sends and keeps none."""

    def __init__(self) -> None:
        self._jars: defaultdict[object, CookieJar] = defaultdict(CookieJar)
        self._declared: set[tuple[int, int]] = set()

    def process_request(self, request: Request) -> None:
        """Add the cookies that belong to the request."""
        request.headers.pop("Cookie", None)
        if "cookiejar" not in request.meta:
            return
        jar = self._jars[request.meta["cookiejar"]]
        page: Page | None = request.meta.get(PAGE)
        if page is not None and page.key not in self._declared:
            self._declared.add(page.key)
            self._keep_declared(page, request)
        jar.add_cookie_header(request)

    def _keep_declared(self, page: Page, request: Request) -> None:
        """Put the declared cookies of a page into the jar as if its host had set them; it may set others later."""
        cookies = [f"{name}={value}; Path=/" for name, value in page.source.cookies]
        if cookies:
            self.process_response(request, Response(request.url, headers={"Set-Cookie": cookies}))

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the cookies of the response."""
        if "cookiejar" in request.meta:
            self._jars[request.meta["cookiejar"]].extract_cookies(response, request)
        return response
