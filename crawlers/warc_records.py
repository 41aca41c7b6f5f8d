"""WARC records (ISO 28500:2017, version 1.1) of one exchange, built by warcio."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.job import Job, KnownSnapshot
from crawlers.judge_answer import name_status

_UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One request and its answer as they went over the wire, but for the transfer encoding.

    `url` has no fragment. `ip_address` is "" where the answer came from elsewhere than the host it speaks for.
    """

    url: str
    method: str
    request_headers: list[tuple[str, str]]
    protocol: str
    status: int
    response_headers: list[tuple[str, str]]
    body: bytes
    payload_digest: str
    observed_at: datetime
    ip_address: str = ""


def info_record(writer: WARCWriter, filename: str, job: Job) -> Any:
    """What stands first in a file: who fetched, by which rules."""
    info = {
        "software": f"Vigie/{version('vigie')} (Scrapy/{version('scrapy')}; warcio/{version('warcio')})",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "classic",
        "http-header-user-agent": job.user_agent,
        "isPartOf": job.run_id,
        "description": job.title,
    }
    if job.replay_url:
        info["source"] = f"replayed through {job.replay_url}"
    return writer.create_warcinfo_record(filename, info)


def request_record(writer: WARCWriter, transfer: Transfer) -> Any:
    """The request; the writer ties it to the answer when both are written as a pair."""
    parts = urlsplit(transfer.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = StatusAndHeaders(
        f"{transfer.method} {target} HTTP/1.1",
        [("Host", parts.netloc), *transfer.request_headers],
        is_http_request=True,
    )
    return writer.create_warc_record(transfer.url, "request", http_headers=headers)


def response_record(writer: WARCWriter, transfer: Transfer) -> Any:
    """The answer with its body."""
    warc_headers = {**_own_headers(transfer), "WARC-Payload-Digest": transfer.payload_digest}
    return writer.create_warc_record(
        transfer.url,
        "response",
        payload=BytesIO(transfer.body),
        length=len(transfer.body),
        http_headers=_answer_headers(transfer),
        warc_headers_dict=warc_headers,
    )


def revisit_record(writer: WARCWriter, transfer: Transfer, known: KnownSnapshot) -> Any:
    """The answer without its body, which is that of a known record."""
    return writer.create_revisit_record(
        transfer.url,
        transfer.payload_digest,
        urldefrag(known.url).url,
        warc_date(known.fetched_at),
        http_headers=_answer_headers(transfer),
        warc_headers_dict={**_own_headers(transfer), "WARC-Refers-To": known.warc_record_id},
    )


def unchanged_record(writer: WARCWriter, transfer: Transfer, known: KnownSnapshot) -> Any:
    """An answer 304: the server says that the body is still that of a known record."""
    warc_headers = {
        **_own_headers(transfer),
        "WARC-Profile": _UNCHANGED,
        "WARC-Refers-To": known.warc_record_id,
        "WARC-Refers-To-Target-URI": urldefrag(known.url).url,
        "WARC-Refers-To-Date": warc_date(known.fetched_at),
    }
    if known.payload_digest:
        warc_headers["WARC-Payload-Digest"] = known.payload_digest
    return writer.create_warc_record(
        transfer.url, "revisit", http_headers=_answer_headers(transfer), warc_headers_dict=warc_headers
    )


def warc_date(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _own_headers(transfer: Transfer) -> dict[str, str]:
    headers = {"WARC-Date": warc_date(transfer.observed_at)}
    if transfer.ip_address:
        headers["WARC-IP-Address"] = transfer.ip_address
    return headers


def _answer_headers(transfer: Transfer) -> StatusAndHeaders:
    headers = list(transfer.response_headers)
    return StatusAndHeaders(name_status(transfer.status), headers, protocol=transfer.protocol)
