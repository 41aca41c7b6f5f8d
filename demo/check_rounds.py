"""Compare what the warehouse says of a watched round with what the rounds declare; every difference is one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from demo.compare_verdict import Change, compare_verdict, read_changes
from demo.expect_rounds import Expected, expect_rounds
from demo.read_rounds import Rounds
from demo.read_watched import read_announced
from pipeline.settings import Settings


def check_round(
    settings: Settings, rounds: Rounds, number: int, watched: Sequence[dict[str, Any]]
) -> list[str]:
    """Differences after a round (from 1): in its observations, and in the alerts owed so far.

    `watched` are the observations of the round (`read_watched`).
    """
    found = {(row["declared_id"], row["part"]): row for row in watched}
    changes = read_changes(settings)
    differences = [f"{len(watched) - len(found)} observations too many"] if len(found) < len(watched) else []
    expected = [one for one in expect_rounds(rounds) if one.round_number <= number]
    for one in expected:
        if one.round_number != number:
            continue
        where = f"{one.document_id} ({one.part})"
        row = found.pop((one.document_id, one.part), None)
        if row is None:
            differences.append(f"{where}: not observed")
        else:
            told = changes.get(row["comparison_id"], [])
            differences += [f"{where}: {what}" for what in _compare(one, row, told)]
    differences += [f"{name} ({part}): observed, but not declared" for name, part in found]
    differences += _compare_alerts(expected, read_announced(settings, rounds))
    return [f"{rounds.file}, round {number}, {what}" for what in differences]


def _compare(expected: Expected, row: dict[str, Any], changes: Sequence[Change]) -> Iterator[str]:
    if row["verdict"] is None:
        yield "no verdict"
        return
    yield from compare_verdict(expected.expect, row, changes)
    if row["outcomes"] != expected.outcomes:
        yield f"expected fetches {', '.join(expected.outcomes)}, got {', '.join(row['outcomes']) or 'none'}"
    incident = expected.expect.incident
    if incident and incident not in row["reason"]:
        yield f"expected an incident about {incident!r}, got {row['reason']!r}"


def _compare_alerts(expected: Sequence[Expected], announced: Sequence[dict[str, Any]]) -> Iterator[str]:
    due = {(one.document_id, one.round_number) for one in expected if one.expect.alert}
    owed = [(row["declared_id"], row["round"]) for row in announced]
    for document, number in sorted(due - set(owed)):
        yield f"{document}: no alert of round {number} is owed"
    for document, number in sorted(set(owed) - due):
        yield f"{document}: an alert of round {number} that nobody declared"
    if len(owed) != len(set(owed)):
        yield f"{len(owed)} alerts are owed for {len(set(owed))} changes"
    for row in announced:
        if (row["state"], row["is_sendable"]) != ("in_force", True):
            yield f"{row['declared_id']}: its alert is {row['state']}, and sendable is {row['is_sendable']}"
