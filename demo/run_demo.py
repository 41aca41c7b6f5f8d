"""The demo: dated rounds of invented pages, then recorded history, through the DAGs in one process; told on the
terminal and checked against what `rounds.yml` and `script.yml` declare.

Run by `vigie demo`, which prepares Airflow's home first: `python -m demo.run_demo [HISTORY]`.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from rich.console import Console

from crawlers.read_history import read_history
from demo.build_history import Script, build_texts, read_script, write_history
from demo.check_outcome import check_outcome
from demo.read_rounds import read_rounds
from demo.run_dags import DagFailed, run_dags
from demo.run_rounds import run_rounds
from demo.show_rounds import read_verdicts, show_alerts, show_documents, show_totals, show_validations
from pipeline.settings import Settings, read_settings
from pipeline.tell_alerts import prepare_alerts

SCRIPT = Path(__file__).parent / "script.yml"
COLLECTION = "demo"
ATTRIBUTION = "Places de marché et textes inventés pour la démonstration de Vigie"


def run_demo(settings: Settings, out: Console) -> int:
    """Run the demo; 0 when the outcome is the one that its rounds and its script declare.

    Raises:
        DagFailed: a DAG did not succeed.
    """
    rounds, script = read_rounds(), read_script(SCRIPT)
    source = write_demo_history(settings, script)
    log = log_file(settings)
    out.print(f"[dim]Airflow's own log: {log}[/dim]", soft_wrap=True)
    differences = run_rounds(rounds, log, out)
    out.rule("[bold]Recorded history[/bold]: what an archive of versions gives", align="left")
    import_history(str(source), log, out, collection=COLLECTION, attribution=ATTRIBUTION)
    verdicts = read_verdicts(settings)
    show_documents(verdicts, out)
    show_totals(verdicts, out)
    show_places(settings, "make airflow", out)
    differences += check_outcome(settings, script, verdicts)
    for difference in differences:
        out.print(f"[red]not as declared:[/red] {difference}", soft_wrap=True)
    if not differences:
        out.print("[green]The outcome is the one that rounds.yml and script.yml declare.[/green]")
    return 1 if differences else 0


def run_history(settings: Settings, history: str, out: Console) -> int:
    """Run a history given by the user, and show everything that came of it.

    Raises:
        DagFailed: a DAG did not succeed. ValueError, OSError: the history cannot be read.
    """
    # A source that cannot be read is told at once and by name, not by a failed task.
    read_history(history, settings.data_folder / "archives")
    log = log_file(settings)
    out.print(f"Recorded history [bold]{history}[/bold] through the DAGs (Airflow's own log: {log})")
    import_history(history, log, out)
    verdicts = read_verdicts(settings)
    show_documents(verdicts, out)
    show_totals(verdicts, out)
    show_validations(settings, out)
    show_alerts(prepare_alerts(settings), out)
    show_places(settings, f"VIGIE_HOME={settings.home} make airflow", out)
    return 0


def import_history(source: str, log: Path, out: Console, **names: str) -> None:
    """Import a history, detect changes, prepare alerts, with a line for each DAG.

    Raises:
        DagFailed: a DAG did not succeed.
    """
    started = time.monotonic()
    for dag_id, _tasks in run_dags(source, log, **names):
        out.print(f"  [green]✓[/green] {dag_id}  [dim]{time.monotonic() - started:.0f} s[/dim]")


def write_demo_history(settings: Settings, script: Script) -> Path:
    """Write the invented history afresh and forget earlier demos, so that each shows the same."""
    for name in ("data", "history"):
        shutil.rmtree(settings.home / name, ignore_errors=True)
    for path in settings.home.glob("warehouse*.duckdb*"):
        path.unlink()
    folder = settings.home / "history"
    write_history(folder, build_texts(script))
    return folder


def log_file(settings: Settings) -> Path:
    """Where Airflow's own output goes."""
    return settings.home / "airflow" / "logs" / "demo.log"


def show_places(settings: Settings, airflow: str, out: Console) -> None:
    """Where everything lies, and how to go on."""
    data = settings.data_folder
    places = {
        "messages": data / "previews" / "index.html",
        "validation": data / "data_docs" / "site" / "index.html",
        "warehouse": settings.location.published_path or settings.location,
    }
    for name, place in places.items():
        out.print(f"  {name:11} {place}", soft_wrap=True)
    out.print(
        f'  query       VIGIE_HOME={settings.home} .venv/bin/vigie sql "from alert_feed"', soft_wrap=True
    )
    out.print(f"  Airflow UI  {airflow}\n", soft_wrap=True)


def main() -> int:
    """Entry point of the process that `vigie demo` becomes."""
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    history = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        settings = read_settings()
        return run_history(settings, history, out) if history else run_demo(settings, out)
    except (DagFailed, ValueError, OSError) as error:
        out.print(f"vigie demo: {error}", style="red", markup=False, soft_wrap=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
