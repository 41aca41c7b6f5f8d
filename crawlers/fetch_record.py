"""Lines of the manifest: what is known of one attempt at one page, after an answer or for want of one."""

from __future__ import annotations

from datetime import datetime

from crawlers.exchange import Exchange
from crawlers.judge_answer import Judgement
from crawlers.manifest import FetchRecord
from crawlers.pages import Page

# Outcomes of which a redirect is the evidence: it was answered, and led nowhere.
_REDIRECTED_AWAY = ("left_allowed_hosts", "redirect_loop", "unexpected_answer")


def record_answer(
    page: Page, judgement: Judgement, exchange: Exchange, started_at: datetime, elapsed_ms: int
) -> FetchRecord:
    """The fetch of a page that was answered."""
    record = _record(page, judgement, exchange.observed_at, started_at, elapsed_ms).model_copy(
        update=_evidence(exchange)
    )
    if judgement.outcome == "fetched":
        return record.model_copy(update=_new_snapshot(exchange))
    if judgement.outcome == "not_modified":
        return record.model_copy(update=_known_snapshot(exchange))
    return record


def record_failure(
    page: Page,
    judgement: Judgement,
    redirect: Exchange | None,
    at: datetime,
    started_at: datetime,
    elapsed_ms: int,
) -> FetchRecord:
    """The fetch of a page that has no answer of its own; `redirect` is the last answer on the way to it, if any."""
    record = _record(page, judgement, at, started_at, elapsed_ms)
    if redirect is None or judgement.outcome not in _REDIRECTED_AWAY:
        return record
    return record.model_copy(update={**_evidence(redirect), "observed_at": redirect.observed_at})


def _record(
    page: Page, judgement: Judgement, observed_at: datetime, started_at: datetime, elapsed_ms: int
) -> FetchRecord:
    document_id, number = page.key
    return FetchRecord(
        document_id=document_id,
        page=number,
        attempt=page.attempt,
        url=page.url,
        observed_at=observed_at,
        started_at=started_at,
        elapsed_ms=elapsed_ms,
        outcome=judgement.outcome,
        reason=judgement.reason,
        evidence=judgement.evidence,
    )


def _evidence(exchange: Exchange) -> dict[str, object]:
    return {
        "final_url": exchange.url,
        "http_status": exchange.status,
        "media_type": exchange.media_type,
        "byte_count": exchange.byte_count,
        "payload_digest": exchange.payload_digest,
        "warc_file": exchange.place.file,
        "warc_offset": exchange.place.offset,
        "warc_record_id": exchange.place.record_id,
    }


def _new_snapshot(exchange: Exchange) -> dict[str, object]:
    assert exchange.snapshot is not None
    return {
        "etag": exchange.etag,
        "last_modified": exchange.last_modified,
        "snapshot_hash": exchange.snapshot_hash,
        "snapshot_file": exchange.snapshot.file,
        "snapshot_offset": exchange.snapshot.offset,
        "snapshot_record_id": exchange.snapshot.record_id,
    }


def _known_snapshot(exchange: Exchange) -> dict[str, object]:
    """What was known, with the validators of the 304 where it gives others."""
    known = exchange.known
    assert known is not None
    return {
        "media_type": known.media_type,
        "byte_count": known.byte_count,
        "payload_digest": known.payload_digest,
        "etag": exchange.etag or known.etag,
        "last_modified": exchange.last_modified or known.last_modified,
        "snapshot_hash": known.snapshot_hash,
        "snapshot_file": known.warc_file,
        "snapshot_offset": known.warc_offset,
        "snapshot_record_id": known.warc_record_id,
    }
