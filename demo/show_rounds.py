"""What the terminal shows: rounds with what was seen and suppressed, then the alerts that are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from alerts.preview import render_terminal
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
WHERE v.superseded_at IS NULL
ORDER BY o.observed_at, d.service, d.terms_type
"""


def read_verdicts(settings: Settings) -> list[dict[str, Any]]:
    """Verdicts in force with their observation, by time."""
    result = query_published(settings.location, VERDICTS)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def show_rounds(verdicts: Sequence[dict[str, Any]], titles: dict[str, str], out: Console) -> None:
    """One table per round: every observation with its verdict and reason. `titles` maps a time to a round's title."""
    for at in sorted({verdict["observed_at"].isoformat() for verdict in verdicts}):
        table = Table(title=titles.get(at, at), title_justify="left", title_style="bold", expand=True)
        table.add_column("marketplace", ratio=2)
        table.add_column("verdict", ratio=1)
        table.add_column("why", ratio=5)
        for verdict in verdicts:
            if verdict["observed_at"].isoformat() == at:
                table.add_row(verdict["service"], _colour(verdict), verdict["reason"])
        out.print(table)


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
    for service, terms_type in names:
        mine = [v for v in verdicts if (v["service"], v["terms_type"]) == (service, terms_type)]
        counts = [sum(v["verdict"] == name for v in mine) for name in
                  ("changed", "cosmetic", "oscillation", "quarantined", "technical")]  # fmt: skip
        table.add_row(
            f"{service} - {terms_type}", *map(str, [len(mine), *counts, sum(v["is_alert"] for v in mine)])
        )
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


def _colour(verdict: dict[str, Any]) -> str:
    name = verdict["verdict"]
    if verdict["is_alert"]:
        return f"[bold red]{name}, alert[/bold red]"
    colours = {"changed": "yellow", "quarantined": "magenta", "oscillation": "cyan", "cosmetic": "green"}
    return f"[{colours[name]}]{name}[/]" if name in colours else name
