"""An explained clause in the terminal: the commitments considered, each rule with its weight and the words it read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipeline.explain_text import TextExplanation
from transforms.explain_match import Explanation
from transforms.fire_cues import Firing
from transforms.model import AssessedChange, Edit, Match, Quantity


def show_explanation(explained: TextExplanation, text: str, out: Console) -> None:
    """Print an explanation; `text` is the clause that the spans refer to."""
    context = explained.context
    audience = f"{context.terms_type}, for {context.audience}" if context.terms_type else context.audience
    out.print(Text(f"read as {context.language or 'unknown language'}, {audience}\n", style="dim"))
    matches = {match.commitment_id: match for match in explained.matches}
    if not explained.considered:
        out.print("No rule of any commitment fires.")
    for item in explained.considered:
        out.print(_title(item, matches.get(item.commitment_id), context.audience))
        out.print(_addends(item, text))
    if explained.quantities:
        out.print(_quantities(explained.quantities))
    if explained.change is not None:
        _show_change(explained.change, out)


def _title(item: Explanation, match: Match | None, audience: str) -> Rule:
    score = f"{item.score:.2f} of {item.threshold:.2f}"
    if match is not None:
        said = Text.assemble((item.commitment_id, "bold green"), f"  {score}, confidence {match.confidence}")
    else:
        reason = item.reason or (
            "terms for buyers" if audience == "buyer" else "three better ones, or one much better"
        )
        said = Text.assemble((item.commitment_id, "bold"), f"  {score}, no match: {reason}")
    return Rule(said, align="left", style="dim")


def _addends(item: Explanation, text: str) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for firing in sorted(item.firings, key=lambda firing: -firing.weight):
        table.add_row(f"{firing.weight:+.2f}", _rule(firing), firing.place, Text(_words(firing, text)))
    return table


def _rule(firing: Firing) -> str:
    """A rule's name as the warehouse has it: `<commitment>/<cue>`, `all/<exclusion>` for one of every commitment."""
    return f"{firing.cue.commitment_id or 'all'}/{firing.cue.cue_id}"


def _words(firing: Firing, text: str) -> str:
    return f'"{text[firing.start : firing.end]}"' if firing.place == "body" and firing.end else ""


def _quantities(quantities: Iterable[Quantity]) -> Table:
    table = Table(title="quantities", title_justify="left", title_style="bold")
    for name in ("as written", "value", "unit", "calendar", "comparator", "role", "obligor"):
        table.add_column(name)
    for item in quantities:
        value = f"{item.low:g}" if item.low == item.high else f"{item.low:g} to {item.high:g}"
        table.add_row(
            Text(item.text), value, item.unit, item.calendar, item.comparator, item.role, item.obligor
        )
    return table


def _show_change(assessed: AssessedChange, out: Console) -> None:
    out.print(Rule(Text("the change", style="bold"), align="left", style="dim"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _describe_change(assessed):
        table.add_row(name, value if isinstance(value, Text) else Text(value))
    out.print(table)


def _describe_change(assessed: AssessedChange) -> Iterator[tuple[str, Text | str]]:
    nature = assessed.nature
    kind = f", {nature.noise_class}" if nature.noise_class else ""
    yield "nature", f"{nature.nature}{kind} ({nature.rule_id})"
    yield "words", Text.assemble(*(part for edit in assessed.change.edits for part in _mark(edit)))
    yield "touches", ", ".join(match.commitment_id for match in assessed.matches) or "no commitment"
    for fact in assessed.facts:
        note = f"; {fact.note}" if fact.note else ""
        who = f", owed by {fact.obligor}" if fact.obligor else ""
        yield (
            "fact",
            f"{fact.old or '(none)'} -> {fact.new or '(none)'} ({fact.role or 'no role'}{who}{note})",
        )
    yield "direction", f"{assessed.direction} ({assessed.direction_rule})"


def _mark(edit: Edit) -> Iterator[tuple[str, str]]:
    """Marked as wdiff does, so that it reads without colours too."""
    if edit.op == "equal":
        yield edit.before, ""
        return
    if edit.before:
        yield f"[-{edit.before}-]", "red"
    if edit.after:
        yield f"{{+{edit.after}+}}", "green bold"
