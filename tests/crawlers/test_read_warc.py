"""Snapshots read back, and what is said when they cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.job import read_job
from crawlers.read_warc import SnapshotUnreadable, read_snapshot
from crawlers.warc_archive import WarcArchive, WarcPlace
from crawlers.warc_records import Transfer
from tests.crawlers.archive_entries import list_entries
from tests.crawlers.sample_jobs import write_job
from tests.crawlers.site_server import ENCODERS

PAGE = "<p>Conditions générales de vente.</p>".encode("latin-1") * 50


def record(folder: Path, body: bytes, headers: list[tuple[str, str]]) -> WarcPlace:
    archive = WarcArchive(read_job(write_job(folder, ["https://bazar.example/"])))
    transfer = Transfer(
        url="https://bazar.example/cgv",
        method="GET",
        request_headers=[],
        protocol="HTTP/1.1",
        status=200,
        response_headers=headers,
        body=body,
        payload_digest="",
        observed_at=datetime(2025, 2, 3, 6, tzinfo=UTC),
    )
    place = archive.record(transfer)
    archive.record(transfer)
    archive.close()
    return place


@pytest.mark.parametrize("encoding", ["", *ENCODERS])
def test_a_snapshot_comes_back_decoded_with_its_content_type(tmp_path: Path, encoding: str) -> None:
    sent = ENCODERS[encoding](PAGE) if encoding else PAGE
    headers = [("Content-Type", "text/html; charset=ISO-8859-1")] + [("content-encoding", encoding)] * bool(
        encoding
    )
    place = record(tmp_path, sent, headers)
    assert read_snapshot(tmp_path / "data", place.file, place.offset) == (
        PAGE,
        "text/html; charset=ISO-8859-1",
    )


def test_a_page_without_a_content_type_has_none(tmp_path: Path) -> None:
    place = record(tmp_path, PAGE, [])
    assert read_snapshot(tmp_path / "data", place.file, place.offset) == (PAGE, "")


def test_headers_that_are_not_ascii_do_not_stop_the_recording(tmp_path: Path) -> None:
    place = record(tmp_path, PAGE, [("X-Titre", "Conditions générales"), ("Content-Type", "text/html")])
    assert read_snapshot(tmp_path / "data", place.file, place.offset) == (PAGE, "text/html")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnreadable, match=r"warc/none\.warc\.gz at offset 12: no such file"):
        read_snapshot(tmp_path, "warc/none.warc.gz", 12)


def test_another_record_is_not_taken_for_a_response(tmp_path: Path) -> None:
    place = record(tmp_path, PAGE, [])
    for entry in list_entries([tmp_path / "data" / place.file]):
        if entry.kind != "response":
            with pytest.raises(SnapshotUnreadable, match=f"at offset {entry.offset}: a {entry.kind} record"):
                read_snapshot(tmp_path / "data", place.file, entry.offset)


@pytest.mark.parametrize("beyond", [0, 100])
def test_an_offset_beyond_the_last_record_is_told(tmp_path: Path, beyond: int) -> None:
    place = record(tmp_path, PAGE, [])
    offset = (tmp_path / "data" / place.file).stat().st_size + beyond
    with pytest.raises(SnapshotUnreadable, match=f"at offset {offset}: no record there"):
        read_snapshot(tmp_path / "data", place.file, offset)


@pytest.mark.parametrize("shift", [1, 7, -3])
def test_an_offset_between_records_is_told(tmp_path: Path, shift: int) -> None:
    place = record(tmp_path, PAGE, [])
    with pytest.raises(SnapshotUnreadable, match=rf"{place.file} at offset {place.offset + shift}"):
        read_snapshot(tmp_path / "data", place.file, place.offset + shift)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("damage", ["flipped", "cut off"])
def test_a_damaged_record_gives_no_bytes(tmp_path: Path, share: float, damage: str) -> None:
    place = record(tmp_path, PAGE * 40, [("Content-Type", "text/html")])
    path = tmp_path / "data" / place.file
    record_end = list_entries([path])[2].offset
    at = place.offset + int((record_end - place.offset) * share)
    kept = bytearray(path.read_bytes())
    if damage == "flipped":
        kept[at] ^= 0xFF
    else:
        del kept[at:]
    path.write_bytes(kept)
    with pytest.raises(SnapshotUnreadable, match=rf"{place.file} at offset {place.offset}"):
        read_snapshot(tmp_path / "data", place.file, place.offset)
