"""What a killed crawl leaves behind, made whole: an archive of complete records only."""

from __future__ import annotations

import logging
import os
import zlib
from pathlib import Path

_BLOCK = 1 << 16
_GZIP = 31

logger = logging.getLogger(__name__)


def cut_unfinished(path: Path) -> int:
    """Cut a WARC file (one gzip member for each record) after its last complete record, and give the bytes cut off. A
    file without any complete record is removed."""
    complete = complete_length(path)
    excess = path.stat().st_size - complete
    if not complete:
        path.unlink()
    elif excess:
        with path.open("r+b") as file:
            file.truncate(complete)
            os.fsync(file.fileno())
    if excess:
        logger.warning("%s: %d bytes of an unfinished record cut off", path.name, excess)
    return excess


def complete_length(path: Path) -> int:
    """Bytes up to the end of the last complete record; a record counts when its checksum is right."""
    end = read = 0
    member = zlib.decompressobj(_GZIP)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            read += len(block)
            while block:
                try:
                    member.decompress(block)
                except zlib.error:
                    return end
                if not member.eof:
                    break
                block = member.unused_data
                end = read - len(block)
                member = zlib.decompressobj(_GZIP)
    return end
