"""`vigie check`: does what a platform file declares still work?"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from pipeline.settings import read_settings

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def check(
    platform: Annotated[str, typer.Argument(help="Id of a platform file.")],
    live: Annotated[
        bool,
        typer.Option("--live", help="Fetch the real sites, also documents to verify; needs VIGIE_CONTACT."),
    ] = False,
    document: Annotated[
        list[str] | None,
        typer.Option(help="Only this document (may be repeated); the platform may be left out."),
    ] = None,
) -> None:
    """Check the declarations of a platform: reachable, selectors, length, language, phrases, the same text twice.

    Without --live nothing is asked of a site: VIGIE_REPLAY_URL is used where it is set, else the newest captures.
    Nothing is loaded. Exit code 1: something that is watched does not work.
    """
    from cli.show_check import show_check
    from pipeline.check_platform import check_platform
    from pipeline.name_run import name_run

    report = check_platform(
        read_settings(),
        platform,
        name_run("check"),
        live=live,
        documents=document or (),
        progress=lambda what: err.print(what, style="dim"),
    )
    show_check(report, out)
    if report.is_broken:
        raise typer.Exit(1)
