"""Questions and answers between a rendered page and the crawl that fetches for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawlers.judge_answer import Judgement


class NotAnswered(Exception):
    """A request of a page that gets no answer; the message says why. `judgement` is what it means for the page where
    it was the page itself that moved on."""

    def __init__(self, why: str, judgement: Judgement | None = None) -> None:
        super().__init__(why)
        self.judgement = judgement


@dataclass(frozen=True, slots=True)
class BrowserAnswer:
    """An answer for the browser; `body` is content-decoded, `url` where it came from after redirects."""

    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


class Fetcher(Protocol):
    """Fetches for a page. Both raise NotAnswered."""

    async def fetch_document(self, url: str, headers: Mapping[str, str]) -> BrowserAnswer:
        """A page that the first one moves on to, under every rule of the crawl."""

    async def fetch_part(
        self, url: str, method: str, headers: Mapping[str, str], body: bytes | None
    ) -> BrowserAnswer:
        """Anything else that a page is made of."""
