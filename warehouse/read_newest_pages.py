"""What the published copy knows of a document that is to be checked: its newest pages, the length of its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warehouse.location import Location
from warehouse.query_published import query_published

# A site that was out of reach for a week of rounds still has a capture before them.
OBSERVATIONS_BACK = 40


def read_newest_pages(
    location: Location, document_ids: Sequence[int]
) -> dict[int, list[list[dict[str, Any]]]]:
    """By document, its newest observations that asked for a page, newest first, each with the last fetch of every
    page in order; columns are those of table fetch, `snapshot_*` those of the snapshot's own record.

    Raises:
        WarehouseError: nothing is published yet.
    """
    found = query_published(
        location,
        f"""
        SELECT
            f.document_id, f.observation_id, f.page, f.attempt, f.url, f.final_url, f.observed_at, f.started_at,
            f.elapsed_ms, f.http_status, f.outcome, f.outcome_reason AS reason, f.etag, f.last_modified,
            f.snapshot_hash, f.warc_file, f.warc_offset, f.warc_record_id, s.media_type, s.byte_count,
            s.payload_digest, s.warc_file AS snapshot_file, s.warc_offset AS snapshot_offset,
            s.warc_record_id AS snapshot_record_id
        FROM "fetch" AS f
        INNER JOIN observation AS o ON f.observation_id = o.observation_id
        LEFT JOIN snapshot AS s ON f.snapshot_hash = s.snapshot_hash
        WHERE f.document_id IN ({_list(document_ids)})
        QUALIFY
            row_number() OVER (PARTITION BY f.observation_id, f.page ORDER BY f.attempt DESC) = 1
            AND dense_rank() OVER (PARTITION BY f.document_id ORDER BY o.observed_at DESC, f.observation_id)
            <= {OBSERVATIONS_BACK}
        ORDER BY f.document_id, o.observed_at DESC, f.observation_id, f.page
        """,
    )
    documents: dict[int, dict[int, list[dict[str, Any]]]] = {}
    for row in found.rows:
        named = dict(zip(found.columns, row, strict=True))
        documents.setdefault(named["document_id"], {}).setdefault(named.pop("observation_id"), []).append(
            named
        )
    return {document_id: list(observations.values()) for document_id, observations in documents.items()}


def read_lengths_in_force(location: Location, document_ids: Sequence[int]) -> dict[int, int]:
    """Characters of the version in force of each document that has one.

    Raises:
        WarehouseError: nothing is published yet.
    """
    found = query_published(
        location,
        f"""
        SELECT v.document_id, t.char_count
        FROM version AS v
        INNER JOIN text_body AS t ON v.document_id = t.document_id AND v.text_hash = t.text_hash
        WHERE v.superseded_at IS NULL AND v.document_id IN ({_list(document_ids)})
        QUALIFY row_number() OVER (PARTITION BY v.document_id ORDER BY v.valid_from DESC, v.version_id) = 1
        """,
    )
    return dict(found.rows)


def _list(document_ids: Sequence[int]) -> str:
    return ", ".join(str(int(document_id)) for document_id in document_ids) or "NULL"
