"""Records of WARC files, read with warcio and nothing of ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


@dataclass(frozen=True)
class Entry:
    file: Path
    offset: int
    kind: str
    address: str
    headers: dict[str, str]
    status: str
    http_headers: dict[str, str]
    raw: bytes


def list_files(data_folder: Path) -> list[Path]:
    return sorted((data_folder / "warc").glob("*.warc.gz"))


def list_entries(files: Iterable[Path]) -> list[Entry]:
    entries = []
    for path in files:
        with path.open("rb") as stream:
            archive = ArchiveIterator(stream)
            for record in archive:
                raw = record.raw_stream.read()
                http = record.http_headers
                entries.append(
                    Entry(
                        path,
                        archive.get_record_offset(),
                        record.rec_type,
                        record.rec_headers.get_header("WARC-Target-URI") or "",
                        dict(record.rec_headers.headers),
                        http.get_statuscode() if http else "",
                        dict(http.headers) if http else {},
                        raw,
                    )
                )
    return entries


def run_warcio(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """The library's own command."""
    command = [str(Path(sys.executable).with_name("warcio")), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def assert_sound(files: Iterable[Path]) -> None:
    """Every file passes the check of warcio, and there is at least one."""
    paths = list(files)
    assert paths
    done = run_warcio("check", "-v", *paths)
    assert done.returncode == 0, done.stdout.decode()
    assert b"digest pass" in done.stdout
    assert b"failed" not in done.stdout and not done.stderr, done.stderr
