"""Invented pages that need a browser, served as a replay server serves them (`<url>/<address>`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREFIX = "/replay/"
MEMENTO = "Mon, 03 Feb 2025 06:00:00 GMT"
ARTICLES = "".join(
    f"<h2>Article {n}</h2><p>Le vendeur expédie sous {n} jours ouvrés.</p>" for n in range(1, 30)
)


@dataclass
class Answer:
    """What an address answers, after `seconds`; another body to those who gave their consent."""

    body: str
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    body_with_cookie: str = ""


@dataclass
class RenderedSite:
    """Answers by address, and the requests they got: (method, address, headers with lower-case names), when (monotonic
    seconds), and how many at the same time."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    hits: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, address: str) -> list[dict[str, str]]:
        return [headers for _, asked, headers in self.hits if asked == address]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    site: RenderedSite

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        address = self.path.removeprefix(PREFIX)
        with self.site.lock:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.site.hits.append((self.command, address, headers))
            self.site.moments.append(time.monotonic())
            self.site.open_now += 1
            self.site.most_open = max(self.site.most_open, self.site.open_now)
        try:
            self.answer(address)
        finally:
            with self.site.lock:
                self.site.open_now -= 1

    def answer(self, address: str) -> None:
        answer = self.site.answers.get(address, Answer("", status=404))
        time.sleep(answer.seconds)
        has_cookie = "consent=1" in (self.headers.get("Cookie") or "")
        body = ((has_cookie and answer.body_with_cookie) or answer.body).encode()
        try:
            self.send_response(answer.status)
            sent = {"Content-Type": answer.content_type, "Memento-Datetime": MEMENTO, **answer.headers}
            for name, value in {**sent, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serve_rendered() -> Iterator[RenderedSite]:
    site = RenderedSite()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("SiteHandler", (Handler,), {"site": site}))
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}{PREFIX.rstrip('/')}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def shell(script: str, body: str = '<div id="app"></div>') -> Answer:
    """A page that is nothing without its script."""
    return Answer(
        f"<!doctype html><html><head><title>Vendre</title></head><body>{body}<script>{script}</script></body></html>"
    )
