"""One verdict beside what was declared for it; every difference is one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from demo.script_model import Expect
from pipeline.settings import Settings
from warehouse.query_published import query_published

CHANGES = """
SELECT c.comparison_id, c.change_id, c.kind, c.nature, c.direction, m.commitment_id
FROM change AS c
LEFT JOIN match AS m ON c.change_id = m.change_id AND m.superseded_at IS NULL
WHERE c.superseded_at IS NULL
"""


@dataclass(slots=True)
class Change:
    """One change of a comparison, with the commitments that it touches."""

    kind: str
    nature: str
    direction: str
    commitments: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.kind}, {self.direction}, {', '.join(sorted(self.commitments)) or 'no commitment'}"


def read_rows(settings: Settings, query: str) -> list[dict[str, Any]]:
    """Rows of the published warehouse by column name."""
    result = query_published(settings.location, query)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def read_changes(settings: Settings) -> dict[int, list[Change]]:
    """The changes of every comparison."""
    changes: dict[int, dict[int, Change]] = defaultdict(dict)
    for row in read_rows(settings, CHANGES):
        change = Change(row["kind"], row["nature"], row["direction"])
        change = changes[row["comparison_id"]].setdefault(row["change_id"], change)
        change.commitments.update({row["commitment_id"]} - {None})
    return {comparison: list(found.values()) for comparison, found in changes.items()}


def compare_verdict(expect: Expect, verdict: dict[str, Any], changes: Collection[Change]) -> Iterator[str]:
    """Differences between a verdict (a row with its reason, noise and alert) and what was declared for it."""
    if verdict["verdict"] != expect.verdict:
        yield f"expected {expect.verdict}, got {verdict['verdict']} ({verdict['reason']})"
        return
    classes = {name for name in verdict["noise_classes"].split(", ") if name}
    if expect.noise and classes != set(expect.noise):
        yield f"expected noise {sorted(expect.noise)}, got {sorted(classes)}"
    if verdict["is_alert"] != expect.alert:
        yield f"expected {'an' if expect.alert else 'no'} alert ({verdict['reason']})"
    natures = {change.nature for change in changes} - {"noise"}
    if expect.nature and natures != {expect.nature}:
        yield f"expected changes of nature {expect.nature}, got {sorted(natures)}"
    if expect.alert and not any(
        change.nature == "substantive"
        and (change.kind, change.direction) == (expect.kind, expect.direction)
        and change.commitments >= set(expect.commitments)
        for change in changes
    ):
        wanted = f"{expect.kind}, {expect.direction}, {', '.join(expect.commitments)}"
        yield f"no announced change is {wanted}; there are {'; '.join(map(str, changes)) or 'none'}"
