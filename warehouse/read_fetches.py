"""Reads over the build file that a crawl needs: what addresses gave before, and how the newest texts were obtained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.fetch_rows import fetch_rows

# Pages that alternate come back to one of a few bodies; older ones are not worth a place in every job file.
SNAPSHOTS_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Capture:
    """The newest text of a document: how it was extracted, and where the bytes of its pages lie, in order."""

    declaration_hash: str
    extractor_version: str
    text_hash: str
    pages: tuple[tuple[str, int], ...]


def read_known_snapshots(
    con: duckdb.DuckDBPyConnection, document_ids: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    """Snapshots of each document with the address that gave them and their newest validators, newest first."""
    rows = fetch_rows(
        con,
        """
        SELECT
            f.document_id, coalesce(nullif(f.final_url, ''), f.url) AS url, f.snapshot_hash,
            coalesce(arg_max(f.etag, f.observed_at) FILTER (f.etag <> ''), '') AS etag,
            coalesce(arg_max(f.last_modified, f.observed_at) FILTER (f.last_modified <> ''), '') AS last_modified,
            any_value(s.media_type) AS media_type, any_value(s.byte_count) AS byte_count,
            any_value(s.payload_digest) AS payload_digest, any_value(s.warc_file) AS warc_file,
            any_value(s.warc_offset) AS warc_offset, any_value(s.warc_record_id) AS warc_record_id,
            any_value(s.fetched_at) AS fetched_at, max(f.observed_at) AS seen_at
        FROM "fetch" AS f
        INNER JOIN snapshot AS s ON f.snapshot_hash = s.snapshot_hash
        WHERE list_contains(?, f.document_id) AND s.warc_file IS NOT NULL
        GROUP BY f.document_id, coalesce(nullif(f.final_url, ''), f.url), f.snapshot_hash
        QUALIFY row_number() OVER (
            PARTITION BY f.document_id, coalesce(nullif(f.final_url, ''), f.url) ORDER BY seen_at DESC, f.snapshot_hash
        ) <= ?
        ORDER BY seen_at DESC, f.snapshot_hash
        """,
        [list(document_ids), SNAPSHOTS_KNOWN],
    )
    known: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        del row["seen_at"]
        known.setdefault(row.pop("document_id"), []).append(row)
    return known


def read_captures(
    con: duckdb.DuckDBPyConnection, document_ids: Sequence[int], *, without_source: str
) -> dict[int, Capture]:
    """The newest capture of each document whose text came from fetched pages and was not put in doubt.

    `without_source` leaves the observations of one part of a round out, so that staging it again sees what it saw.
    """
    rows = fetch_rows(
        con,
        """
        WITH newest AS (
            SELECT o.document_id, o.observation_id, e.declaration_hash, e.extractor_version, e.text_hash
            FROM observation AS o
            INNER JOIN extraction AS e ON o.observation_id = e.observation_id AND e.superseded_at IS NULL
            LEFT JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
            WHERE list_contains(?, o.document_id) AND o.source_id <> ? AND e.declaration_hash IS NOT NULL
                AND coalesce(v.verdict, '') <> 'quarantined'
            QUALIFY row_number() OVER (PARTITION BY o.document_id ORDER BY o.observed_at DESC, o.observation_id) = 1
        ),

        pages AS (
            SELECT f.observation_id, f.page, arg_max(f.snapshot_hash, f.attempt) AS snapshot_hash
            FROM "fetch" AS f
            INNER JOIN newest AS n ON f.observation_id = n.observation_id
            GROUP BY f.observation_id, f.page
        )

        SELECT
            n.document_id, n.declaration_hash, n.extractor_version, n.text_hash,
            list(s.warc_file ORDER BY p.page) AS files, list(s.warc_offset ORDER BY p.page) AS offsets
        FROM newest AS n
        INNER JOIN pages AS p ON n.observation_id = p.observation_id
        INNER JOIN snapshot AS s ON p.snapshot_hash = s.snapshot_hash
        GROUP BY ALL
        """,
        [list(document_ids), without_source],
    )
    return {
        row["document_id"]: Capture(
            row["declaration_hash"],
            row["extractor_version"],
            row["text_hash"],
            tuple(zip(row["files"], row["offsets"], strict=True)),
        )
        for row in rows
    }


def read_live_evidence(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Kinds of evidence among the observations of live documents."""
    query = """
        SELECT DISTINCT o.evidence
        FROM observation AS o
        INNER JOIN document AS d ON o.document_id = d.document_id
        WHERE d.origin = 'live'
    """
    return {row["evidence"] for row in fetch_rows(con, query)}
