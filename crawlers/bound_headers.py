"""Connections that give an answer up whose headers do not end: Scrapy bounds its body only."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from crawlers.failures import HeadersTooLarge

# Far beyond what browsers accept.
MAX_HEADER_BYTES = 256 * 1024


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with such connections."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        # Scrapy puts its own factory there in the same way.
        self._pool._factory = _BoundedFactory


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's names, here and below
        parser: Any = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            seen = getattr(parser, "header_bytes", 0) + len(data)
            parser.header_bytes = seen
            if seen > MAX_HEADER_BYTES:
                error = HeadersTooLarge(f"more than {MAX_HEADER_BYTES} bytes of headers")
                self._giveUp(Failure(error))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
