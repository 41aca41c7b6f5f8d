"""What the terminal shows of a recorded history: documents with what was seen and suppressed, alerts that are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from alerts.preview import render_terminal
from demo.compare_verdict import read_rows
from pipeline.outbox import PreparedAlert
from pipeline.settings import Settings
from warehouse.query_published import query_published

SUPPRESSED = ("cosmetic", "oscillation", "quarantined", "technical", "unreachable", "policy_blocked")
# A long history is told by document; its alerts beyond this number are left to the preview's index.
MOST_ALERTS = 12

VERDICTS = """
SELECT
    o.observed_at, d.service, d.terms_type, v.verdict, v.reason, v.is_alert, v.noise_classes, v.comparison_id
FROM verdict AS v
INNER JOIN observation AS o ON v.observation_id = o.observation_id
INNER JOIN document AS d ON v.document_id = d.document_id
WHERE v.superseded_at IS NULL AND d.origin <> 'live'
ORDER BY o.observed_at, d.service, d.terms_type
"""


def read_verdicts(settings: Settings) -> list[dict[str, Any]]:
    """Verdicts in force of recorded documents with their observation, by time."""
    return read_rows(settings, VERDICTS)


def show_documents(verdicts: Sequence[dict[str, Any]], out: Console) -> None:
    """One row per document: observations, versions of substance, what was suppressed, alerts."""
    table = Table(title="Documents", title_justify="left", title_style="bold")
    for column in (
        "document",
        "observed",
        "changed",
        "cosmetic",
        "oscillation",
        "quarantined",
        "technical",
        "alerts",
    ):
        table.add_column(column, justify="left" if column == "document" else "right")
    names = sorted({(verdict["service"], verdict["terms_type"]) for verdict in verdicts})
    are_alike = len({terms_type for _, terms_type in names}) == 1
    for service, terms_type in names:
        mine = [v for v in verdicts if (v["service"], v["terms_type"]) == (service, terms_type)]
        counts = [sum(v["verdict"] == name for v in mine) for name in
                  ("changed", "cosmetic", "oscillation", "quarantined", "technical")]  # fmt: skip
        name = service if are_alike else f"{service} - {terms_type}"
        table.add_row(name, *map(str, [len(mine), *counts, sum(v["is_alert"] for v in mine)]))
    out.print(table)


def show_totals(verdicts: Sequence[dict[str, Any]], out: Console) -> None:
    """How many observations were seen, how many suppressed and under which verdict, how many alert."""
    counts = {name: sum(v["verdict"] == name for v in verdicts) for name in SUPPRESSED}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none"
    alerts = sum(v["is_alert"] for v in verdicts)
    out.print(
        f"\n[bold]{len(verdicts)}[/bold] observations; suppressed: {told}; [bold]{alerts}[/bold] alerts due\n"
    )


def show_validations(settings: Settings, out: Console) -> None:
    """The suites of expectations that ran, and what they refused."""
    result = query_published(
        settings.location,
        "SELECT suite, count(*), sum(row_count), sum(failed_count), max(failed_expectations) FROM validation "
        "GROUP BY 1 ORDER BY 1",
    )
    table = Table(title="Validated before promotion", title_justify="left", title_style="bold")
    for column in ("suite", "runs", "rows", "refused", "expectation that failed"):
        table.add_column(column)
    for suite, runs, rows, failed, expectations in result.rows:
        table.add_row(suite, str(runs), str(rows), str(failed), expectations or "")
    out.print(table)


def show_alerts(alerts: Sequence[PreparedAlert], out: Console) -> None:
    """The messages that are due, as the channel would show them; the newest ones of a long history."""
    hidden = max(0, len(alerts) - MOST_ALERTS)
    if hidden:
        out.print(f"[dim]{hidden} older alerts are in the preview; the newest {MOST_ALERTS}:[/dim]")
    for alert in alerts[hidden:]:
        out.print(render_terminal(alert.message))


def colour_verdict(verdict: dict[str, Any]) -> str:
    """A verdict in the colour of what it asks for."""
    name = verdict["verdict"]
    if verdict["is_alert"]:
        return f"[bold red]{name}, alert[/bold red]"
    colours = {"changed": "yellow", "quarantined": "magenta", "oscillation": "cyan", "cosmetic": "green"}
    return f"[{colours[name]}]{name}[/]" if name in colours else name
