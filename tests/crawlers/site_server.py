"""A web of invented sites on loopback: the path of an address decides how its page behaves.

It is addressed as a replay server (`<url>/<address>`), so that hosts may have any name; an address without that prefix
is one of the server itself. Every request is noted with its times.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from urllib.parse import unquote, urlsplit

import brotli
from backports import zstd

from tests.crawlers.served_site import Hit, Site

PREFIX = "/replay/"
DATED = "Mon, 03 Feb 2025 06:00:00 GMT"
CHALLENGE = "<html><title>Un instant</title><body><p>Verify you are human before you go on.</p></body></html>"
ENCODERS = {
    "gzip": partial(gzip.compress, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
# Far beyond the time-out of any test's crawl, and short enough not to hold up the end of a test.
SLOW_SECONDS = 20


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write for headers and body: two would wait for each other (Nagle, delayed acknowledgement).
    wbufsize = -1
    site: Site

    def do_GET(self) -> None:
        address = f"http://{self.headers['Host']}{self.path}"
        if self.path.startswith(PREFIX):
            address = self.path.removeprefix(PREFIX)
        hit = Hit(address, {name.lower(): value for name, value in self.headers.items()}, monotonic())
        with self.site.lock:
            self.site.hits.append(hit)
            self.site.open_now[hit.host] += 1
            self.site.most_open[hit.host] = max(self.site.most_open[hit.host], self.site.open_now[hit.host])
        try:
            if hit.is_robots:
                self.answer_robots(hit)
            else:
                self.answer_page(hit)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            hit.ended = monotonic()
            with self.site.lock:
                self.site.open_now[hit.host] -= 1

    def answer_robots(self, hit: Hit) -> None:
        robots = self.site.robots.get(hit.host, 404)
        if robots == "slow":
            self.site.released.wait(SLOW_SECONDS)
            self.send(200, b"")
        elif robots == "reset":
            self.reset()
        elif isinstance(robots, int):
            self.send(robots, b"no rules here", {"Content-Type": "text/plain"})
        elif robots.startswith("to "):
            self.send(302, b"", {"Location": robots.removeprefix("to ")})
        else:
            self.send(200, robots.encode(), {"Content-Type": "text/plain"})

    def answer_page(self, hit: Hit) -> None:
        parts = urlsplit(hit.address)
        kind, _, rest = parts.path.lstrip("/").partition("/")
        body = self.site.text_of(hit.address)
        answer = getattr(self, f"answer_{kind.replace('-', '_')}", None)
        if answer is not None:
            answer(hit, body, rest or unquote(parts.query))
        else:
            self.send(200, body)

    def answer_etag(self, hit: Hit, body: bytes, _rest: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if hit.headers.get("if-none-match") == etag:
            self.send(304, b"", {"ETag": etag})
        else:
            self.send(200, body, {"ETag": etag})

    def answer_dated(self, hit: Hit, body: bytes, _rest: str) -> None:
        if hit.headers.get("if-modified-since") == DATED:
            self.send(304, b"")
        else:
            self.send(200, body, {"Last-Modified": DATED})

    def answer_packed(self, _hit: Hit, body: bytes, encoding: str) -> None:
        self.send(200, ENCODERS[encoding](body), {"Content-Encoding": encoding})

    def answer_garbled(self, _hit: Hit, body: bytes, _rest: str) -> None:
        self.send(200, body, {"Content-Encoding": "gzip"})

    def answer_bomb(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(200, gzip.compress(b"0" * 10_000_000), {"Content-Encoding": "gzip"})

    def answer_status(self, _hit: Hit, _body: bytes, status: str) -> None:
        self.send(int(status), f"<html><body><h1>{status} not found</h1></body></html>".encode())

    def answer_slow(self, _hit: Hit, body: bytes, _rest: str) -> None:
        self.site.released.wait(SLOW_SECONDS)
        self.send(200, body)

    def answer_reset(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.reset()

    def answer_half(self, _hit: Hit, body: bytes, _rest: str) -> None:
        self.send(200, body[: len(body) // 2], {"Content-Length": str(len(body))})
        self.close_connection = True

    def answer_huge(self, _hit: Hit, body: bytes, _rest: str) -> None:
        self.send(200, body * 10_000)

    def answer_to(self, _hit: Hit, _body: bytes, target: str) -> None:
        self.send(302, b"moved", {"Location": target})

    def answer_copy_to(self, _hit: Hit, _body: bytes, target: str) -> None:
        """A redirect as a replay server writes it: to its own copy."""
        self.send(302, b"moved", {"Location": f"{self.site.url}/{target}"})

    def answer_loop(self, hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(302, b"", {"Location": urlsplit(hit.address).path})

    def answer_empty(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(200, b"")

    def answer_challenge(self, _hit: Hit, _body: bytes, status: str) -> None:
        self.send(int(status), CHALLENGE.encode())

    def answer_error_page(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(200, b"<html><body><h1>Page introuvable</h1></body></html>")

    def answer_cookie(self, hit: Hit, body: bytes, name: str) -> None:
        if hit.headers.get("cookie") == f"seen={name}":
            self.send(200, body)
        else:
            self.send(302, b"", {"Location": "", "Set-Cookie": f"seen={name}; Path=/"})

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        sent = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        if status == 304:
            del sent["Content-Length"]
        if self.site.memento:
            sent["Memento-Datetime"] = self.site.memento
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def reset(self) -> None:
        """Break the connection off without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the game."""


@contextmanager
def serve_sites(
    tls: ssl.SSLContext | None = None, handler: type[BaseHTTPRequestHandler] = Handler
) -> Iterator[Site]:
    """Serve until the block ends, over TLS when a context is given."""
    site = Site()
    server = Server(("127.0.0.1", 0), type("SiteHandler", (handler,), {"site": site}))
    scheme = "https" if tls else "http"
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.url = f"{scheme}://127.0.0.1:{server.server_address[1]}{PREFIX.rstrip('/')}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
