"""The demo: recorded history through the DAGs in one process, told on the terminal and checked against its script.

Run by `vigie demo`, which prepares Airflow's home first: `python -m demo.run_demo [HISTORY]`.
"""

from __future__ import annotations

import shutil
import sys
import time
from datetime import UTC
from pathlib import Path

from rich.console import Console

from crawlers.read_history import read_history
from demo.build_history import Script, build_texts, read_script, write_history
from demo.check_outcome import check_outcome
from demo.run_dags import DagFailed, run_dags
from demo.show_rounds import (
    read_verdicts,
    show_alerts,
    show_documents,
    show_rounds,
    show_totals,
    show_validations,
)
from pipeline.settings import Settings, read_settings
from pipeline.tell_alerts import prepare_alerts

SCRIPT = Path(__file__).parent / "script.yml"
COLLECTION = "demo"
ATTRIBUTION = "Places de marché et textes inventés pour la démonstration de Vigie"


def run_demo(settings: Settings, history: str, out: Console) -> int:
    """Run the demo, or a history given by the user; 0 when the outcome is the one that the script declares.

    Raises:
        DagFailed: a DAG did not succeed.
    """
    script = None if history else read_script(SCRIPT)
    source = history if script is None else str(write_demo_history(settings, script))
    names = {} if script is None else {"collection": COLLECTION, "attribution": ATTRIBUTION}
    # A source that cannot be read is told at once and by name, not by a failed task.
    read_history(source, settings.data_folder / "archives")
    log = settings.home / "airflow" / "logs" / "demo.log"
    out.print(f"Recorded history [bold]{source}[/bold] through the DAGs (Airflow's own log: {log})")
    started = time.monotonic()
    for dag_id, tasks in run_dags(source, log, **names):
        out.print(
            f"  [green]✓[/green] {dag_id}: {', '.join(tasks)}  [dim]{time.monotonic() - started:.0f} s[/dim]"
        )
    verdicts = read_verdicts(settings)
    if script is None:
        show_documents(verdicts, out)
    else:
        show_rounds(verdicts, round_titles(script), out)
    show_totals(verdicts, out)
    show_validations(settings, out)
    alerts = prepare_alerts(settings)
    show_alerts(alerts, out)
    show_places(settings, history, out)
    if script is None:
        return 0
    differences = check_outcome(settings, script, verdicts)
    for difference in differences:
        out.print(f"[red]differs from the script:[/red] {difference}")
    if not differences:
        out.print(f"[green]The outcome is the one that {SCRIPT.name} declares.[/green]")
    return 1 if differences else 0


def round_titles(script: Script) -> dict[str, str]:
    """Title of each round by its time (ISO 8601, UTC)."""
    return {
        current.at.astimezone(UTC).isoformat(): f"{current.at:%Y-%m-%d %H:%M} UTC - {current.title}"
        for current in script.rounds
    }


def write_demo_history(settings: Settings, script: Script) -> Path:
    """Write the invented history afresh and forget earlier demos, so that each shows the same."""
    for name in ("data", "history"):
        shutil.rmtree(settings.home / name, ignore_errors=True)
    for path in settings.home.glob("warehouse*.duckdb*"):
        path.unlink()
    folder = settings.home / "history"
    write_history(folder, build_texts(script))
    return folder


def show_places(settings: Settings, history: str, out: Console) -> None:
    """Where everything lies, and how to go on."""
    data = settings.data_folder
    places = {
        "messages": data / "previews" / "index.html",
        "validation": data / "data_docs" / "site" / "index.html",
        "warehouse": settings.location.published_path or settings.location,
    }
    for name, place in places.items():
        out.print(f"  {name:11} {place}", soft_wrap=True)
    home = settings.home
    out.print(f'  query       VIGIE_HOME={home} .venv/bin/vigie sql "from alert_feed"', soft_wrap=True)
    command = f"VIGIE_HOME={home} make airflow" if history else "make airflow"
    out.print(f"  Airflow UI  {command}\n", soft_wrap=True)


def main() -> int:
    """Entry point of the process that `vigie demo` becomes."""
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    try:
        return run_demo(read_settings(), sys.argv[1] if len(sys.argv) > 1 else "", out)
    except (DagFailed, ValueError, OSError) as error:
        out.print(f"vigie demo: {error}", style="red", markup=False, soft_wrap=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
