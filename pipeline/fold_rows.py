"""Rows of the derived tables for one folded document. Ids are hashes of content: the same fold gives the same rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from pipeline.note_validation import quarantine_row
from transforms.folded import AlertDue, ClauseIdentity, FoldResult, Version
from transforms.model import AssessedChange
from transforms.text_library import ComparedTexts
from warehouse.keys import key_of
from warehouse.read_documents import Announced

Rows = dict[str, list[dict[str, Any]]]


def doubt_rows(document_id: int, result: FoldResult, run_id: str) -> list[dict[str, Any]]:
    """Rows of table `quarantine` for texts that the fold put in doubt: a person may accept or reject them there."""
    return [
        quarantine_row(
            "observation",
            verdict.observation_id,
            document_id,
            verdict.rule_id,
            verdict.reason,
            "{}",
            run_id,
            text_hash=verdict.text_hash,
        )
        for verdict in result.verdicts
        if verdict.verdict == "quarantined" and verdict.rule_id.startswith("quarantine:")
    ]


def fold_rows(
    document_id: int, result: FoldResult, engine: str, *, is_live: bool, announced: Announced
) -> Rows:
    """Rows by table name. Only a live document's alert may be sent, and only when it stands in a channel already (to be
    edited), or its observation is newer than the newest one that was `announced` and was not passed over by the rules
    of another engine: a change of ours is never news of the platform."""
    now = datetime.now(UTC)
    common = {"document_id": document_id, "recorded_at": now, "superseded_at": None}
    rows: Rows = {
        name: [] for name in ("verdict", "version", "clause_text", "clause", "change", "match", "alert")
    }
    rows["verdict"] = [
        common | _verdict_row(verdict, document_id, engine) for verdict in map(asdict, result.verdicts)
    ]
    bodies: dict[str, str] = {}
    for version in result.versions:
        version_id = key_of("version", document_id, version.observation_id, version.text_hash)
        rows["version"].append(common | _version_row(version_id, version))
        rows["clause"].extend(_clause_rows(version_id, document_id, version))
        bodies |= {clause.text_hash: clause.text for clause in version.clauses}
    rows["clause_text"] = [{"clause_hash": hashed, "body": body} for hashed, body in bodies.items()]
    for compared in result.comparisons:
        for ordinal, assessed in enumerate(compared.changes):
            change = _change_row(document_id, compared, ordinal, assessed, engine)
            rows["change"].append(common | change)
            rows["match"].extend(_match_rows(change["change_id"], document_id, assessed))
    for alert in result.alerts:
        row = _alert_row(document_id, alert)
        is_news = (
            announced.newest is None or alert.changed_before > announced.newest
        ) and alert.observation_id not in announced.passed_over
        is_sendable = is_live and (is_news or row["alert_id"] in announced.alert_ids)
        rows["alert"].append(common | row | {"is_sendable": is_sendable})
    return rows


def comparison_id(document_id: int, before_hash: str, after_hash: str) -> int:
    """Id of the comparison of two texts of a document."""
    return key_of("comparison", document_id, before_hash, after_hash)


def _verdict_row(verdict: Mapping[str, Any], document_id: int, engine: str) -> dict[str, Any]:
    reference, text = verdict["reference_hash"], verdict["text_hash"]
    compared = comparison_id(document_id, reference, text) if reference and text else None
    row = {
        "observation_id": verdict["observation_id"],
        "verdict": verdict["verdict"],
        "rule_id": verdict["rule_id"],
        "reason": verdict["reason"],
        "noise_classes": ", ".join(verdict["noise_classes"]),
        "comparison_id": compared,
        "is_alert": verdict["is_alert"],
    }
    return row | {"verdict_id": key_of("verdict", json.dumps(row)), "engine_version": engine}


def _version_row(version_id: int, version: Version) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "observation_id": version.observation_id,
        "text_hash": version.text_hash,
        "clause_set_hash": version.clause_set_hash,
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
        "opened_by": version.opened_by,
    }


def _clause_rows(version_id: int, document_id: int, version: Version) -> list[dict[str, Any]]:
    return [
        {
            "version_id": version_id,
            "position": clause.position,
            "clause_id": _clause_id(document_id, identity),
            "document_id": document_id,
            "number": clause.number,
            "heading": clause.heading,
            "kind": clause.kind,
            "context": clause.context,
            "clause_hash": clause.text_hash,
            "superseded_at": None,
        }
        for clause, identity in zip(version.clauses, version.identities, strict=True)
    ]


def _clause_id(document_id: int, identity: ClauseIdentity) -> int:
    return key_of("clause", document_id, identity.observation_id, identity.position)


def _change_row(
    document_id: int, compared: ComparedTexts, ordinal: int, assessed: AssessedChange, engine: str
) -> dict[str, Any]:
    change = assessed.change
    side = (change.after or change.before)[0]
    row = {
        "before_text_hash": compared.before_hash,
        "after_text_hash": compared.after_hash,
        "ordinal": ordinal,
        "kind": change.kind,
        "nature": assessed.nature.nature,
        "nature_rule": assessed.nature.rule_id,
        "noise_class": assessed.nature.noise_class,
        "heading": change.heading,
        "number": side.number,
        "clause_before": change.before_text,
        "clause_after": change.after_text,
        "edits": json.dumps(
            [[edit.op, edit.before, edit.after] for edit in change.edits], ensure_ascii=False
        ),
        "facts": json.dumps([asdict(fact) for fact in assessed.facts], ensure_ascii=False),
        "direction": assessed.direction,
        "direction_rule": assessed.direction_rule,
    }
    return row | {
        "change_id": key_of("change", document_id, json.dumps(row)),
        "comparison_id": comparison_id(document_id, compared.before_hash, compared.after_hash),
        "engine_version": engine,
    }


def _match_rows(change_id: int, document_id: int, assessed: AssessedChange) -> list[dict[str, Any]]:
    return [
        {
            "match_id": key_of(
                "match", change_id, match.commitment_id, match.rule_id, match.start, match.end
            ),
            "change_id": change_id,
            "document_id": document_id,
            "commitment_id": match.commitment_id,
            "rule_id": match.rule_id,
            "span_start": match.start,
            "span_end": match.end,
            "score": match.score,
            "confidence": match.confidence,
            "superseded_at": None,
        }
        for match in assessed.matches
    ]


def _alert_row(document_id: int, alert: AlertDue) -> dict[str, Any]:
    return {
        "alert_id": key_of("alert", document_id, alert.before_set_hash, alert.after_set_hash),
        "observation_id": alert.observation_id,
        "before_clause_set_hash": alert.before_set_hash,
        "after_clause_set_hash": alert.after_set_hash,
        "comparison_id": comparison_id(document_id, alert.before_hash, alert.after_hash),
        "changed_after": alert.changed_after,
        "changed_before": alert.changed_before,
        "stated_effective_date": alert.stated_effective_date,
        "state": alert.state,
        "state_since": alert.state_since,
    }
