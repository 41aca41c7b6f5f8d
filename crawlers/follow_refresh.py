"""Download middleware that follows `<meta http-equiv=refresh>` where a browser would leave the page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

from crawlers.request_page import FOR_ROBOTS

if TYPE_CHECKING:
    from scrapy.http import Response


class FollowRefresh(MetaRefreshMiddleware):
    """Counts as a redirect, and leads through the same rules. A page that only reloads itself stays where it is, and so
    does one that is an error."""

    # Without the argument that Scrapy keeps for its own past.
    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The request that the page leads to, or the page."""
        if request.meta.get(FOR_ROBOTS) or not 200 <= response.status < 300:
            return response
        led_to = super().process_response(request, response)
        if isinstance(led_to, Request) and urldefrag(led_to.url).url == urldefrag(request.url).url:
            return response
        return led_to
