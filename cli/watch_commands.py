"""Commands of the data team: run a round, decide on what was refused, look at the bytes."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from cli.progress import err
from pipeline.settings import read_settings

out = Console(highlight=False)


class ReleaseDecision(StrEnum):
    """What becomes of a quarantined text."""

    accept = "accept"
    reject = "reject"


def watch(
    platform: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of platforms; without them, all that have active documents."),
    ] = None,
    run: Annotated[
        str, typer.Option(help="Name of the round; that of a round which broke off goes on with it.")
    ] = "",
) -> None:
    """Crawl a round: fetch pages, load them, fetch changed ones again. Publishes at its end, sends nothing."""
    from pipeline.name_run import name_run
    from pipeline.watch_round import watch_round

    summary = watch_round(
        read_settings(),
        run or name_run("watch"),
        platform or (),
        progress=lambda what: err.print(what, style="dim"),
    )
    counts = ", ".join(f"{count} {name}" for name, count in summary.fetches.most_common())
    out.print(
        f"pages: {counts or 'none'}; {summary.confirmed} documents fetched a second time", soft_wrap=True
    )
    for incident in summary.incidents:
        out.print(f"  {incident}", markup=False, soft_wrap=True)
    for failure in summary.failed:
        err.print(failure, style="red", markup=False, soft_wrap=True)
    if summary.failed:
        raise typer.Exit(1)


def release(
    quarantine_id: Annotated[list[int], typer.Argument(help="Ids in `quarantine_open`.")],
    decision: Annotated[ReleaseDecision, typer.Option(help="Take the text into the history, or not.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    by: Annotated[str, typer.Option(help="Who decides; default: the user's name.")] = "",
) -> None:
    """Decide on quarantined texts. Accepted ones are judged by the next `vigie detect`; publishes at its end."""
    from getpass import getuser

    from pipeline.release_quarantine import release_quarantine
    from warehouse.publish import publish

    settings = read_settings()
    released = release_quarantine(settings, quarantine_id, decision.value, reason, by or getuser())
    publish(settings.location)
    out.print(
        f"{released.decided} rows decided, {released.restored} texts restored, {released.documents} documents to "
        "be judged again",
        soft_wrap=True,
    )


def snapshot(
    snapshot_hash: Annotated[
        str, typer.Argument(help="Column `snapshot_hash` of tables fetch and snapshot.")
    ],
) -> None:
    """Write the bytes of a snapshot, as the page's server sent them, to standard output."""
    from pipeline.read_evidence import read_evidence

    sys.stdout.buffer.write(read_evidence(read_settings(), snapshot_hash))


def thin(
    trial: Annotated[bool, typer.Option("--trial", help="Only count what would go.")] = False,
) -> None:
    """Remove the bytes of captures older than 90 days whose text another kept capture shows; publishes at its end."""
    from pipeline.thin_captures import thin_captures
    from warehouse.publish import publish

    settings = read_settings()
    summary = thin_captures(settings, is_trial=trial)
    if summary.captures and not trial:
        publish(settings.location)
    freed = "would go" if trial else f"thinned, {summary.bytes_freed / 1e6:.1f} MB freed"
    out.print(f"{summary.captures} captures in {summary.files} WARC files {freed}", soft_wrap=True)
