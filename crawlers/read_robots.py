"""What a host's robots.txt means for us: RFC 9309, with one departure. Pure.

To the RFC every 4xx means "no rules". We take 401 and 403 as a refusal and 429 as "later", like 5xx and no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from protego import Protego

from crawlers.judge_answer import Judgement, name_status

# The name by which a robots.txt addresses us, whatever else the user agent says.
PRODUCT = "Vigie"
# A longer wait would keep a crawl for hours; a site that wants that can forbid.
MAX_CRAWL_DELAY = 60.0
_DISALLOW = re.compile(r"^\s*disallow\s*:\s*(\S[^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `refusal` holds for every address of it; otherwise `text` decides by address."""

    address: str
    refusal: Judgement | None = None
    text: str = ""
    parser: Protego | None = None

    def refuse(self, url: str) -> Judgement | None:
        """Why an address must not be fetched; None where it may."""
        if self.refusal is not None:
            return self.refusal
        if self.parser is None or self.parser.can_fetch(url, PRODUCT):
            return None
        rule = find_rule(self.text, url)
        return Judgement("robots_forbidden", f"{self.address} forbids it" + (f' by "{rule}"' if rule else ""))

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests that the text asks for, bounded; 0 where it asks for none."""
        delay = self.parser.crawl_delay(PRODUCT) if self.parser else None
        return min(float(delay or 0), MAX_CRAWL_DELAY)


def read_robots(address: str, status: int, body: bytes) -> Robots:
    """The rules in an answer to a request for robots.txt, redirects followed."""
    if 200 <= status < 300:
        text = body.decode("utf-8-sig", "replace")
        return Robots(address, text=text, parser=Protego.parse(text))
    said = f"{address} answered {name_status(status)}"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Robots(address, Judgement("robots_forbidden", said))
    if status == HTTPStatus.TOO_MANY_REQUESTS or 500 <= status < 600:
        return Robots(address, Judgement("robots_unreachable", said))
    return Robots(address)


def robots_address(url: str) -> str:
    """Where the robots.txt of an address lies."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def find_rule(text: str, url: str) -> str | None:
    """The line by which a text forbids an address to us, None where it cannot be told.

    The parser decides but does not say by which rule. It is the line with which, read from the top, the text begins
    to forbid for the last time.
    """
    lines = text.splitlines()
    for number in range(len(lines) - 1, -1, -1):
        found = _DISALLOW.match(lines[number])
        if found is None or _allows(f"User-agent: *\n{lines[number]}", url):
            continue
        if _allows("\n".join(lines[:number]), url):
            return f"Disallow: {found[1].strip()}"
    return None


def _allows(text: str, url: str) -> bool:
    return Protego.parse(text).can_fetch(url, PRODUCT)
