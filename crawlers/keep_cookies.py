"""Download middleware that keeps cookies within one document.

Scrapy's own one would fetch a list of public suffixes from a third party at its first cookie. That list keeps cookies
of one site from another; with a jar per document and guarded hosts there is no other site in the jar.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.http.cookies import CookieJar

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class KeepCookies:
    """One jar for each value of `meta["cookiejar"]`; a request without it sends and keeps none."""

    def __init__(self) -> None:
        self._jars: defaultdict[object, CookieJar] = defaultdict(CookieJar)

    def process_request(self, request: Request) -> None:
        """Add the cookies that belong to the request."""
        request.headers.pop("Cookie", None)
        if "cookiejar" in request.meta:
            self._jars[request.meta["cookiejar"]].add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the cookies of the response."""
        if "cookiejar" in request.meta:
            self._jars[request.meta["cookiejar"]].extract_cookies(response, request)
        return response
