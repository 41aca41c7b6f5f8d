"""An archive cut off anywhere is made whole again, and keeps every complete record."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.job import read_job
from crawlers.resume_crawl import complete_length, cut_unfinished
from crawlers.warc_archive import WarcArchive
from crawlers.warc_records import Transfer
from tests.crawlers.archive_entries import assert_sound, list_entries, list_files
from tests.crawlers.sample_jobs import write_job


def transfer(number: int) -> Transfer:
    body = f"<p>Article {number}.</p>".encode() * (number + 1) ** 2
    return Transfer(
        url=f"https://bazar.example/{number}",
        method="GET",
        request_headers=[("User-Agent", "Vigie")],
        protocol="HTTP/1.1",
        status=200,
        response_headers=[("Content-Type", "text/html")],
        body=body,
        payload_digest="",
        observed_at=datetime(2025, 2, 3, 6, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of six exchanges."""
    folder = tmp_path_factory.mktemp("whole")
    archive = WarcArchive(read_job(write_job(folder, ["https://bazar.example/"])))
    for number in range(6):
        archive.record(transfer(number))
    archive.close()
    (path,) = list_files(folder / "data")
    return path


@given(share=st.floats(0, 1), garbage=st.binary(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_follows_the_last_complete_record_is_cut_off(
    whole: Path, tmp_path: Path, share: float, garbage: bytes
) -> None:
    entries = list_entries([whole])
    ends = [entry.offset for entry in entries[1:]] + [whole.stat().st_size]
    kept = round(share * ends[-1])
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(whole.read_bytes()[:kept] + (garbage if kept < ends[-1] else b""))
    size = path.stat().st_size
    expected = max((end for end in ends if end <= kept), default=0)
    # Garbage may by chance be the very bytes that are missing.
    complete = complete_length(path)
    assert complete in (0, *ends) and complete >= expected
    assert cut_unfinished(path) == size - complete
    if not complete:
        assert not path.exists()
        return
    assert path.read_bytes() == whole.read_bytes()[:complete]
    found = list_entries([path])
    assert [entry.raw for entry in found] == [entry.raw for entry in entries[: ends.index(complete) + 1]]
    assert cut_unfinished(path) == 0


def test_a_cut_archive_passes_the_check_of_the_library(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(whole.read_bytes()[:-20])
    assert cut_unfinished(path) > 0
    assert_sound([path])


def test_a_record_damaged_in_the_middle_ends_the_archive_there(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.warc.gz"
    offset = list_entries([whole])[3].offset
    damaged = bytearray(whole.read_bytes())
    damaged[offset + 30] ^= 0xFF
    path.write_bytes(damaged)
    assert complete_length(path) == offset
