"""A person decides on refused rows: an accepted text enters the document's history, a rejected one stays out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline.settings import Settings
from pipeline.stage_history import EXTRACTOR
from warehouse.connect import open_build
from warehouse.decide_quarantine import judge_again, read_refused, read_same_text, record_decision
from warehouse.keys import key_of
from warehouse.merge_rows import Connection, merge_rows
from warehouse.transaction import transaction

DECISIONS: dict[str, Literal["accepted", "rejected"]] = {"accept": "accepted", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Release:
    """What a decision did: refused rows decided, observations that have their text again, documents to judge again."""

    decided: int
    restored: int
    documents: int


def release_quarantine(
    settings: Settings, quarantine_ids: Sequence[int], decision: str, reason: str, decided_by: str
) -> Release:
    """Decide on refused rows, all of them or none.

    The decision holds for the text: every observation of the document that was refused with the same text follows it,
    and later ones are not put in doubt again. Accepted documents are folded again by the next detection.

    Raises:
        ValueError: no id, an id that does not exist or is decided already, no reason, another decision than
            `accept` or `reject`, or nothing to accept (no text was obtained); every fault is named.
    """
    faults = [] if decision in DECISIONS else [f"decision {decision!r} is neither accept nor reject"]
    faults += [] if reason.strip() else ["a decision needs its reason"]
    faults += [] if quarantine_ids else ["no quarantine id given (`from quarantine_open` lists them)"]
    restored, documents = 0, set()
    with open_build(settings.location, f"{decision} quarantined rows") as con, transaction(con):
        rows = read_refused(con, quarantine_ids)
        faults += [f"{key}: no such row in quarantine" for key in quarantine_ids if key not in rows]
        faults += [
            f"{key}: {row['decision']} already by {row['decided_by']}"
            for key, row in rows.items()
            if row["decision"]
        ]
        if decision == "accept":
            faults += [f"{key}: {why}" for key, row in rows.items() if (why := _unacceptable(row))]
        if faults:
            raise ValueError("nothing was decided: " + "; ".join(faults))
        for row in rows.values():
            if decision == "accept":
                restored += _restore(con, row)
                judge_again(con, row["document_id"])
                documents.add(row["document_id"])
            record_decision(con, row, DECISIONS[decision], decided_by.strip() or "unnamed", reason.strip())
    return Release(len(rows), restored, len(documents))


def _unacceptable(row: dict[str, Any]) -> str:
    """Why a row cannot be accepted, or ""."""
    if row["subject_table"] != "observation":
        return f"a row of {row['subject_table']} is mended at its source, not accepted"
    if row["text_hash"] is None:
        return f"no text was obtained ({row['reason']}); mend the declaration or wait for the next round"
    return ""


def _restore(con: Connection, row: dict[str, Any]) -> int:
    """Give refused observations their text back; a text that only the fold doubted is there already."""
    restored = 0
    for refused in read_same_text(con, row):
        payload = json.loads(refused["payload"] or "{}")
        if not payload.get("body"):
            continue
        observation_id = int(refused["subject_key"])
        body = str(payload["body"])
        text = {
            "text_hash": row["text_hash"], "document_id": row["document_id"], "body": body, "char_count": len(body),
        }  # fmt: skip
        merge_rows(con, "text_body", [text], ["document_id", "text_hash"])
        merge_rows(con, "extraction", [_extraction_row(payload, observation_id, row)], ["extraction_id"])
        observation = {"observation_id": observation_id, "outcome": "text", "outcome_reason": ""}
        restored += merge_rows(con, "observation", [observation], ["observation_id"]).updated
    return restored


def _extraction_row(payload: dict[str, Any], observation_id: int, row: dict[str, Any]) -> dict[str, Any]:
    staged = payload.get("extraction") or {
        "extraction_id": key_of("extraction", observation_id, EXTRACTOR),
        "extractor": EXTRACTOR,
        "extractor_version": "",
    }
    return staged | {
        "observation_id": observation_id,
        "text_hash": row["text_hash"],
        "recorded_at": datetime.now(UTC),
    }
