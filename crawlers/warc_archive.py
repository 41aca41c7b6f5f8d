"""The WARC files of one crawl: appended to record by record, each on disk before anything refers to it.

A file belongs to one process. A crawl that is taken up again opens a new file with the next number.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from warcio.warcwriter import WARCWriter

from crawlers.job import Job, KnownSnapshot
from crawlers.render_warc import RenderedDom, dom_record
from crawlers.warc_records import (
    Transfer,
    info_record,
    request_record,
    response_record,
    revisit_record,
    unchanged_record,
)

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._]+")
_VERSION = "1.1"


@dataclass(frozen=True, slots=True)
class WarcPlace:
    """Where a record lies. `file` is relative to the data folder, `offset` counts bytes, `record_id` is
    `<urn:uuid:...>`."""

    file: str
    offset: int
    record_id: str


def archive_stem(job: Job) -> str:
    """What the names of a crawl's WARC files begin with: run (with its part) and platform."""
    return "-".join(_NOT_IN_A_NAME.sub("-", word).strip("-.") for word in (job.run_id, job.platform_id))


def list_archives(job: Job) -> list[Path]:
    """The WARC files of a crawl, in the order of their numbers."""
    # A pattern would also find those of a platform whose name only begins like this one.
    name = re.compile(re.escape(archive_stem(job)) + r"-\d{5}\.warc\.gz")
    return sorted(path for path in job.warc_folder.glob("*.warc.gz") if name.fullmatch(path.name))


class WarcArchive:
    """Writes the exchanges of one crawl process. `is_broken` once a write failed: the file may end in half a record, so
    nothing more is written."""

    def __init__(self, job: Job) -> None:
        self.is_broken = False
        self._job = job
        self._file: BinaryIO | None = None
        self._name = ""
        self._writer = WARCWriter(None, gzip=True, warc_version=_VERSION)

    def record(self, transfer: Transfer, same_as: KnownSnapshot | None = None) -> WarcPlace:
        """Write answer and request, and give the place of the answer. `same_as` holds the body already, by its payload
        or, for a 304, by the server's word.

        Raises:
            OSError: not written.
        """
        if same_as is None:
            answer = response_record(self._writer, transfer)
        elif transfer.status == 304:
            answer = unchanged_record(self._writer, transfer, same_as)
        else:
            answer = revisit_record(self._writer, transfer, same_as)
        request = request_record(self._writer, transfer)
        return self._write(answer, lambda: self._writer.write_request_response_pair(request, answer))

    def record_dom(self, dom: RenderedDom, same_as: KnownSnapshot | None = None) -> WarcPlace:
        """Write what a browser made of an answer. `same_as` holds the very same bytes already.

        Raises:
            OSError: not written.
        """
        record = dom_record(self._writer, dom, same_as)
        return self._write(record, lambda: self._writer.write_record(record))

    def close(self) -> None:
        """Close the file, if one was opened."""
        if self._file is not None:
            self._file.close()

    def _write(self, record: Any, write: Callable[[], None]) -> WarcPlace:
        try:
            file = self._open()
            offset = file.tell()
            write()
            _keep(file)
        except OSError:
            self.is_broken = True
            raise
        return WarcPlace(self._name, offset, record.rec_headers.get_header("WARC-Record-ID"))

    def _open(self) -> BinaryIO:
        if self._file is not None:
            return self._file
        folder = self._job.warc_folder
        folder.mkdir(parents=True, exist_ok=True)
        earlier = list_archives(self._job)
        number = int(earlier[-1].name[-len("00000.warc.gz") :][:5]) + 1 if earlier else 1
        path = folder / f"{archive_stem(self._job)}-{number:05}.warc.gz"
        self._name = path.relative_to(self._job.data_folder).as_posix()
        self._file = path.open("xb")
        self._writer.out = self._file
        self._writer.write_record(info_record(self._writer, path.name, self._job))
        _keep(self._file)
        _keep_name(folder)
        return self._file


def _keep(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _keep_name(folder: Path) -> None:
    """A new file survives a power cut only when its folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
