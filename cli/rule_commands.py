"""Commands of whoever writes rules: label, assess, explain, and what a change of rules would do to past alerts."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.progress import progress_bar
from pipeline.settings import read_settings

out = Console(highlight=False)


class Subject(StrEnum):
    """What labels are about."""

    clauses = "clauses"
    changes = "changes"
    facts = "facts"
    alerts = "alerts"


class Split(StrEnum):
    """Half of the labelled platforms: those that rules are written from, and those of the first look."""

    tune = "tune"
    check = "check"
    both = "both"


def label(subject: Subject, source: Path, target: Path) -> None:
    """Write predictions for rows like the labelled ones (JSON lines in, JSON lines out)."""
    from pipeline.assess_labels import label_file

    out.print(
        f"{label_file(subject.value, source, target)} rows labelled, written to {target}", soft_wrap=True
    )


def assess(
    subject: Subject,
    labels: Path,
    split: Annotated[
        Split | None,
        typer.Option(help="Only the platforms of this half (SPLIT.json), or each half by itself."),
    ] = None,
    history: Annotated[
        str, typer.Option(help="Recorded history that holds the texts of labels which are keyed by hash.")
    ] = "",
) -> None:
    """Compare predictions with labels: precision, recall, F1 (micro, macro, per commitment), misses and false hits as
    JSON."""
    from pipeline.assess_alerts import assess_alerts
    from pipeline.assess_labels import assess_splits

    if subject is Subject.alerts:
        each = [assess_alerts(read_settings(), labels, history)]
    else:
        splits = ("tune", "check") if split is Split.both else (split.value if split else None,)
        each = assess_splits(subject.value, labels, splits, history=history, settings=read_settings())
    typer.echo(json.dumps(each[0] if len(each) == 1 else each, ensure_ascii=False, indent=1))


def explain(
    text: Annotated[str, typer.Argument(help="The clause.")],
    heading: Annotated[str, typer.Option(help='Heading path, levels joined by " > ".')] = "",
    lead_in: Annotated[str, typer.Option(help="Lead-in sentence, for a list item.")] = "",
    terms: Annotated[str, typer.Option(help="Terms type.")] = "Marketplace Sellers Conditions",
    platform: Annotated[str, typer.Option(help="Name of the platform, as its texts say it.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639-1 code; default: recognised.")] = "",
    before: Annotated[str | None, typer.Option(help="The clause as it was: explains the change.")] = None,
) -> None:
    """Show which rules fire on a clause and why: commitments with every weight, quantities, the change from BEFORE."""
    from cli.show_explanation import show_explanation
    from pipeline.explain_text import explain_text

    explained = explain_text(
        text,
        heading=heading,
        lead_in=lead_in,
        terms_type=terms,
        platform_name=platform,
        language=language,
        before=before,
    )
    show_explanation(explained, text, out)


def rejudge() -> None:
    """Show how past alerts would differ under today's rules. Changes nothing in the warehouse, sends nothing."""
    from pipeline.name_run import name_run
    from pipeline.rejudge_alerts import rejudge_alerts

    with progress_bar("Judging again") as progress:
        judged = rejudge_alerts(read_settings(), name_run("rejudge"), progress=progress)
    if judged.differences:
        table = Table("day", "document", "today", "commitments recorded", "commitments today")
        for item in judged.differences:
            table.add_row(
                item.changed_before.date().isoformat(),
                f"{item.service} / {item.terms_type} ({item.origin})",
                {"gone": "no alert any more", "new": "a new alert", "other": "other commitments"}[item.what],
                ", ".join(item.before),
                ", ".join(item.after),
            )
        out.print(table)
    out.print(
        f"{judged.same} alerts as recorded, {len(judged.differences)} differ; nothing was changed or sent. "
        "`vigie detect --all` records today's judgement; it does not send what earlier rules passed over.",
        soft_wrap=True,
    )
