"""Another process at the warehouse: `python -m tests.warehouse.hold_warehouse WHAT BUILD_FILE`.

Prints "ready" once it holds what it was asked to hold, answers lines on its input, stays until killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb

import warehouse.publish
from warehouse.connect import open_build, open_published
from warehouse.location import Location, parse_location
from warehouse.publish import publish


def hold_build(location: Location) -> None:
    """Write a row and keep the build file open, the row uncommitted."""
    with open_build(location, "count the ships") as con:
        con.begin()
        con.execute("INSERT INTO platform (platform_id) VALUES ('uncommitted')")
        _stay()


def hold_file(location: Location) -> None:
    """Open the build file without our lock, as a validation or an SQL shell would."""
    with duckdb.connect(str(location.build_path), read_only=True):
        _stay()


def read_copy(location: Location) -> None:
    """Keep the published copy open and tell the platforms in it for each line of input."""
    with open_published(location) as con:
        print("ready", flush=True)
        for _ in sys.stdin:
            rows = con.execute("SELECT platform_id FROM platform ORDER BY ALL").fetchall()
            print(",".join(name for (name,) in rows), flush=True)


def publish_and_stall(location: Location) -> None:
    """Publish, and stop between the written copy and its renaming."""

    def stall(draft: Path, target: Path) -> None:
        assert draft.stat().st_size > 0
        _stay()

    warehouse.publish._put_in_place = stall
    publish(location)


def _stay() -> None:
    print("ready", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    globals()[sys.argv[1]](parse_location(sys.argv[2], Path(sys.argv[2]).parent / "data"))
