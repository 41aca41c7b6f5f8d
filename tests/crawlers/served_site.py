"""What invented sites say, and what they were asked."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Hit:
    """One request as the server saw it; times are monotonic seconds."""

    address: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def is_robots(self) -> bool:
        return urlsplit(self.address).path == "/robots.txt"


@dataclass
class Site:
    """What the sites say, and what they were asked. `robots` answers by host: a text, a status, or "slow"."""

    url: str = ""
    robots: dict[str, str | int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    memento: str = ""
    hits: list[Hit] = field(default_factory=list)
    open_now: Counter[str] = field(default_factory=Counter)
    most_open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, address: str) -> list[Hit]:
        """The requests for one address."""
        return [hit for hit in self.hits if hit.address == address]

    def pages(self) -> list[Hit]:
        """The requests that were not for a robots.txt."""
        return [hit for hit in self.hits if not hit.is_robots]

    def text_of(self, address: str) -> bytes:
        """The page behind an address, long enough not to look like a challenge."""
        said = self.texts.get(address, "Conditions de vente.")
        return f"<html><body><h1>{address}</h1><p>{said}</p>{'<p>Article.</p>' * 20}</body></html>".encode()
