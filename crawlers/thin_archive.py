"""Rewrite a WARC file without some captures. What goes leaves a metadata record that names it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

_WRITTEN_FOR_ANSWER = "WARC-Concurrent-To"


def thin_archive(source: Path, target: Path, removed: Mapping[str, str]) -> dict[int, int]:
    """Copy a WARC file, record by record, but for the answers in `removed` (record id -> why) and their requests.

    In the place of an answer stands a `metadata` record that refers to it and says why. Returns the new offset of each
    kept record and of each record that stands for an answer, by the old one. `target` is written whole or not at all;
    `source` stays.

    Raises:
        OSError: a file cannot be read or written.
    """
    offsets: dict[int, int] = {}
    partial = target.with_name(f".{target.name}.partial")
    with source.open("rb") as file, source.open("rb") as raw, partial.open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        records = ArchiveIterator(file)
        for record in records:
            headers = record.rec_headers
            record_id, address = headers.get_header("WARC-Record-ID"), headers.get_header("WARC-Target-URI")
            kind, concurrent = record.rec_type, headers.get_header(_WRITTEN_FOR_ANSWER)
            offset, length = records.get_record_offset(), records.get_record_length()
            place = out.tell()
            if record_id in removed:
                writer.write_record(_note(writer, address, record_id, removed[record_id]))
            elif kind == "request" and concurrent in removed:
                continue
            else:
                raw.seek(offset)
                out.write(raw.read(length))
            offsets[offset] = place
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, target)
    return offsets


def _note(writer: WARCWriter, address: str, record_id: str, why: str) -> object:
    text = why.encode()
    return writer.create_warc_record(
        address,
        "metadata",
        payload=BytesIO(text),
        length=len(text),
        warc_content_type="text/plain; charset=utf-8",
        warc_headers_dict={"WARC-Refers-To": record_id},
    )
