"""The demo's rounds: its pages served by date on loopback, crawled, judged and told by the DAGs, round after round."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from demo.check_rounds import check_round
from demo.page_archive import PageArchive
from demo.read_rounds import Rounds
from demo.read_watched import read_watched
from demo.run_dags import run_round
from demo.serve_pages import serving
from demo.show_watch import show_due, show_round
from pipeline.settings import read_settings
from pipeline.tell_alerts import prepare_alerts

REPLAY = "VIGIE_REPLAY_URL"


def run_rounds(rounds: Rounds, log: Path, out: Console) -> list[str]:
    """Run every round and show it; returns what differs from the rounds' own expectations, as sentences.

    Raises:
        DagFailed: a DAG did not succeed. OSError: no port is free.
    """
    archive = PageArchive(rounds)
    differences: list[str] = []
    with serving(archive) as server:
        for number, at in enumerate(archive.moments, start=1):
            title = rounds.rounds[number - 1].title
            out.rule(f"[bold]Round {number}[/bold]: {at:%Y-%m-%d %H:%M} UTC, {title}", align="left")
            with _replaying(server.replay_url(at)):
                differences += _run_round(rounds, number, log, out)
    return differences


def _run_round(rounds: Rounds, number: int, log: Path, out: Console) -> list[str]:
    started = time.monotonic()
    for dag_id, _tasks in run_round(log):
        out.print(f"  [green]✓[/green] {dag_id}  [dim]{time.monotonic() - started:.0f} s[/dim]")
    settings = read_settings()
    watched = read_watched(settings, rounds, number)
    show_round(watched, out)
    since = rounds.rounds[number - 1].at
    due = [alert for alert in prepare_alerts(settings) if alert.is_sendable]
    show_due([alert for alert in due if alert.content.changed_before >= since], out)
    return check_round(settings, rounds, number, watched)


@contextmanager
def _replaying(url: str) -> Iterator[None]:
    before = os.environ.get(REPLAY)
    os.environ[REPLAY] = url
    try:
        yield
    finally:
        if before is None:
            del os.environ[REPLAY]
        else:
            os.environ[REPLAY] = before
