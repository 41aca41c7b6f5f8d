"""Thin the archive: of old captures that gave the same text, the first and the newest keep their bytes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.thin_archive import thin_archive
from pipeline.settings import Settings
from warehouse.connect import open_build
from warehouse.thin_evidence import Thinnable, move_records, read_thinnable, read_warc_files

# design.md, section 3: different bytes with the same text are kept for 90 days.
KEPT_FOR = timedelta(days=90)
_THINNED = re.compile(r"(?:\.thin(\d+))?\.warc\.gz$")


@dataclass(slots=True)
class ThinSummary:
    """What was thinned: captures, WARC files rewritten, bytes freed."""

    captures: int = 0
    files: int = 0
    bytes_freed: int = 0


def thin_captures(settings: Settings, *, now: datetime | None = None, is_trial: bool = False) -> ThinSummary:
    """Remove the bytes of old captures whose text another capture shows; hashes and fetches stay in the tables.

    Each WARC file is rewritten under a new name, then the tables point to it, then the old file goes: killed at any
    point, the same step again ends the work. `is_trial` only counts.
    """
    with open_build(settings.location, "list captures to thin") as con:
        leaving = read_thinnable(con, (now or datetime.now(UTC)) - KEPT_FOR)
    if not is_trial:
        _remove_leftovers(settings)
    by_file: dict[str, list[Thinnable]] = defaultdict(list)
    for item in leaving:
        by_file[item.warc_file].append(item)
    summary = ThinSummary()
    for file, items in by_file.items():
        source = settings.data_folder / file
        if not source.is_file():
            # Gone already: nothing to free, and the next round fetches in full.
            continue
        summary.captures += len(items)
        summary.files += 1
        if is_trial:
            continue
        new_file = _next_name(file)
        summary.bytes_freed += source.stat().st_size
        notes = {item.warc_record_id: _note(item) for item in items}
        offsets = thin_archive(source, settings.data_folder / new_file, notes)
        with open_build(settings.location, f"thin {Path(file).name}") as con:
            move_records(con, file, new_file, offsets, items)
        source.unlink()
        summary.bytes_freed -= (settings.data_folder / new_file).stat().st_size
    return summary


def _remove_leftovers(settings: Settings) -> None:
    """Remove files that an earlier run rewrote but was killed before it could remove."""
    with open_build(settings.location, "list WARC files") as con:
        named = read_warc_files(con)
    for file in named:
        rewritten = _THINNED.search(file)
        if rewritten is None or not rewritten[1]:
            continue
        number = int(rewritten[1])
        before = _THINNED.sub(f".thin{number - 1}.warc.gz" if number > 1 else ".warc.gz", file)
        if before not in named:
            (settings.data_folder / before).unlink(missing_ok=True)


def _note(item: Thinnable) -> str:
    return f"bytes of sha256:{item.snapshot_hash} removed; sha256:{item.nearest_hash} gave the same text"


def _next_name(file: str) -> str:
    """`x.warc.gz` -> `x.thin1.warc.gz` -> `x.thin2.warc.gz`."""
    return _THINNED.sub(lambda found: f".thin{int(found[1] or 0) + 1}.warc.gz", file)
