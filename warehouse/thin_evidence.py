"""Which captures may go, and what the tables say afterwards. Bytes go, hashes stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from warehouse.fetch_rows import fetch_rows
from warehouse.transaction import transaction


@dataclass(frozen=True, slots=True)
class Thinnable:
    """A capture whose bytes may go: another capture (`nearest_hash`) of the same text stays."""

    snapshot_hash: str
    nearest_hash: str
    warc_file: str
    warc_record_id: str


def read_thinnable(con: duckdb.DuckDBPyConnection, before: datetime) -> list[Thinnable]:
    """Captures last seen before a moment that are neither the first of their text nor the newest of their page.

    A capture without a text (a challenge page, a page that gave nothing) is evidence of its own and stays.
    """
    rows = fetch_rows(
        con,
        """
        WITH used AS (
            SELECT
                f.document_id, f.page, f.snapshot_hash, e.text_hash,
                min(f.observed_at) AS first_at, max(f.observed_at) AS last_at
            FROM "fetch" AS f
            LEFT JOIN extraction AS e ON f.observation_id = e.observation_id AND e.superseded_at IS NULL
            WHERE f.snapshot_hash IS NOT NULL
            GROUP BY ALL
        ),

        judged AS (
            SELECT
                *,
                text_hash IS NULL OR last_at >= ?
                OR row_number() OVER (PARTITION BY document_id, page, text_hash ORDER BY first_at, snapshot_hash) = 1
                OR row_number() OVER (PARTITION BY document_id, page ORDER BY last_at DESC, snapshot_hash) = 1
                    AS is_kept
            FROM used
        ),

        leaving AS (
            SELECT snapshot_hash FROM judged GROUP BY snapshot_hash HAVING NOT bool_or(is_kept)
        )

        SELECT
            j.snapshot_hash, any_value(s.warc_file) AS warc_file, any_value(s.warc_record_id) AS warc_record_id,
            arg_min(k.snapshot_hash, abs(epoch(k.first_at) - epoch(j.first_at))) AS nearest_hash
        FROM judged AS j
        INNER JOIN leaving AS l ON j.snapshot_hash = l.snapshot_hash
        INNER JOIN snapshot AS s ON j.snapshot_hash = s.snapshot_hash AND s.warc_file IS NOT NULL
        INNER JOIN judged AS k
            ON j.document_id = k.document_id AND j.page = k.page AND j.text_hash = k.text_hash
        WHERE k.snapshot_hash NOT IN (SELECT snapshot_hash FROM leaving)
        GROUP BY j.snapshot_hash
        ORDER BY warc_file, j.snapshot_hash
        """,
        [before],
    )
    return [Thinnable(**row) for row in rows]


def move_records(
    con: duckdb.DuckDBPyConnection,
    old_file: str,
    new_file: str,
    offsets: Mapping[int, int],
    thinned: Sequence[Thinnable],
) -> None:
    """Point fetches and snapshots of a rewritten WARC file to their new places, in one transaction."""
    places = pa.table({"old": list(offsets), "new": list(offsets.values())})
    gone = pa.table(
        {"hash": [item.snapshot_hash for item in thinned], "nearest": [item.nearest_hash for item in thinned]}
    )
    con.register("places", places)
    con.register("gone", gone)
    try:
        with transaction(con):
            con.execute(
                """
                UPDATE snapshot SET
                    warc_file = NULL, warc_offset = NULL, warc_record_id = NULL, thinned_at = ?,
                    nearest_hash = gone.nearest
                FROM gone WHERE snapshot.snapshot_hash = gone.hash
                """,
                [datetime.now(UTC)],
            )
            for table in ('"fetch"', "snapshot"):
                con.execute(
                    f"""
                    UPDATE {table} SET warc_file = ?, warc_offset = places.new
                    FROM places WHERE {table}.warc_file = ? AND {table}.warc_offset = places.old
                    """,
                    [new_file, old_file],
                )
    finally:
        con.unregister("places")
        con.unregister("gone")


def read_warc_files(con: duckdb.DuckDBPyConnection) -> set[str]:
    """WARC files that a fetch or a snapshot names."""
    query = """SELECT warc_file FROM "fetch" UNION SELECT warc_file FROM snapshot"""
    return {row["warc_file"] for row in fetch_rows(con, query) if row["warc_file"]}
