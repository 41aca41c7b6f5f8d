"""Jobs of pages that need a browser, and what is found of it in the process table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from charter.declaration import Declaration
from crawlers.job import JobDocument, KnownSnapshot
from tests.crawlers.sample_jobs import write_job

BAZAR = "https://bazar.example"
POLICY = "#policy"


def rendered(fetch: str, **rules: Any) -> dict[str, Any]:
    return {"fetch": fetch, "select": POLICY, "executeClientScripts": True, **rules}


def write_rendered_job(
    folder: Path,
    declarations: Sequence[Mapping[str, Any]],
    replay_url: str = "",
    known: Sequence[KnownSnapshot] = (),
    **changes: Any,
) -> Path:
    """One document for each declaration, all of them of one platform."""
    documents = tuple(
        JobDocument(
            document_id=number,
            name=f"Document {number}",
            language="fr",
            declaration=Declaration.model_validate(declaration),
            known=tuple(known),
        )
        for number, declaration in enumerate(declarations, start=1)
    )
    changes = {"allowed_hosts": ("bazar.example",), "timeout": 8.0, "retries": 0, **changes}
    return write_job(folder, [], replay_url, documents=documents, **changes)


def browsers_of(pid: int) -> list[psutil.Process]:
    """The browser's processes and its driver, below the process of a crawl; none when that is gone."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
