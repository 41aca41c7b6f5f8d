"""From a page that only links to the document to the document: an asset whose address changes with its content."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.exchange import ELAPSED_MS, EXCHANGE, STARTED_AT, Exchange
from crawlers.judge_answer import Judgement
from crawlers.pages import Page
from crawlers.read_page import find_link
from crawlers.read_warc import read_snapshot
from crawlers.request_page import HUB, request_page
from transforms.extraction_rules import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure


def find_document(page: Page, exchange: Exchange, body: bytes, data_folder: Path) -> str | Judgement:
    """The address that a hub page links to, or the judgement of a page without that link. A hub that was not modified
    is read from the archive.

    Raises:
        SnapshotUnreadable: the archive does not hold the hub any more.
    """
    selector = page.source.follow_link
    assert selector is not None
    host = urlsplit(exchange.url).hostname
    if exchange.status == 304 and exchange.known is not None:
        body = read_snapshot(data_folder, exchange.known.warc_file, exchange.known.warc_offset)[0]
    try:
        link = find_link(body, selector, exchange.url)
    except (ExtractionError, ValueError) as error:
        return Judgement("link_missing", f"{host}: no link to the document: {error}")
    if link is None:
        return Judgement("link_missing", f'{host}: nothing with an address fits follow_link "{selector}"')
    if urlsplit(link).scheme not in ("http", "https"):
        return Judgement("link_missing", f'{host}: what fits follow_link "{selector}" is no web address')
    return link


def request_document(
    page: Page,
    target: str,
    hub: Response,
    on_answer: Callable[[Response], Any],
    on_failure: Callable[[Failure], Any],
) -> Request:
    """The request that a hub page leads to; the time spent so far and the hub's own exchange go with it."""
    request = request_page(page, on_answer, on_failure, target)
    request.meta[HUB] = hub.url
    for key in (STARTED_AT, ELAPSED_MS, EXCHANGE):
        request.meta[key] = hub.meta[key]
    return request
