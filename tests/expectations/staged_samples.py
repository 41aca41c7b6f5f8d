"""Staged frames that meet every rule. Invented data only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

ROWS = 6
COMMITMENTS = ("mediation", "ranking", "notice")
FETCH_OUTCOMES = ("fetched", "not_modified", "gone", "unreachable")
PARAMETERS: Mapping[str, object] = {"commitment_ids": COMMITMENTS, "fetch_outcomes": FETCH_OUTCOMES}
KEYS = {
    "observation": "observation_id",
    "fetch": "fetch_id",
    "text_body": "text_hash",
    "document": "document_id",
    "verdict": "verdict_id",
    "version": "version_id",
    "change": "change_id",
    "match": "match_id",
    "alert": "alert_id",
}
# Ids as the warehouse has them: 63 bits, beyond what a float holds exactly.
FIRST_ID = 2**62 + 12345
SENTENCE = "Le vendeur expédie la commande sous deux jours ouvrés."


def ids(offset: int = 0) -> list[int]:
    return [FIRST_ID + offset + number for number in range(ROWS)]


def hashes(letter: str) -> list[str]:
    return [f"{number:x}".rjust(32, letter) for number in range(ROWS)]


def days(first: str) -> pd.DatetimeIndex:
    return pd.date_range(first, periods=ROWS, freq="D", tz="UTC")


def good_frame(table: str) -> pd.DataFrame:
    """A frame of ROWS rows that meets every rule of the table."""
    return pd.DataFrame(_GOOD[table])


_TIMES = days("2024-03-01")
_GOOD: dict[str, dict[str, Any]] = {
    "observation": {
        "observation_id": ids(),
        "document_id": ids(100),
        "service": ["Bazar du Phare"] * ROWS,
        "terms_type": ["Marketplace Sellers Conditions"] * ROWS,
        "observed_at": _TIMES,
        "source_id": hashes("c"),
        "outcome": ["text", "text", "text", "text", "text", "unreachable"],
        "outcome_reason": ["", None, "", "", "", "délai dépassé"],
        "technical_reason": [None] * ROWS,
        "text_hash": [*hashes("a")[:5], None],
        "char_count": pd.array([len(SENTENCE) * 3] * 5 + [None], dtype="Int64"),
        "is_decodable": pd.array([True] * 5 + [None], dtype="boolean"),
        "replacement_share": [0.0] * 5 + [None],
        "challenge_marker": [None, "", None, None, None, None],
        "body_preview": [SENTENCE] * 5 + [None],
    },
    "fetch": {
        "fetch_id": ids(),
        "observation_id": ids(200),
        "document_id": ids(100),
        "page": [0, 1, 0, 0, 0, 0],
        "attempt": [1, 1, 2, 1, 1, 1],
        "url": ["https://phare.example/conditions"] * ROWS,
        "outcome": ["fetched", "fetched", "not_modified", "fetched", "gone", "unreachable"],
        "outcome_reason": ["200", "200", "304: as before", "200", "404", "no answer within 60 s"],
        "observed_at": _TIMES,
        "elapsed_ms": [12, 40, 0, 9, 31, 60000],
        "snapshot_hash": [*("ab" * 31 + f"{number:02}" for number in range(4)), None, None],
        "warc_file": [*["warc/phare/essai-00000.warc.gz"] * 5, None],
        "warc_offset": pd.array([310, 900, 1200, 3000, 4100, None], dtype="Int64"),
    },
    "text_body": {
        "text_hash": hashes("a"),
        "document_id": ids(100),
        "body": [f"{SENTENCE}\n\n{SENTENCE} {number}" for number in range(ROWS)],
        "char_count": [len(f"{SENTENCE}\n\n{SENTENCE} {number}") for number in range(ROWS)],
        "is_decodable": [True] * ROWS,
        "challenge_marker": [None] * ROWS,
    },
    "document": {
        "document_id": ids(100),
        "platform_id": ["bazar-du-phare"] * ROWS,
        "service": [f"Bazar du Phare {number}" for number in range(ROWS)],
        "terms_type": ["Marketplace Sellers Conditions"] * ROWS,
        "origin": ["live", "ota:essai", "ota:essai", "ota:essai", "live", "live"],
        "title": ["Conditions du Phare"] * ROWS,
        "language": ["fr", "en", "", None, "fr-FR", "deu"],
        "audience": ["seller", "buyer", "seller+buyer", "unknown", "seller", "seller"],
        "state": ["active", "undeclared", "recorded", "archived", "to_verify", "hub"],
        "attribution": ["", "Archive d'essai", "Archive d'essai", "Archive d'essai", None, ""],
    },
    "verdict": {
        "verdict_id": ids(),
        "observation_id": ids(200),
        "document_id": ids(100),
        "verdict": ["baseline", "unchanged", "changed", "changed", "withdrawn", "cosmetic"],
        "rule_id": ["fold:essai"] * ROWS,
        "reason": ["première observation du document"] * ROWS,
        "comparison_id": pd.array([None, None, 7, 8, None, 9], dtype="Int64"),
        "is_alert": [False, False, False, True, True, False],
        "engine_version": ["1"] * ROWS,
    },
    "version": {
        "version_id": ids(),
        "document_id": [FIRST_ID, FIRST_ID, FIRST_ID + 1, FIRST_ID + 2, FIRST_ID + 3, FIRST_ID + 4],
        "observation_id": ids(200),
        "text_hash": hashes("a"),
        "clause_set_hash": hashes("b"),
        "valid_from": _TIMES,
        "valid_until": pd.Series([None, _TIMES[5], None, None, None, None], dtype="datetime64[us, UTC]"),
        "opened_by": ["changed", "baseline", "baseline", "technical", "oscillation", "baseline"],
    },
    "change": {
        "change_id": ids(),
        "comparison_id": ids(300),
        "document_id": ids(100),
        "before_text_hash": hashes("a"),
        "after_text_hash": hashes("b"),
        "ordinal": list(range(ROWS)),
        "kind": ["modified", "added", "removed", "moved", "restored", "modified"],
        "nature": ["substantive", "substantive", "editorial", "noise", "substantive", "noise"],
        "nature_rule": ["nature:essai"] * ROWS,
        "noise_class": ["", None, "", "counter", "", "date stamp"],
        "clause_before": ["Préavis de 30 jours.", "", SENTENCE, SENTENCE, None, "Vu 11 fois."],
        "clause_after": ["Préavis de 15 jours.", SENTENCE, None, SENTENCE, SENTENCE, "Vu 12 fois."],
        "edits": ['[["equal", "Préavis", "Préavis"]]', None, "[]", "", None, "[]"],
        "facts": ['[{"old": "30 jours", "new": "15 jours"}]', None, "[]", "", None, "[]"],
        "direction": ["worse", "unclear", "better", "neutral", "unclear", "neutral"],
        "direction_rule": ["direction:essai", "", "direction:essai", None, "", ""],
    },
    "match": {
        "match_id": ids(),
        "change_id": ids(300),
        "document_id": ids(100),
        "commitment_id": [COMMITMENTS[number % 3] for number in range(ROWS)],
        "rule_id": ["match:essai"] * ROWS,
        "span_start": [0, 4, 0, 0, 2, 3],
        "span_end": [0, 9, 4, 5, 6, 7],
        "score": [1.0, 2.5, 0.0, 1.0, 3.0, 1.0],
        "confidence": [0.0, 1.0, 0.5, 0.9, 0.75, 0.2],
    },
    "alert": {
        "alert_id": ids(),
        "document_id": ids(100),
        "observation_id": ids(200),
        "before_clause_set_hash": hashes("a"),
        "after_clause_set_hash": hashes("b"),
        "changed_after": pd.Series([None, *days("2024-02-01")[1:]], dtype="datetime64[us, UTC]"),
        "changed_before": _TIMES,
        "is_sendable": [False] * ROWS,
        "state": ["in_force", "undone", "in_force_again", "in_force", "in_force", "in_force"],
        "state_since": _TIMES,
    },
}
