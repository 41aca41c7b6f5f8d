"""A replay server with invented pages: what `VIGIE_REPLAY_URL` points at in tests. It remembers every request."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What an address answers. `once` is given to the first request only, then the page as it was before."""

    body: str = ""
    status: int = 200


@dataclass
class Request:
    """One request as the server saw it."""

    address: str
    status: int
    conditional: bool
    user_agent: str
    language: str


@dataclass
class ReplaySite:
    """Pages by address, robots.txt by host (200 and empty unless given), the moment of the archive."""

    at: datetime = datetime(2026, 3, 2, 6, tzinfo=UTC)
    pages: dict[str, Answer] = field(default_factory=dict)
    once: dict[str, Answer] = field(default_factory=dict)
    robots: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    def answer(self, address: str) -> Answer:
        parts = urlsplit(address)
        if parts.path == "/robots.txt":
            return self.robots.get(parts.netloc, Answer("User-agent: *\nAllow: /\n"))
        return self.once.pop(address, None) or self.pages.get(address, Answer("not here", 404))

    def page_requests(self) -> list[Request]:
        return [request for request in self.requests if not request.address.endswith("/robots.txt")]


@contextmanager
def serve_site() -> Iterator[ReplaySite]:
    """Serve a site on loopback for as long as the context lasts."""
    site = ReplaySite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = self.path.removeprefix("/")
            answer = site.answer(address)
            body = answer.body.encode()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            asked = self.headers.get("If-None-Match")
            status = 304 if answer.status == 200 and asked == etag else answer.status
            site.requests.append(
                Request(
                    address,
                    status,
                    asked is not None,
                    self.headers.get("User-Agent", ""),
                    self.headers.get("Accept-Language", ""),
                )
            )
            self.send_response(status)
            self.send_header("Memento-Datetime", format_datetime(site.at, usegmt=True))
            self.send_header("ETag", etag)
            if status == 304:
                self.end_headers()
                return
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
