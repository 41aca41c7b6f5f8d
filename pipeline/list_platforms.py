"""The table of watched platforms, as `vigie platforms` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

from rich.table import Table

from charter.documents import State
from charter.platforms import Platform
from charter.status import status_on

STATES: tuple[State, ...] = get_args(State)
# Statuses change on days as France counts them.
PARIS = ZoneInfo("Europe/Paris")


def list_platforms(platforms: Sequence[Platform], day: date | None = None) -> Table:
    """One row a platform: charter status on a day (today in Paris by default), documents by state, names in
    archives.

    The last row counts: platforms, signatories, documents by state, active documents.
    """
    on = day or datetime.now(PARIS).date()
    table = Table(title=f"Platforms on {on.isoformat()}")
    for header in ("Platform", "Charter status", "Documents by state"):
        table.add_column(header)
    table.add_column("Active", justify="right")
    table.add_column("Open Terms Archive")
    for platform in platforms:
        states = count_states([platform])
        table.add_row(
            platform.name,
            status_on(platform, on),
            describe_states(states),
            str(states["active"]),
            ", ".join(platform.ota_names) or "-",
        )
    table.add_section()
    states = count_states(platforms)
    signatories = sum(status_on(platform, on) != "none" for platform in platforms)
    table.add_row(
        f"Total: {len(platforms)}",
        f"{signatories} signed or joined",
        f"{states.total()} documents: {describe_states(states)}",
        str(states["active"]),
        f"{sum(len(platform.ota_names) for platform in platforms)} in all",
        style="bold",
    )
    return table


def count_states(platforms: Iterable[Platform]) -> Counter[State]:
    """How many documents are in each state."""
    return Counter(document.state for platform in platforms for document in platform.documents)


def describe_states(states: Counter[State]) -> str:
    """Counts as one line, in the order in which states are defined; "none known" without a document."""
    return ", ".join(f"{states[state]} {state}" for state in STATES if states[state]) or "none known"
