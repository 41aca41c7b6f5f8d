"""What a browser made of a page, and the line of the manifest that it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.judge_answer import Judgement
from crawlers.manifest import FetchRecord
from crawlers.warc_archive import WarcPlace

# Key of `meta`.
RENDERING = "rendering"
DOM_TYPE = "text/html"


@dataclass(frozen=True, slots=True)
class StoredDom:
    """A rendered DOM as recorded. `place` is its own WARC record, `snapshot` the one that holds its bytes: an earlier
    one where they are the same. `snapshot_hash` is the SHA-256 (hex) of the bytes."""

    url: str
    snapshot_hash: str
    byte_count: int
    place: WarcPlace
    snapshot: WarcPlace


@dataclass(frozen=True, slots=True)
class Rendering:
    """The outcome of a page that a browser was asked to render, after `render_ms` milliseconds. `dom` is None where
    there was none to keep."""

    judgement: Judgement
    render_ms: int
    dom: StoredDom | None = None


def payload_digest(snapshot_hash: str) -> str:
    """The digest of a DOM's WARC record: it is kept as it is, without any encoding."""
    return f"sha256:{snapshot_hash}"


def record_rendering(record: FetchRecord, rendering: Rendering) -> FetchRecord:
    """The fetch of a rendered page, from that of its document.

    The document's validators, bytes and snapshot do not count: the DOM takes their place, or nothing does. Without a
    DOM the record of the fetch is still the document's.
    """
    update: dict[str, object] = {
        "outcome": rendering.judgement.outcome,
        "reason": rendering.judgement.reason,
        "evidence": rendering.judgement.evidence,
        "rendered": rendering.dom is not None,
        "render_ms": rendering.render_ms,
        "etag": "",
        "last_modified": "",
        **dict.fromkeys(("snapshot_hash", "snapshot_file", "snapshot_offset", "snapshot_record_id")),
    }
    if rendering.dom is not None:
        update |= _evidence(rendering.dom)
        if rendering.judgement.outcome == "fetched":
            update |= _snapshot(rendering.dom)
    return record.model_copy(update=update)


def _evidence(dom: StoredDom) -> dict[str, object]:
    return {
        "final_url": dom.url,
        "media_type": DOM_TYPE,
        "byte_count": dom.byte_count,
        "payload_digest": payload_digest(dom.snapshot_hash),
        "warc_file": dom.place.file,
        "warc_offset": dom.place.offset,
        "warc_record_id": dom.place.record_id,
    }


def _snapshot(dom: StoredDom) -> dict[str, object]:
    return {
        "snapshot_hash": dom.snapshot_hash,
        "snapshot_file": dom.snapshot.file,
        "snapshot_offset": dom.snapshot.offset,
        "snapshot_record_id": dom.snapshot.record_id,
    }
