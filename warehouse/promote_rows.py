"""Promotion: staged rows that passed validation enter the warehouse and supersede what they replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from warehouse.merge_rows import merge_rows

# Natural keys of the tables, by which rows are upserted. DuckLake has no unique constraint: a test checks them.
KEYS: Mapping[str, tuple[str, ...]] = {
    "platform": ("platform_id",),
    "platform_status": ("platform_id", "status", "valid_from"),
    "commitment": ("commitment_id",),
    "document": ("document_id",),
    "declaration": ("declaration_hash", "document_id"),
    "observation": ("observation_id",),
    "snapshot": ("snapshot_hash",),
    "fetch": ("fetch_id",),
    "extraction": ("extraction_id",),
    "text_body": ("document_id", "text_hash"),
    "verdict": ("verdict_id",),
    "version": ("version_id",),
    "clause_text": ("clause_hash",),
    "clause": ("version_id", "position"),
    "change": ("change_id",),
    "match": ("match_id",),
    "alert": ("alert_id",),
    "alert_delivery": ("delivery_id",),
    "quarantine": ("quarantine_id",),
    "validation": ("validation_id",),
    "pipeline_run": ("run_id", "step"),
}
# Tables whose rows are derived by the fold: a row that a new fold no longer yields is superseded, never deleted.
FOLDED = ("verdict", "version", "clause", "change", "match", "alert")


def promote_rows(con: duckdb.DuckDBPyConnection, frames: Mapping[str, pa.Table]) -> dict[str, int]:
    """Upsert staged rows (table name -> Arrow table) and count the rows that were new. Call inside a `transaction`."""
    return {
        table: merge_rows(con, table, frame, KEYS[table]).inserted
        for table, frame in frames.items()
        if frame.num_rows
    }


def supersede_rows(
    con: duckdb.DuckDBPyConnection, frames: Mapping[str, pa.Table], document_ids: Sequence[int]
) -> None:
    """Mark rows of these documents that the staged frames no longer hold. Call inside the promoting `transaction`."""
    now = datetime.now(UTC)
    for table in FOLDED:
        keys = KEYS[table]
        staged = frames[table].select(list(keys))
        con.register("staged_keys", staged)
        same = " AND ".join(f"{table}.{key} = staged_keys.{key}" for key in keys)
        con.execute(
            f"""
            UPDATE {table} SET superseded_at = ?
            WHERE superseded_at IS NULL AND list_contains(?, document_id)
                AND NOT EXISTS (SELECT 1 FROM staged_keys WHERE {same})
            """,
            [now, list(document_ids)],
        )
        con.unregister("staged_keys")
