"""What the terminal shows of a watched round: pages fetched, what was suppressed, incidents, what is due to be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from alerts.model import AlertedChange
from alerts.preview import render_terminal
from demo.rounds_model import INCIDENTS
from demo.show_rounds import colour_verdict
from pipeline.outbox import PreparedAlert

# Verdicts that say nothing new: counted, not listed.
QUIET = ("baseline", "unchanged")
COLOURS = {"worse": "red", "better": "green"}
MOST_CHARS = 60


def show_round(watched: Sequence[dict[str, Any]], out: Console) -> None:
    """The observations of a round (`read_watched`), in as few lines as they need; alerts are left to `show_due`."""
    first = [row for row in watched if row["part"] == "watch"]
    outcomes = Counter(outcome for row in first for outcome in row["outcomes"])
    told = ", ".join(f"{count} {_plain(name)}" for name, count in outcomes.most_common())
    platforms = _count(len({row["platform"] for row in first}), "platform")
    documents, pages = _count(len(first), "document"), _count(outcomes.total(), "page")
    out.print(f"  {platforms}, {documents}, {pages}: {told}")
    notes = Counter(row["verdict"] for row in first if row["verdict"] in QUIET)
    again = len(watched) - len(first)
    quiet = [f"{count} {name}" for name, count in notes.items()]
    asked = [f"{again} fetched again before anybody is told"] if again else []
    out.print(f"  documents: {', '.join(quiet + asked)}\n")
    listed = [row for row in first if row["verdict"] not in QUIET and not row["is_alert"]]
    _show(out, "Seen, and not worth a message", [row for row in listed if row["verdict"] not in INCIDENTS])
    _show(out, "Incidents, for the data team", [row for row in listed if row["verdict"] in INCIDENTS])


def show_due(alerts: Sequence[PreparedAlert], out: Console) -> None:
    """The alerts that a round owes to stakeholders: all in a table, one as the channel shows it."""
    if not alerts:
        out.print("  [green]Nothing is due to stakeholders.[/green]\n")
        return
    table = _table(
        f"{_count(len(alerts), 'alert')} due to stakeholders", "marketplace", "commitment", "change", "words"
    )
    for alert in alerts:
        for change in alert.content.changes:
            commitments = "\n".join(touched.commitment_id for touched in change.commitments)
            kind = Text(f"{change.kind}, ").append(change.direction, COLOURS.get(change.direction, ""))
            table.add_row(alert.content.platform_name, commitments, kind, _words(change))
    out.print(table)
    out.print("\n  One of the messages, as the channel shows it:")
    # One with figures says most.
    shown = max(alerts, key=lambda alert: sum(len(change.facts) for change in alert.content.changes))
    out.print(render_terminal(shown.message))
    out.print()


def _show(out: Console, title: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = _table(title, "document", "pages", "verdict", "why")
    for row in rows:
        pages = ", ".join(dict.fromkeys(map(_plain, row["outcomes"])))
        is_terms = str(row["declared_id"]).endswith("/seller_terms")
        name = row["platform"] if is_terms else f"{row['platform']}: {row['title']}"
        table.add_row(name, pages, colour_verdict(row), Text(row["reason"]))
    out.print(table)
    out.print()


def _table(title: str, first: str, *others: str) -> Table:
    """The first column and the last share what the others leave."""
    table = Table(
        title=title, title_justify="left", title_style="bold", expand=True, box=None, padding=(0, 1)
    )
    table.add_column(first, ratio=4, header_style="dim")
    for name in others[:-1]:
        table.add_column(name, no_wrap=True, header_style="dim")
    table.add_column(others[-1], ratio=7, header_style="dim")
    return table


def _words(change: AlertedChange) -> Text:
    """What a change says, in a line: its figures, else the words that went and came."""
    if change.facts:
        return Text("; ".join(f"{fact.old or '-'} → {fact.new or '-'}" for fact in change.facts))
    if not change.before or not change.after:
        sign, text, style = ("+", change.after, "green") if change.after else ("-", change.before, "red")
        return Text(f"{sign} {_short(text)}", style)
    parts = [_edit(edit.before, edit.after) for edit in change.edits if edit.op != "equal"]
    return Text(" ").join(parts)


def _edit(before: str, after: str) -> Text:
    gone, come = _short(before), _short(after)
    if gone and come:
        return Text(gone, "red strike").append(" → ", "not strike default").append(come, "not strike green")
    return Text(f"- {gone}", "red") if gone else Text(f"+ {come}", "green")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_CHARS else f"{text[: MOST_CHARS - 1].rstrip()}…"


def _count(number: int, name: str) -> str:
    return f"1 {name}" if number == 1 else f"{number} {name}s"


def _plain(name: str) -> str:
    return name.replace("_", " ")
