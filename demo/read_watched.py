"""What the warehouse holds of one watched round: observations with verdict and fetch outcomes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from demo.compare_verdict import read_rows
from demo.read_rounds import Rounds
from pipeline.settings import Settings

OBSERVATIONS = """
SELECT
    d.declared_id, p.name AS platform, d.title, d.origin, o.observation_id, o.observed_at, o.source_id, v.verdict,
    v.reason, v.noise_classes, v.is_alert, v.comparison_id
FROM observation AS o
INNER JOIN document AS d ON o.document_id = d.document_id
INNER JOIN platform AS p ON d.platform_id = p.platform_id
LEFT JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
WHERE d.origin = 'live'
ORDER BY d.platform_id, d.declared_id, o.observed_at
"""
# The last attempt at each page decides.
FETCHES = """
SELECT observation_id, page, arg_max(outcome, attempt) AS outcome
FROM "fetch"
GROUP BY observation_id, page
ORDER BY observation_id, page
"""
ALERTS = """
SELECT d.declared_id, a.changed_before AS observed_at, a.state, a.is_sendable
FROM alert AS a
INNER JOIN document AS d ON a.document_id = d.document_id
WHERE a.superseded_at IS NULL AND d.origin = 'live'
"""


def read_watched(settings: Settings, rounds: Rounds, number: int) -> list[dict[str, Any]]:
    """Observations of a round (from 1) by platform, document and time.

    Each has `part` ("watch", or "confirm" for the second fetch) and `outcomes`, those of its pages in order.
    """
    outcomes: dict[int, list[str]] = defaultdict(list)
    for fetch in read_rows(settings, FETCHES):
        outcomes[fetch["observation_id"]].append(fetch["outcome"])
    return [
        row
        | {"part": row["source_id"].rpartition("/")[2], "outcomes": tuple(outcomes[row["observation_id"]])}
        for row in read_rows(settings, OBSERVATIONS)
        if _round_of(rounds, row) == number
    ]


def read_announced(settings: Settings, rounds: Rounds) -> list[dict[str, Any]]:
    """Alerts of watched documents, each with its `round` (from 1)."""
    return [row | {"round": _round_of(rounds, row)} for row in read_rows(settings, ALERTS)]


def _round_of(rounds: Rounds, row: dict[str, Any]) -> int:
    return sum(current.at <= row["observed_at"] for current in rounds.rounds)
