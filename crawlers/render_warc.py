"""WARC records of rendered pages (ISO 28500:2017, version 1.1): a DOM is a `conversion` of the answer behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from warcio.warcwriter import WARCWriter

from crawlers.job import KnownSnapshot
from crawlers.warc_records import warc_date

DOM_CONTENT_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class RenderedDom:
    """A DOM to record. `url` keeps its fragment, on which the DOM may depend; `made_from` is the record id of the
    document's answer, `observed_at` that answer's moment."""

    url: str
    body: bytes
    payload_digest: str
    observed_at: datetime
    made_from: str


def dom_record(writer: WARCWriter, dom: RenderedDom, same_as: KnownSnapshot | None) -> Any:
    """The record of a DOM; without its bytes where `same_as` holds them already."""
    headers = {"WARC-Date": warc_date(dom.observed_at)}
    if same_as is not None:
        return writer.create_revisit_record(
            dom.url,
            dom.payload_digest,
            same_as.url,
            warc_date(same_as.fetched_at),
            warc_headers_dict={
                **headers,
                "WARC-Refers-To": same_as.warc_record_id,
                "WARC-Concurrent-To": dom.made_from,
            },
        )
    return writer.create_warc_record(
        dom.url,
        "conversion",
        payload=BytesIO(dom.body),
        length=len(dom.body),
        warc_content_type=DOM_CONTENT_TYPE,
        warc_headers_dict={
            **headers,
            "WARC-Refers-To": dom.made_from,
            "WARC-Payload-Digest": dom.payload_digest,
        },
    )
