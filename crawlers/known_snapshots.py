"""The snapshots that need not be fetched or kept again: of earlier rounds, and of this crawl so far."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag

from crawlers.job import Job, KnownSnapshot
from crawlers.manifest import GOT_BYTES, FetchRecord


class KnownSnapshots:
    """Finds snapshots by address or by payload, and only those whose WARC file is still there."""

    def __init__(self, job: Job, records: Iterable[FetchRecord] = ()) -> None:
        """`records` are the fetches of this crawl before it was interrupted."""
        self._data_folder = job.data_folder
        self._newest: dict[str, KnownSnapshot] = {}
        self._by_payload: dict[str, KnownSnapshot] = {}
        known = [snapshot for document in job.documents for snapshot in document.known]
        # Newest first as the job lists them, by when they were last seen: bytes may come back after others.
        for snapshot in reversed(known):
            self._newest[_as_sent(snapshot.url)] = snapshot
            if self._is_kept(snapshot):
                self.remember(snapshot)
        for record in records:
            if (snapshot_of := _fetched_here(record)) is not None:
                self.remember(snapshot_of)

    def newest(self, url: str) -> KnownSnapshot | None:
        """The newest snapshot that an address gave in earlier rounds, if it can be asked for changes since."""
        known = self._newest.get(_as_sent(url))
        if known is None or not (known.etag or known.last_modified) or not self._is_kept(known):
            return None
        return known

    def holding(self, payload_digest: str, snapshot_hash: str) -> KnownSnapshot | None:
        """A snapshot with this very payload and content."""
        known = self._by_payload.get(payload_digest)
        # The same payload under another Content-Encoding is another content.
        if known is None or known.snapshot_hash != snapshot_hash or not self._is_kept(known):
            return None
        return known

    def remember(self, snapshot: KnownSnapshot) -> None:
        """Add a snapshot whose bytes lie in the archive."""
        if snapshot.payload_digest:
            self._by_payload[snapshot.payload_digest] = snapshot

    def _is_kept(self, snapshot: KnownSnapshot) -> bool:
        return (self._data_folder / snapshot.warc_file).is_file()


def _as_sent(url: str) -> str:
    """An address as it is asked for: the fragment stays with the client."""
    return urldefrag(url).url


def _fetched_here(record: FetchRecord) -> KnownSnapshot | None:
    """The snapshot that a fetch of this crawl recorded in full; a revisit names one that is known anyway."""
    is_full = record.outcome in GOT_BYTES and record.snapshot_record_id == record.warc_record_id
    if not is_full or record.snapshot_hash is None or record.warc_file is None:
        return None
    assert record.warc_offset is not None and record.warc_record_id is not None
    return KnownSnapshot(
        url=record.final_url,
        snapshot_hash=record.snapshot_hash,
        payload_digest=record.payload_digest,
        media_type=record.media_type,
        byte_count=record.byte_count,
        warc_file=record.warc_file,
        warc_offset=record.warc_offset,
        warc_record_id=record.warc_record_id,
        fetched_at=record.observed_at,
    )
