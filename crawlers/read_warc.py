"""Snapshots read back from the archive, with checksum and digest verified on the way."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.decode_body import UndecodableBody, decode_body

_GZIP = 31
_BLOCK = 1 << 16


class SnapshotUnreadable(ValueError):
    """A snapshot that the archive does not give back; the message names file and offset."""


def read_snapshot(data_folder: Path, warc_file: str, offset: int) -> tuple[bytes, str]:
    """The bytes of the response record at an offset, content-decoded, or of the rendered page there, and their
    Content-Type header ("" for none).
    `warc_file` is relative to `data_folder`, `offset` counts bytes.

    Raises:
        SnapshotUnreadable: no such file, no such record at this offset, or a damaged one.
    """
    path = data_folder / warc_file
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return _read_payload(_read_member(file))
    except FileNotFoundError:
        why = "no such file"
    except (ArchiveLoadFailed, UndecodableBody, OSError, zlib.error, SnapshotUnreadable) as error:
        why = str(error).strip()
    raise SnapshotUnreadable(f"{path} at offset {offset}: {why}")


def _read_member(file: BinaryIO) -> bytes:
    """One record, unpacked. Not left to warcio, which goes on after damage and keeps what it cannot unpack as it is."""
    member = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    while not member.eof:
        block = file.read(_BLOCK)
        if not block:
            raise SnapshotUnreadable("the record is cut off" if parts else "no record there")
        parts.append(member.decompress(block))
    return b"".join(parts)


def _read_payload(record_bytes: bytes) -> tuple[bytes, str]:
    record = next(iter(WARCIterator(BytesIO(record_bytes), check_digests=True)), None)
    if record is None:
        raise SnapshotUnreadable("an empty record")
    is_rendered = record.rec_type == "conversion"
    if not is_rendered and (record.rec_type != "response" or record.http_headers is None):
        raise SnapshotUnreadable(f"a {record.rec_type} record, neither a response nor a rendered page")
    payload = record.raw_stream.read()
    if not record.digest_checker.passed:
        raise SnapshotUnreadable("the record is damaged, its digest is another")
    if is_rendered:
        return payload, record.rec_headers.get_header("Content-Type", "")
    headers = record.http_headers
    encodings = [value for name, value in headers.headers if name.lower() == "content-encoding"]
    return decode_body(payload, ",".join(encodings)), headers.get_header("Content-Type", "")
