"""Sites that behave as real ones do at their worst, each a host of its own, and what a crawl has to make of them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import sleep
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.crawlers.served_site import Hit
from tests.crawlers.site_server import ENCODERS, Handler

DRIP_SECONDS = 0.2
FRENCH, GERMAN = "Conditions de vente en vigueur.", "Geltende Verkaufsbedingungen."
PAGES = {
    "shell": "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
    "login": "<title>Connexion</title><form action='/login'><input name=id><input type=password></form>",
    "consent": "<div id='didomi-host'>Nous respectons votre vie privée. <button>Tout accepter</button></div>",
    "captcha": "<script>window._cf_chl_opt={};</script><title>Just a moment...</title>",
    "traces": "<script src='https://static.cloudflareinsights.com/beacon.min.js'></script><a>Sign in</a> Erreur",
}


class ScenarioHandler(Handler):
    """Beside the pages of the ordinary server, those that need more than one request or are hard to read."""

    def nth(self, hit: Hit) -> int:
        """Which request for its address this is, from 1."""
        with self.site.lock:
            return len(self.site.asked(hit.address))

    def answer_late(self, _hit: Hit, body: bytes, _rest: str) -> None:
        sleep(DRIP_SECONDS)
        self.send(200, body)

    def answer_chunked(self, _hit: Hit, body: bytes, _rest: str) -> None:
        self.send_chunks(body[start : start + 100] for start in range(0, len(body), 100))

    def answer_endless(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send_chunks(b"<p>Article.</p>" * 4000 for _ in range(1000))

    def answer_drip(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send_chunks(self._drops())

    def _drops(self) -> Any:
        while not self.site.released.wait(DRIP_SECONDS):
            yield b"<p>"

    def answer_60mb(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(200, b"", {"Content-Length": str(60_000_000)})
        self.close_connection = True

    def answer_headers(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            self.wfile.write(b"X-Line-%d: %s\r\n" % (number, b"x" * 1000))
            self.wfile.flush()

    def answer_latin(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        text = f"<html><body><p>{'Frais prélevés à la vente. ' * 30}</p></body></html>"
        self.send(200, text.encode("latin-1"), {"Content-Type": "text/html; charset=utf-8"})

    def answer_mixed(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        line = "<p>Frais prélevés à la vente.</p>"
        self.send(200, line.encode() * 20 + line.encode("latin-1") * 2 + line.encode() * 20)

    def answer_bomb_in(self, _hit: Hit, _body: bytes, encoding: str) -> None:
        self.send(200, ENCODERS[encoding](b"0" * 4_000_000), {"Content-Encoding": encoding})

    def answer_bomb_in_bomb(self, _hit: Hit, _body: bytes, _rest: str) -> None:
        self.send(200, gzip.compress(gzip.compress(b"0" * 4_000_000)), {"Content-Encoding": "gzip, gzip"})

    def answer_chain(self, hit: Hit, body: bytes, left: str) -> None:
        if left == "0":
            self.send(200, body)
        else:
            self.send(302, b"", {"Location": f"/chain/{int(left) - 1}"})

    def answer_busy(self, hit: Hit, body: bytes, rest: str) -> None:
        """`busy/<times>/<Retry-After>`: 429 that many times, then the page."""
        times, _, seconds = rest.partition("/")
        if self.nth(hit) > int(times):
            self.send(200, body)
        else:
            self.send(429, b"later", {"Retry-After": seconds} if seconds else {})

    def answer_flaky(self, hit: Hit, body: bytes, rest: str) -> None:
        """`flaky/<times>/<status or reset>`: fail that many times, then the page."""
        times, _, how = rest.partition("/")
        if self.nth(hit) > int(times):
            self.send(200, body)
        elif how == "reset":
            self.reset()
        else:
            self.send(int(how), b"<html><body><h1>Bad gateway</h1></body></html>")

    def answer_language(self, hit: Hit, _body: bytes, _rest: str) -> None:
        """German and French in turn, unless header or cookie say which."""
        wanted = f"{hit.headers.get('cookie', '')} {hit.headers.get('accept-language', '')}"
        is_french = "lang=fr" in wanted or wanted.strip().startswith("fr-FR")
        text = FRENCH if is_french or self.nth(hit) % 2 == 0 else GERMAN
        self.send(200, f"<html><body>{f'<p>{text}</p>' * 20}</body></html>".encode())

    def answer_session(self, hit: Hit, body: bytes, rest: str) -> None:
        """The page only for who keeps the session through two redirects; a loop for the others."""
        cookie = hit.headers.get("cookie", "")
        if "sid=2" in cookie:
            self.send(200, body)
        else:
            self.send(
                302, b"", {"Location": "", "Set-Cookie": f"sid={1 + cookie.count('sid=1')}; Path=/; HttpOnly"}
            )

    def answer_html(self, hit: Hit, _body: bytes, rest: str) -> None:
        """`html/<status>/<one of PAGES>`."""
        status, _, page = rest.partition("/")
        self.send(int(status), f"<html>{PAGES[page]}</html>".encode())

    def answer_refresh(self, hit: Hit, _body: bytes, seconds: str) -> None:
        """`refresh/<seconds>?<target>`."""
        target = unquote(urlsplit(hit.address).query)
        page = f'<html><head><meta http-equiv="refresh" content="{seconds}; url={target}"></head>'
        self.send(200, f"{page}<body>{'<p>Vous allez être redirigé.</p>' * 10}</body></html>".encode())

    def answer_hub(self, hit: Hit, _body: bytes, _rest: str) -> None:
        """`hub?<target>`: a page of links, one of them to the target."""
        target = unquote(urlsplit(hit.address).query)
        etag = '"hub"'
        if hit.headers.get("if-none-match") == etag:
            self.send(304, b"", {"ETag": etag})
            return
        links = f'<a href="/autre">Autre</a><p>{"Documents. " * 30}</p><a class="cgv" href="{target}">CGV</a>'
        self.send(200, f"<html><body>{links}</body></html>".encode(), {"ETag": etag})

    def send_chunks(self, chunks: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")


@dataclass(frozen=True)
class Scenario:
    """A page by its path on a host of its own, with the last outcome of its crawl, a part of the reason and the number
    of attempts. `declared` adds to the declaration, `robots` is the host's robots.txt."""

    path: str
    outcome: str
    reason: str = ""
    attempts: int = 1
    declared: Mapping[str, Any] = field(default_factory=dict)
    robots: str | int = 404
