"""Appends fetches to a manifest: a line is on disk before the next page is asked for."""

from __future__ import annotations

import os
from pathlib import Path

from crawlers.manifest import FetchRecord


class ManifestWriter:
    """The manifest of a crawl, open for one process. A line that a killed process did not finish is cut off."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self._file = path.open("r+b")
        complete = self._file.read().rpartition(b"\n")
        self._file.truncate(len(complete[0]) + len(complete[1]))
        self._file.seek(0, os.SEEK_END)

    def append(self, record: FetchRecord) -> None:
        """Add one fetch. Raises OSError when it cannot be written."""
        self._file.write(record.model_dump_json().encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
