"""One exchange with a host as recorded: what the middlewares hand on to the spider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crawlers.decode_body import UndecodableBody
from crawlers.job import KnownSnapshot
from crawlers.warc_archive import WarcPlace

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

# Keys of `meta`. STARTED_AT is when the first request for a page left, ELAPSED_MS the time of all its exchanges
# without the pauses between them.
EXCHANGE = "exchange"
STARTED_AT = "started_at"
ELAPSED_MS = "elapsed_ms"


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer and where it is kept.

    `place` is its own WARC record, `snapshot` the record that holds its body (None for other answers than 2xx).
    `snapshot_hash` is the SHA-256 (hex) of the content-decoded body, None where `damage` says why there is none.
    `known` is the earlier snapshot that the request asked about, `headers` are the answer's (lower-case name, value).
    """

    url: str
    status: int
    observed_at: datetime
    media_type: str
    byte_count: int
    etag: str
    last_modified: str
    payload_digest: str
    snapshot_hash: str | None
    damage: UndecodableBody | None
    place: WarcPlace
    snapshot: WarcPlace | None
    known: KnownSnapshot | None
    headers: tuple[tuple[str, str], ...] = ()


def exchange_of(answered: Request | Response) -> Exchange:
    """The exchange of a response; for a request, the last one made for it.

    Raises:
        KeyError: nothing was answered yet.
    """
    exchange: Exchange = answered.meta[EXCHANGE]
    return exchange
