"""Candidate rows of one observed document: the attempt, its fetches and snapshots, its text and how it was obtained."""

from __future__ import annotations

import json
from typing import Any

from crawlers.job import JobDocument
from crawlers.manifest import FetchRecord
from pipeline.observe_document import Observed
from transforms.normalise_text import text_hash
from transforms.spot_challenge import spot_challenge
from warehouse.keys import key_of

EXTRACTOR = "vigie"
Tables = dict[str, list[dict[str, Any]]]


def document_rows(
    tables: Tables,
    document: JobDocument,
    described: dict[str, object],
    observed: Observed,
    source: str,
    evidence: str,
) -> None:
    """Add the rows of table document, declaration, observation, text_body and extraction."""
    observation_id = observation_of(document.document_id, source)
    text = observed.text
    hashed = None if text is None else text_hash(text)
    tables["document"].append(described)
    tables["declaration"].append(_declaration_row(document))
    tables["observation"].append(
        {
            "observation_id": observation_id,
            "document_id": document.document_id,
            "service": described["service"],
            "terms_type": described["terms_type"],
            "observed_at": observed.at,
            "source_id": source,
            "outcome": observed.outcome,
            "outcome_reason": observed.reason,
            "technical_reason": observed.technical_reason,
            "text_hash": hashed,
            "char_count": None if text is None else len(text),
            "is_decodable": None if text is None else True,
            "replacement_share": None if text is None else text.count("\ufffd") / max(1, len(text)),
            "challenge_marker": None if text is None else spot_challenge(text),
            "body_preview": None if text is None else text[:200],
            "raw_base64": None,
            "evidence": evidence,
            "run_id": source,
        }
    )
    if text is None or hashed is None:
        return
    _add_text(tables, document.document_id, hashed, text)
    previous = None
    if observed.previous_text is not None:
        previous = text_hash(observed.previous_text)
        _add_text(tables, document.document_id, previous, observed.previous_text)
    tables["extraction"].append(
        {
            "extraction_id": key_of("extraction", observation_id, EXTRACTOR),
            "observation_id": observation_id,
            "declaration_hash": document.declaration.content_hash,
            "extractor": EXTRACTOR,
            "extractor_version": observed.extractor_version,
            "text_hash": hashed,
            "previous_text_hash": previous,
            "warnings": "; ".join(observed.warnings),
            "selector_hits": observed.selector_hits,
        }
    )


def fetch_rows(tables: Tables, observed: Observed, document_id: int, source: str) -> None:
    """Add a row of table fetch for each attempt, and of table snapshot for the bytes it gave."""
    observation_id = observation_of(document_id, source)
    for record in observed.fetches:
        tables["fetch"].append(_fetch_row(record, observation_id, source))
        if record.snapshot_hash is not None:
            tables["snapshot"].append(_snapshot_row(record))


def observation_of(document_id: int, source: str) -> int:
    """Key of a document's observation in one part of a round."""
    return key_of(document_id, source)


def _declaration_row(document: JobDocument) -> dict[str, Any]:
    declaration = document.declaration
    body = declaration.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "declaration_hash": declaration.content_hash,
        "document_id": document.document_id,
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
        "valid_from": declaration.valid_from,
        "valid_until": declaration.valid_until,
    }


def _add_text(tables: Tables, document_id: int, hashed: str, text: str) -> None:
    tables["text_body"].append(
        {
            "text_hash": hashed,
            "document_id": document_id,
            "body": text,
            "char_count": len(text),
            "is_decodable": True,
            "challenge_marker": spot_challenge(text),
        }
    )


def _fetch_row(record: FetchRecord, observation_id: int, source: str) -> dict[str, Any]:
    return {
        "fetch_id": key_of("fetch", observation_id, record.page, record.attempt),
        "observation_id": observation_id,
        "document_id": record.document_id,
        "page": record.page,
        "attempt": record.attempt,
        "url": record.url,
        "final_url": record.final_url,
        "http_status": record.http_status,
        "outcome": record.outcome,
        "outcome_reason": record.reason,
        "observed_at": record.observed_at,
        "started_at": record.started_at,
        "elapsed_ms": record.elapsed_ms,
        "signals": "; ".join(record.evidence),
        "is_rendered": record.rendered,
        "render_ms": record.render_ms,
        "etag": record.etag,
        "last_modified": record.last_modified,
        "snapshot_hash": record.snapshot_hash,
        "warc_file": record.warc_file,
        "warc_offset": record.warc_offset,
        "warc_record_id": record.warc_record_id,
        "run_id": source,
    }


def _snapshot_row(record: FetchRecord) -> dict[str, Any]:
    return {
        "snapshot_hash": record.snapshot_hash,
        "media_type": record.media_type,
        "byte_count": record.byte_count,
        "payload_digest": record.payload_digest,
        "warc_file": record.snapshot_file,
        "warc_offset": record.snapshot_offset,
        "warc_record_id": record.snapshot_record_id,
        "fetched_at": record.observed_at,
    }
