"""Run the expectations on staged batches, of an import or of a round, before anything is promoted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawlers.manifest import OUTCOMES
from expectations.build_docs import build_docs
from expectations.read_staged import read_staged
from expectations.validate import validate_table
from pipeline.note_validation import BatchRefused, validation_notes
from pipeline.settings import Settings
from pipeline.staging import list_batches, read_json, write_json

FAILURES = "failures.json"
SUITES = {
    "document": "document_id",
    "fetch": "fetch_id",
    "text_body": "text_hash",
    "observation": "observation_id",
}


def validate_staged(settings: Settings, folder: Path) -> Path:
    """Validate documents, fetches, texts and observations of every batch; failing rows are noted beside the batch.

    Raises:
        BatchRefused: a rule whose failure stops the batch failed, or a document's own row is wrong (its platform file
            or the import's form is: there is nothing to quarantine, its observations would lose their document).
    """
    run_id = read_json(folder / "staged.json")["run_id"]
    docs = settings.data_folder / "data_docs"
    batches = list_batches(folder)
    for batch in batches:
        notes: dict[str, Any] = {}
        for name, key in SUITES.items():
            staged = batch / f"{name}.parquet"
            if not staged.is_file():
                continue
            outcome = validate_table(
                name, read_staged(staged), key_column=key, run_id=run_id, docs_dir=docs,
                parameters={"fetch_outcomes": list(OUTCOMES)},
            )  # fmt: skip
            notes[name] = validation_notes(outcome)
        if documents := notes.get("document", {}).get("failures"):
            raise BatchRefused("; ".join(f"document {f['row_key']}: {f['reason']}" for f in documents))
        write_json(batch / FAILURES, notes)
    if batches:
        build_docs(docs)
    return folder
