"""What the data team gets of a check of all platforms: a table in the log, a page, and rows that can be queried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.check_jobs import check_folder
from pipeline.check_model import LEVELS, CheckedDocument, CheckedPlatform
from pipeline.check_platform import REPORT_SUFFIX
from pipeline.settings import Settings
from pipeline.staging import write_text

ROWS_FILE = "declaration_checks.parquet"
PAGE_FILE = "declaration_checks.html"
_WIDTH = 150
_STYLES = {"ok": "green", "warning": "yellow", "broken": "red"}
_SCHEMA = pa.schema(
    [
        ("run_id", pa.string()),
        ("checked_at", pa.timestamp("us", tz="UTC")),
        ("platform_id", pa.string()),
        ("document_id", pa.string()),
        ("level", pa.string()),
        ("is_rotten", pa.bool_()),
        ("faults", pa.list_(pa.string())),
        ("findings", pa.list_(pa.string())),
        ("outcomes", pa.list_(pa.string())),
        ("char_count", pa.int64()),
        ("clause_count", pa.int64()),
        ("language", pa.string()),
        ("language_found", pa.string()),
        ("same_twice", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class ChecksSummary:
    """Documents by level, ids of those that their pages grew out of, platforms whose crawl broke off; where page and
    rows lie."""

    levels: Counter[str]
    rotten: tuple[str, ...]
    failed: tuple[str, ...]
    page: Path
    rows: Path


def report_checks(settings: Settings, run_id: str, out: Console | None = None) -> ChecksSummary:
    """Gather the reports of a check's platforms into one table; what is broken stands first.

    `out` is where the table is printed (standard output: a task's log).
    """
    folder = check_folder(settings, run_id)
    reports = [
        CheckedPlatform.model_validate_json(file.read_bytes())
        for file in sorted(folder.glob(f"*{REPORT_SUFFIX}"))
    ]
    rows, page = folder / ROWS_FILE, folder / PAGE_FILE
    pq.write_table(pa.Table.from_pylist([_row(r, d) for r in reports for d in r.documents], _SCHEMA), rows)
    table = _table(reports)
    (out or Console(width=_WIDTH)).print(table)
    recorder = Console(width=_WIDTH, record=True, file=StringIO())
    recorder.print(table)
    write_text(page, recorder.export_html())
    documents = [document for report in reports for document in report.documents]
    return ChecksSummary(
        levels=Counter(document.level for document in documents),
        rotten=tuple(document.document_id for document in documents if document.is_rotten),
        failed=tuple(report.platform_id for report in reports if report.failure),
        page=page,
        rows=rows,
    )


def _table(reports: Sequence[CheckedPlatform]) -> Table:
    table = Table(title="Declarations: does what the platform files say still work?", title_justify="left")
    for header in ("Document", "Verdict", "Found", "Where"):
        table.add_column(header, overflow="fold")
    documents = [document for report in reports for document in report.documents]
    for document in sorted(documents, key=lambda d: (-LEVELS.index(d.level), d.document_id)):
        verdict = f"{document.level}, rotten" if document.is_rotten else document.level
        told = [f"{finding.fault}: {finding.what}" for finding in document.findings]
        keys = list(dict.fromkeys(finding.key for finding in document.findings if finding.key))
        table.add_row(
            Text(document.document_id),
            Text(verdict, style=_STYLES[document.level]),
            Text("\n".join(told) or "-"),
            Text("\n".join(keys) or "-"),
        )
    for report in reports:
        if report.failure:
            table.add_row(
                Text(report.platform_id), Text("crawl failed", style="red"), Text(report.failure), "-"
            )
    return table


def _row(report: CheckedPlatform, document: CheckedDocument) -> dict[str, Any]:
    return {
        "run_id": report.run_id,
        "checked_at": report.checked_at,
        "platform_id": report.platform_id,
        "document_id": document.document_id,
        "level": document.level,
        "is_rotten": document.is_rotten,
        "faults": list(document.faults),
        "findings": [f"{finding.fault}: {finding.what}" for finding in document.findings],
        "outcomes": [page.outcome for page in document.pages],
        "char_count": document.char_count,
        "clause_count": document.clause_count,
        "language": document.language,
        "language_found": document.language_found,
        "same_twice": document.same_twice,
    }
