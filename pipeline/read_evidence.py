"""From a snapshot's hash to its bytes, checked against the hash."""

from __future__ import annotations

import re
from hashlib import sha256

from crawlers.read_warc import read_snapshot
from pipeline.settings import Settings
from warehouse.query_published import query_published


def read_evidence(settings: Settings, snapshot_hash: str) -> bytes:
    """Bytes of a snapshot from the WARC file that holds them.

    Raises:
        ValueError: no such snapshot is published, its bytes were thinned (the nearest kept capture is named), or its
            WARC file is gone or does not hold them.
    """
    wanted = snapshot_hash.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", wanted):
        raise ValueError(f"not a snapshot hash (64 hexadecimal digits): {snapshot_hash!r}")
    query = f"SELECT warc_file, warc_offset, thinned_at, nearest_hash FROM snapshot WHERE snapshot_hash = '{wanted}'"  # noqa: S608 - digits
    found = query_published(settings.location, query)
    if not found.rows:
        raise ValueError(f"no snapshot {wanted} in the published warehouse")
    file, offset, thinned_at, nearest = found.rows[0]
    if thinned_at is not None:
        raise ValueError(
            f"the bytes of {wanted} were removed on {thinned_at:%Y-%m-%d}; the nearest kept capture of the same text "
            f"is {nearest}"
        )
    body, _ = read_snapshot(settings.data_folder, file, offset)
    if sha256(body).hexdigest() != wanted:
        raise ValueError(f"{file} at {offset} does not hold snapshot {wanted}: the file was changed")
    return body
