"""The archive of the demo's pages: what an address answers in a round, to its first request and to later ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from demo.build_pages import PageState, build_pages, page_of
from demo.read_rounds import Rounds
from demo.render_page import Frame, make_noise, render_challenge, render_page

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `etag` and `modified` are validators, "" and None where the page has none."""

    status: int
    body: bytes
    media_type: str = HTML
    etag: str = ""
    modified: datetime | None = None


class PageArchive:
    """Pages by round, counted from 0."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self.moments = tuple(current.at.astimezone(UTC) for current in rounds.rounds)
        self._pages = build_pages(rounds)
        self._hosts = {urlsplit(address).netloc for address in self._pages}

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of all pages, by platform."""
        return tuple(self._pages)

    def answer(self, address: str, number: int, request: int = 1) -> Answer:
        """What an address answers in a round; `request` counts from 1 within the round."""
        parts = urlsplit(address)
        if parts.netloc not in self._hosts:
            return _plain(404, f"No such host in this archive: {parts.netloc or address}")
        if parts.path == "/robots.txt":
            return self._robots(parts.netloc, number)
        if address not in self._pages:
            return _plain(404, f"No such page in this archive: {address}")
        state = self._pages[address][number]
        if state.fault == "unavailable":
            return _plain(503, "503 Service Unavailable")
        if state.fault == "gone":
            return _plain(410, "410 Gone")
        return self._page(address, number, request, state)

    def _page(self, address: str, number: int, request: int, state: PageState) -> Answer:
        found = page_of(self.rounds, address)
        assert found is not None  # every address of the archive comes from a document
        document, page = found
        language = document.declared.language
        is_living = document.frame == "living"
        noise = make_noise(language, address, self.moments[number], request) if is_living else None
        frame = Frame(address, document.platform.name, document.declared.title, language, page.main_id, noise)
        if state.fault == "challenge":
            return Answer(200, render_challenge(frame).encode())
        is_first = request == 1 and state.first_text is not None
        text = (state.first_text or "") if is_first else state.text
        body = render_page(state.left if state.fault == "emptied" else text, frame).encode()
        if is_living:
            return Answer(200, body)
        is_new = is_first or state.fault == "emptied"
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        return Answer(200, body, etag=etag, modified=self.moments[number] if is_new else state.changed_at)

    def _robots(self, host: str, number: int) -> Answer:
        if host in self.rounds.without_robots:
            return _plain(404, "404 Not Found")
        forbidden = [
            urlsplit(address).path
            for address, states in self._pages.items()
            if urlsplit(address).netloc == host and states[number].fault == "robots_forbids"
        ]
        rules = [f"Disallow: {path}" for path in forbidden] or ["Disallow:"]
        return _plain(200, "\n".join(["User-agent: *", *rules]) + "\n")


def _plain(status: int, text: str) -> Answer:
    return Answer(status, text.encode(), PLAIN)
