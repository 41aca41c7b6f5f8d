"""A checked platform in the terminal: a block a document, its verdict as the last line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from crawlers.manifest import GOT_BYTES
from pipeline.check_model import LEVELS, CheckedDocument, CheckedPage, CheckedPlatform, CheckedSelector, Level

COLOURS: dict[Level, str] = {"ok": "green", "warning": "yellow", "broken": "red"}
_ORIGINS = {
    "sites": "Fetched from the sites.",
    "replay": "Fetched through VIGIE_REPLAY_URL.",
    "captures": "Checks the newest captures; no request is made.",
}
_REMOVED_SHOWN = 6


def show_check(report: CheckedPlatform, out: Console) -> None:
    """Print a report."""
    out.print(Rule(Text.assemble((report.name, "bold"), f"  {report.file}"), align="left", style="dim"))
    out.print(Text(f"{_ORIGINS[report.origin]}\n", style="dim"))
    for document in report.documents:
        out.print(_block(document))
    if report.failure:
        out.print(Text(report.failure, style="red"))
    out.print(count_levels(report.documents))


def count_levels(documents: Iterable[CheckedDocument]) -> str:
    """Documents by level as one line of markup: `2 ok, 1 warning, 0 broken`."""
    counts = Counter(document.level for document in documents)
    return ", ".join(
        f"[{COLOURS[level] if counts[level] else 'dim'}]{counts[level]} {level}[/]" for level in LEVELS
    )


def _block(document: CheckedDocument) -> RenderableType:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for page in document.pages:
        facts.add_row("page", _page(page))
    for selector in document.selectors:
        facts.add_row(selector.role, _hits(selector, several=len(document.pages) > 1))
    if document.char_count is not None:
        facts.add_row("text", f"{document.char_count:,} characters, clauses: {document.clause_count:,}")
        facts.add_row("language", _language(document))
        if document.must_contain:
            facts.add_row("contains", _phrases(document))
        if document.same_twice is not None:
            facts.add_row("twice", _twice(document))
    parts: list[RenderableType] = [_title(document), Padding(facts, (0, 0, 0, 2))]
    if document.head:
        head = Text("\n".join(document.head), style="dim", no_wrap=True, overflow="ellipsis")
        parts.append(Padding(Panel(head, title="text", title_align="left", border_style="dim"), (0, 0, 0, 2)))
    if removed := _removed(document):
        panel = Panel(removed, title="would be removed", title_align="left", border_style="dim")
        parts.append(Padding(panel, (0, 0, 0, 2)))
    parts.append(Padding(_verdict(document), (0, 0, 1, 2)))
    return Group(*parts)


def _title(document: CheckedDocument) -> Text:
    state = "" if document.state == "active" else f"  ({document.state})"
    return Text.assemble((document.document_id, "bold"), f"  {document.title}", (state, "dim"))


def _page(page: CheckedPage) -> Text:
    lines = [page.url] + ([f"-> {page.final_url}"] if page.final_url not in ("", page.url) else [])
    if page.outcome not in GOT_BYTES:
        said = Text(page.outcome, style=COLOURS["broken"])
    else:
        robots = f"; robots.txt {page.robots}" if page.robots else ""
        said = Text.assemble((page.outcome, COLOURS["ok"]), f": {page.reason}{robots}")
    return Text("\n".join(lines) + "\n").append_text(said)


def _hits(selector: CheckedSelector, *, several: bool) -> Text:
    where = f"page {selector.page + 1}: " if several else ""
    colour = "" if selector.count else COLOURS["warning"]
    fits = f"{selector.count} x" if selector.count else "fits nothing:"
    return Text.assemble(where, (fits, colour), " ", selector.selector)


def _language(document: CheckedDocument) -> Text:
    if not document.language_found:
        return Text(f"cannot be told; declared is {document.language}")
    if document.language_found == document.language:
        return Text(f"{document.language}, as declared")
    return Text(f"{document.language_found}, declared is {document.language}", style=COLOURS["broken"])


def _phrases(document: CheckedDocument) -> Text:
    lacking = sum(finding.fault == "must_contain" for finding in document.findings)
    found = len(document.must_contain) - lacking
    said = f"{found} of {len(document.must_contain)} declared phrases"
    return Text(said, style=COLOURS["broken"] if lacking else "")


def _twice(document: CheckedDocument) -> Text:
    if document.same_twice:
        return Text("the same text both times")
    return Text("\n".join(["the two texts differ:", *document.differing]), style=COLOURS["warning"])


def _removed(document: CheckedDocument) -> Text | None:
    removed = [one for one in document.selectors if one.role == "remove" and one.samples]
    if not removed:
        return None
    lines = [
        Text.assemble((f"{one.selector}  ", "dim"), " | ".join(one.samples))
        for one in removed[:_REMOVED_SHOWN]
    ]
    if len(removed) > _REMOVED_SHOWN:
        lines.append(Text(f"and by {len(removed) - _REMOVED_SHOWN} more selectors", style="dim"))
    return Text("\n").join(lines)


def _verdict(document: CheckedDocument) -> Text:
    colour = COLOURS[document.level]
    line = Text.assemble((document.level, f"bold {colour}"), f"  {document.document_id}")
    for finding in document.findings:
        where = f"  [{finding.key}]" if finding.key else ""
        line.append(f"\n  {finding.fault}: {finding.what}", style=COLOURS[finding.level])
        line.append(where, style="dim")
    return line
