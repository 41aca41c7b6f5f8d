"""Download middleware next to the downloader: records every exchange, then hands the content-decoded body on."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from crawlers.decode_body import UndecodableBody, decode_body
from crawlers.exchange import EXCHANGE, Exchange
from crawlers.failures import RecordingFailed
from crawlers.job import KnownSnapshot
from crawlers.policy_spider import PolicySpider
from crawlers.request_page import KNOWN
from crawlers.warc_archive import WarcPlace
from crawlers.warc_records import Transfer

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response


class RecordExchange:
    """Writes robots.txt, redirects and pages to the archive of the crawl, and notes each in `meta`."""

    def __init__(self, spider: PolicySpider) -> None:
        self._spider = spider
        self._job = spider.job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RecordExchange:
        """The middleware of a crawl of a PolicySpider."""
        assert isinstance(crawler.spider, PolicySpider)
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        """Let a request leave only while its answer can be recorded."""
        if self._spider.archive.is_broken:
            raise RecordingFailed(f"{request.url}: not asked for, since the archive cannot be written")

    def process_response(self, request: Request, response: Response) -> Response:
        """Record the exchange; raises RecordingFailed when it cannot be written."""
        body, damage = self._decode(response)
        snapshot_hash = None if damage else hashlib.sha256(body).hexdigest()
        transfer = self._transfer(request, response)
        known: KnownSnapshot | None = request.meta.get(KNOWN)
        has_content = 200 <= response.status < 300 and bool(response.body)
        same_as = known if response.status == 304 else None
        if has_content and snapshot_hash:
            same_as = self._spider.known.holding(transfer.payload_digest, snapshot_hash)
        try:
            place = self._spider.archive.record(transfer, same_as)
        except OSError as error:
            raise RecordingFailed(f"{transfer.url}: not recorded: {error}") from error
        exchange = Exchange(
            url=transfer.url,
            status=response.status,
            observed_at=transfer.observed_at,
            media_type=_header(response.headers, "Content-Type").partition(";")[0].strip().lower(),
            byte_count=len(body),
            etag=_header(response.headers, "ETag"),
            last_modified=_header(response.headers, "Last-Modified"),
            payload_digest=transfer.payload_digest,
            snapshot_hash=snapshot_hash,
            damage=damage,
            place=place,
            snapshot=_place_of(same_as) if same_as else place if has_content else None,
            known=known,
            headers=tuple((name.lower(), value) for name, value in transfer.response_headers),
        )
        if has_content and same_as is None and snapshot_hash:
            self._spider.known.remember(_as_known(exchange, snapshot_hash))
        self._spider.last_moment = exchange.observed_at
        request.meta[EXCHANGE] = exchange
        return response.replace(body=body)

    def _decode(self, response: Response) -> tuple[bytes, UndecodableBody | None]:
        encodings = response.headers.getlist("Content-Encoding")
        try:
            encoding = b",".join(encodings).decode("latin-1")
            return decode_body(response.body, encoding, self._job.max_bytes), None
        except UndecodableBody as error:
            return b"", error

    def _transfer(self, request: Request, response: Response) -> Transfer:
        headers = _pairs(response.headers)
        if response.status == 304:
            # Put there by the downloader for want of a body.
            headers = [pair for pair in headers if pair != ("Content-Length", "0")]
        is_replayed = bool(self._job.replay_url)
        return Transfer(
            url=urldefrag(request.url).url,
            method=request.method,
            request_headers=_pairs(request.headers),
            protocol=response.protocol or "HTTP/1.1",
            status=response.status,
            response_headers=headers,
            body=response.body,
            payload_digest=f"sha256:{hashlib.sha256(response.body).hexdigest()}",
            observed_at=(is_replayed and _memento_moment(response.headers)) or datetime.now(UTC),
            ip_address="" if is_replayed or response.ip_address is None else str(response.ip_address),
        )


def _memento_moment(headers: Headers) -> datetime | None:
    """The moment that an archive states for what it replays (RFC 7089); None where it states none."""
    try:
        moment = parsedate_to_datetime(_header(headers, "Memento-Datetime"))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _header(headers: Headers, name: str) -> str:
    return (headers.get(name) or b"").decode("latin-1").strip()


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("ascii", "backslashreplace"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def _place_of(known: KnownSnapshot) -> WarcPlace:
    return WarcPlace(known.warc_file, known.warc_offset, known.warc_record_id)


def _as_known(exchange: Exchange, snapshot_hash: str) -> KnownSnapshot:
    return KnownSnapshot(
        url=exchange.url,
        snapshot_hash=snapshot_hash,
        payload_digest=exchange.payload_digest,
        media_type=exchange.media_type,
        byte_count=exchange.byte_count,
        warc_file=exchange.place.file,
        warc_offset=exchange.place.offset,
        warc_record_id=exchange.place.record_id,
        fetched_at=exchange.observed_at,
    )
