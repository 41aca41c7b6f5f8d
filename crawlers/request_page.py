"""The one place where requests are made: of a page, and of a robots.txt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.decode_body import ACCEPTED
from crawlers.pages import Page

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

# Keys of `meta`.
PAGE = "page"
KNOWN = "known_snapshot"
FOR_ROBOTS = "for_robots"
# The address of the page that linked here, and the monotonic second before which a request must not leave.
HUB = "hub"
NOT_BEFORE = "not_before"
FOR_BROWSER = "for_browser"

_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = ", ".join(ACCEPTED)


def request_page(
    page: Page,
    on_answer: Callable[[Response], Any],
    on_failure: Callable[[Failure], Any],
    address: str | None = None,
) -> Request:
    """The request of a page, or of the `address` that it links to. Redirects of it carry the same `meta`.

    `dont_filter`: two documents may lie behind one address and differ in the fragment only.
    """
    return Request(
        address or page.url,
        callback=on_answer,
        errback=on_failure,
        dont_filter=True,
        headers={
            "Accept": _ACCEPT,
            "Accept-Encoding": _ACCEPT_ENCODING,
            "Accept-Language": page.source.accept_language or f"{page.document.language}, *;q=0.1",
        },
        # What is tried again comes after all that was not tried yet.
        priority=-page.retry,
        meta={PAGE: page, "cookiejar": page.document.document_id},
    )


def request_robots(address: str) -> Request:
    """The request of a robots.txt: without cookies, and not itself subject to one."""
    return Request(
        address,
        dont_filter=True,
        headers={"Accept": "text/plain,*/*;q=0.8", "Accept-Encoding": _ACCEPT_ENCODING},
        meta={FOR_ROBOTS: True},
    )
