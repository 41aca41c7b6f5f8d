"""Bring the reference tables (platforms, dated statuses, commitments) to what the charter room's files say."""

from __future__ import annotations

import json

from charter.load import load_commitments, load_platforms
from pipeline.settings import Settings
from warehouse.merge_rows import Connection, insert_rows, merge_rows
from warehouse.transaction import transaction


def sync_charter(con: Connection, settings: Settings) -> None:
    """Upsert platforms, statuses and commitments; a status that is no longer in a file is removed."""
    platforms = load_platforms(settings.platforms)
    commitments = load_commitments()
    with transaction(con):
        merge_rows(
            con,
            "platform",
            [
                {"platform_id": p.id, "name": p.name, "locale": p.locale, "is_declared": True}
                for p in platforms
            ],
            ["platform_id"],
        )
        statuses = [
            {
                "platform_id": platform.id,
                "status": status.status,
                "valid_from": status.valid_from,
                "valid_until": status.valid_until,
                "source": status.source,
            }
            for platform in platforms
            for status in platform.charter_status
        ]
        # Statuses have no identity but their content: replaced whole, within the transaction.
        con.execute(
            "DELETE FROM platform_status WHERE list_contains(?, platform_id)",
            [[platform.id for platform in platforms]],
        )
        insert_rows(con, "platform_status", statuses)
        merge_rows(
            con,
            "commitment",
            [
                {
                    "commitment_id": commitment.id,
                    "axis": int(commitment.axis),
                    "title_fr": commitment.title.fr,
                    "title_en": commitment.title.en,
                    "evidence_level": commitment.evidence,
                    "legal_references": json.dumps(
                        [reference.model_dump(exclude_none=True) for reference in commitment.references],
                        ensure_ascii=False,
                    ),
                }
                for commitment in commitments
            ],
            ["commitment_id"],
        )
