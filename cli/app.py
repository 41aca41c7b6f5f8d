"""The `vigie` command: everything the DAGs do, from a terminal, and the tools of rule writers."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.check_command import check
from cli.progress import err, progress_bar
from cli.rule_commands import assess, explain, label, rejudge
from cli.watch_commands import release, snapshot, thin, watch
from pipeline.settings import read_settings

app = typer.Typer(
    help="Vigie: a lookout over the contracts that marketplaces impose on their sellers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
out = Console(highlight=False)


@app.command()
def demo(
    history: Annotated[
        str,
        typer.Option(help="Only this recorded history: folder, git URL, bundle or zip."),
    ] = "",
) -> None:
    """Run invented pages, round by round, and recorded history through the DAGs in one process; show what came out."""
    from cli.launch_demo import launch_demo

    launch_demo(read_settings(), history)


@app.command()
def platforms() -> None:
    """Show the watched platforms: charter status today, documents by state."""
    from charter.load import load_platforms
    from pipeline.list_platforms import list_platforms

    out.print(list_platforms(load_platforms(read_settings().platforms)))


@app.command("import")
def import_(
    source: Annotated[
        str, typer.Argument(help="Versions repository (folder, git URL, bundle) or dataset zip/folder.")
    ],
    collection: Annotated[str, typer.Option(help="Name of the origin; default: the source's name.")] = "",
    attribution: Annotated[str, typer.Option(help="Attribution; default: Open Terms Archive's.")] = "",
) -> None:
    """Load a recorded history as observations at their dates. Publishes at its end, sends nothing."""
    from pipeline.import_history import import_history
    from pipeline.name_run import name_run

    with progress_bar("Reading recorded versions") as progress:
        summary = import_history(
            read_settings(),
            source,
            name_run("import"),
            collection=collection,
            attribution=attribution,
            progress=progress,
        )
    out.print(
        f"{summary.origin}: {summary.seen} recorded versions read, [bold]{summary.loaded} loaded[/bold], "
        f"{summary.seen - summary.loaded} known already, {summary.quarantined} quarantined",
        soft_wrap=True,
    )


@app.command()
def detect(
    everything: Annotated[
        bool, typer.Option("--all", help="Fold every document again, with today's rules.")
    ] = False,
) -> None:
    """Fold new observations into verdicts, versions, changes and alerts due. Sends nothing."""
    from pipeline.detect_changes import detect_changes
    from pipeline.name_run import name_run

    with progress_bar("Folding documents") as progress:
        summary = detect_changes(
            read_settings(), name_run("detect"), everything=everything, progress=progress
        )
    verdicts = ", ".join(f"{count} {name}" for name, count in summary.verdicts.most_common())
    out.print(
        f"{summary.documents} documents folded: {verdicts or 'nothing new'}; {summary.alerts} alerts due"
    )


@app.command()
def replay(
    source: Annotated[str, typer.Argument(help="Recorded history, as for `vigie import`.")],
    to: Annotated[
        Path, typer.Option("--out", help="Folder for verdicts.jsonl, changes.jsonl and alerts.jsonl.")
    ],
) -> None:
    """Run today's rules over a recorded history in a scratch warehouse."""
    from pipeline.replay_history import replay_history

    with progress_bar("Replaying") as progress:
        summary = replay_history(read_settings(), source, to, progress=progress)
    out.print(
        f"{sum(summary.verdicts.values())} verdicts, {summary.alerts} alerts, written to {to}", soft_wrap=True
    )


@app.command()
def extract(
    file: Path,
    declaration: Annotated[
        Path, typer.Option(help="Platform file (.yml) or Open Terms Archive declaration (.json).")
    ],
    terms: Annotated[str, typer.Option(help="Terms type, or document id of a platform file.")],
    at: Annotated[datetime | None, typer.Option(help="Use the declaration valid on this day.")] = None,
) -> None:
    """Print the Markdown of an HTML file under a declaration."""
    from pipeline.extract_file import extract_file

    sys.stdout.write(extract_file(file, declaration, terms, at.date() if at else None))


@app.command()
def sql(query: Annotated[str, typer.Argument(help="One statement; without it, a prompt.")] = "") -> None:
    """Query the published warehouse, read-only."""
    from cli.query_warehouse import query_warehouse

    query_warehouse(read_settings().location, query, out)


for command in (watch, check, release, snapshot, thin, label, assess, explain, rejudge):
    app.command()(command)


def main() -> None:
    """Entry point: errors of input are one clear line on stderr and exit code 2, not a traceback."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        app()
    except (ValueError, OSError) as error:
        err.print(f"vigie: {type(error).__name__}: {error}", markup=False, style="red", soft_wrap=True)
        raise SystemExit(2) from error
