"""Replay a recorded history through the rules of today, in a scratch warehouse, and write what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.detect_changes import DetectionSummary, promote_changes, stage_changes
from pipeline.promote_staged import promote_staged
from pipeline.settings import Settings
from pipeline.stage_history import Progress, stage_history
from pipeline.staging import remove_run
from pipeline.validate_staged import validate_staged
from transforms.text_library import LEAST_TOLD
from warehouse.connect import open_build
from warehouse.fetch_rows import fetch_rows

VERDICTS = """
SELECT d.service, d.terms_type, o.observed_at, o.source_id, v.verdict, v.reason, v.is_alert AS alert
FROM verdict AS v
INNER JOIN observation AS o ON v.observation_id = o.observation_id
INNER JOIN document AS d ON v.document_id = d.document_id
WHERE v.superseded_at IS NULL
ORDER BY o.observed_at, d.service, d.terms_type
"""

# A comparison is told once, at the first observation that showed it.
CHANGES = """
WITH shown AS (
    SELECT v.comparison_id, min_by(o.observation_id, o.observed_at) AS observation_id
    FROM verdict AS v
    INNER JOIN observation AS o ON v.observation_id = o.observation_id
    WHERE v.superseded_at IS NULL AND v.comparison_id IS NOT NULL
    GROUP BY v.comparison_id
)

SELECT
    d.service, d.terms_type, o.observed_at, c.kind, c.nature, c.heading, c.clause_before AS before,
    c.clause_after AS after, (
        SELECT list(m.commitment_id ORDER BY m.confidence DESC, m.commitment_id)
        FROM match AS m
        WHERE m.change_id = c.change_id AND m.superseded_at IS NULL
    ) AS commitments,
    c.nature_rule AS rule, c.direction, c.facts
FROM change AS c
INNER JOIN shown AS s ON c.comparison_id = s.comparison_id
INNER JOIN observation AS o ON s.observation_id = o.observation_id
INNER JOIN document AS d ON c.document_id = d.document_id
WHERE c.superseded_at IS NULL
ORDER BY o.observed_at, d.service, d.terms_type, c.ordinal
"""

# What the messages say: matches that are sure enough to be told.
ALERTS = """
WITH told AS (
    SELECT change_id, list(commitment_id ORDER BY confidence DESC, commitment_id) AS commitments
    FROM match
    WHERE superseded_at IS NULL AND confidence >= ?
    GROUP BY change_id
)

SELECT
    d.service, d.terms_type, a.changed_before AS observed_at, a.before_clause_set_hash AS before_set,
    a.after_clause_set_hash AS after_set, a.state, list({
        'kind': c.kind, 'heading': c.heading, 'before': c.clause_before, 'after': c.clause_after,
        'direction': c.direction, 'commitments': t.commitments
    } ORDER BY c.ordinal) AS changes
FROM alert AS a
INNER JOIN document AS d ON a.document_id = d.document_id
INNER JOIN change AS c
    ON a.comparison_id = c.comparison_id AND c.superseded_at IS NULL AND c.nature = 'substantive'
INNER JOIN told AS t ON c.change_id = t.change_id
WHERE a.superseded_at IS NULL
GROUP BY ALL
ORDER BY observed_at, d.service, d.terms_type
"""


def replay_history(
    settings: Settings, source: str, out: Path, *, progress: Progress | None = None
) -> DetectionSummary:
    """Write `verdicts.jsonl`, `changes.jsonl` and `alerts.jsonl` of a recorded history into `out`.

    Raises:
        HistoryError: the source cannot be read or holds no recorded version.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="vigie-replay-") as scratch:
        home = Path(scratch)
        scratch_settings = settings.model_copy(update={"home": home, "data_dir": None, "warehouse": ""})
        folder = stage_history(scratch_settings, source, "replay", progress=progress)
        promote_staged(scratch_settings, validate_staged(scratch_settings, folder))
        remove_run(folder)
        folder = stage_changes(scratch_settings, "replay-changes")
        summary = promote_changes(scratch_settings, folder, "replay-changes")
        with open_build(scratch_settings.location, "write the replay") as con:
            _write(out / "verdicts.jsonl", fetch_rows(con, VERDICTS))
            _write(out / "changes.jsonl", map(_change, fetch_rows(con, CHANGES)))
            _write(out / "alerts.jsonl", fetch_rows(con, ALERTS, [LEAST_TOLD]))
    return summary


def _change(row: dict[str, Any]) -> dict[str, Any]:
    facts = [[fact["old"], fact["new"]] for fact in json.loads(row["facts"])]
    return row | {"facts": facts, "commitments": row["commitments"] or []}


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            line = row | {"observed_at": row["observed_at"].isoformat().replace("+00:00", "Z")}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
