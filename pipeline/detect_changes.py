"""Fold the observations of every document that has new ones: verdicts, versions, changes, matches, alerts due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from charter.load import load_commitments
from expectations.build_docs import build_docs
from expectations.read_staged import frame_rows
from expectations.validate import validate_table
from pipeline.fold_rows import doubt_rows, fold_rows
from pipeline.note_validation import quarantine_row, validation_notes, validation_row
from pipeline.settings import Settings
from pipeline.staging import list_batches, open_run, read_batch, read_notes, remove_run, write_batch
from transforms.confirm_change import AWAITING
from transforms.engine import engine_version
from transforms.fold_observations import fold_observations
from transforms.folded import FoldResult
from transforms.model import DocumentContext, Seen
from warehouse.connect import open_build
from warehouse.promote_rows import FOLDED, KEYS, promote_rows, supersede_rows
from warehouse.publish import publish
from warehouse.read_documents import (
    StoredDocument,
    StoredObservation,
    read_announced,
    read_documents_to_fold,
    read_observations,
    read_texts,
)
from warehouse.transaction import transaction

VALIDATED = ("verdict", "version", "change", "match", "alert")
# Suites cost time per run, rows cost memory: enough documents to spread the first, few enough to bound the second.
DOCUMENTS_AT_ONCE = 50
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class DetectionSummary:
    """What a detection found: documents folded, verdicts by name, alerts due, rows quarantined."""

    documents: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    alerts: int = 0
    quarantined: int = 0


def detect_changes(
    settings: Settings, run_id: str, *, everything: bool = False, progress: Progress | None = None
) -> DetectionSummary:
    """The whole detection, as `vigie detect` runs it: fold, validate, promote, publish. Nothing is sent."""
    folder = stage_changes(settings, run_id, everything=everything, progress=progress)
    summary = promote_changes(settings, folder, run_id)
    remove_run(folder)
    publish(settings.location)
    return summary


def stage_changes(
    settings: Settings, run_id: str, *, everything: bool = False, progress: Progress | None = None
) -> Path:
    """Fold what is new and stage the derived rows, one batch per document; returns the run's folder.

    `everything` folds all documents again, for instance after a change of the lexicon.
    """
    folder = open_run(settings.data_folder, run_id)
    with open_build(settings.location, "list documents to fold") as con:
        documents = read_documents_to_fold(con, everything=everything)
    for number, document in enumerate(documents):
        # Opened per document: the lock is not held while texts are compared.
        with open_build(settings.location, f"read {document.service} / {document.terms_type}") as con:
            observations = read_observations(con, document.document_id)
            texts = read_texts(con, document.document_id)
            announced = read_announced(con, document.document_id, engine_version(), AWAITING)
        result = fold_document(document, observations, texts)
        is_live = document.origin == "live"
        rows = fold_rows(document.document_id, result, engine_version(), is_live=is_live, announced=announced)
        rows["quarantine"] = doubt_rows(document.document_id, result, run_id)
        write_batch(folder / f"{number:05d}", rows, {"document_id": document.document_id})
        if progress is not None:
            progress(number + 1, len(documents))
    return folder


def fold_document(
    document: StoredDocument, observations: Iterable[StoredObservation], texts: dict[str, str]
) -> FoldResult:
    """Fold the stored observations of one document."""
    context = DocumentContext(document.terms_type, document.language, document.audience, document.service)  # type: ignore[arg-type]
    return fold_observations(
        [_seen(row) for row in observations],
        texts.__getitem__,
        context,
        # Only what may be sent is asked for twice; an archive cannot be.
        needs_confirmation=document.origin == "live",
    )


def promote_changes(settings: Settings, folder: Path, run_id: str) -> DetectionSummary:
    """Validate the staged rows, then promote them or quarantine what fails, some documents per transaction."""
    summary = DetectionSummary()
    batches = list_batches(folder)
    for start in range(0, len(batches), DOCUMENTS_AT_ONCE):
        _promote_batches(settings, batches[start : start + DOCUMENTS_AT_ONCE], run_id, summary)
    if batches:
        build_docs(settings.data_folder / "data_docs")
    return summary


def _promote_batches(settings: Settings, batches: list[Path], run_id: str, summary: DetectionSummary) -> None:
    tables = _join([read_batch(batch) for batch in batches])
    quarantine, validations = _validate(settings, tables, run_id, batches[0].name)
    with open_build(settings.location, "promote changes") as con, transaction(con):
        promote_rows(con, tables | _as_tables({"validation": validations}))
        # On top of the texts in doubt, which are among the staged tables.
        promote_rows(con, _as_tables({"quarantine": quarantine}))
        supersede_rows(con, _keys(tables), [int(read_notes(batch)["document_id"]) for batch in batches])
    summary.documents += len(batches)
    summary.verdicts.update(tables["verdict"]["verdict"].to_pylist() if "verdict" in tables else [])
    summary.alerts += tables["alert"].num_rows if "alert" in tables else 0
    summary.quarantined += len(quarantine)


def _seen(row: StoredObservation) -> Seen:
    failure = "" if row.outcome == "text" else row.outcome
    return Seen(
        observation_id=row.observation_id,
        observed_at=row.observed_at,
        text_hash=row.text_hash,
        failure=failure,  # type: ignore[arg-type]
        failure_reason=row.outcome_reason,
        technical_reason=row.technical_reason,
        is_released=row.is_released,
        previous_text_hash=row.previous_text_hash,
    )


def _join(batches: list[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    names = {name for batch in batches for name in batch}
    joined = {
        name: pa.concat_tables(
            [batch[name] for batch in batches if name in batch], promote_options="permissive"
        )
        for name in names
    }
    if "clause_text" in joined:
        # The same clause stands in several documents.
        rows = {row["clause_hash"]: row for row in joined["clause_text"].to_pylist()}
        joined["clause_text"] = pa.Table.from_pylist(list(rows.values()))
    return joined


def _validate(
    settings: Settings, tables: dict[str, pa.Table], run_id: str, batch: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Run the suites; remove failing rows from `tables` and return them as rows of `quarantine`."""
    docs = settings.data_folder / "data_docs"
    commitments = [commitment.id for commitment in load_commitments()]
    quarantine: list[dict[str, Any]] = []
    validations: list[dict[str, Any]] = []
    for name in VALIDATED:
        if name not in tables:
            continue
        key = KEYS[name][0]
        outcome = validate_table(
            name, frame_rows(tables[name]), key_column=key, run_id=run_id, docs_dir=docs,
            parameters={"commitment_ids": commitments},
        )  # fmt: skip
        validations.append(validation_row(validation_notes(outcome), run_id, batch))
        if not outcome.failures:
            continue
        # The first failure of a row is its cause; later rules often fail for the same reason.
        broken = {failure.row_position: failure for failure in reversed(outcome.failures)}
        good = []
        for position, row in enumerate(tables[name].to_pylist()):
            failure = broken.get(position)
            if failure is None:
                good.append(row)
                continue
            quarantine.append(
                quarantine_row(
                    name, row[key], row["document_id"], failure.rule_id, failure.reason, str(row), run_id
                )
            )
        tables[name] = pa.Table.from_pylist(good, schema=tables[name].schema)
    return quarantine, validations


def _as_tables(rows: dict[str, list[dict[str, Any]]]) -> dict[str, pa.Table]:
    return {name: pa.Table.from_pylist(values) for name, values in rows.items() if values}


def _keys(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Keys of the folded tables; an empty one where a fold yielded no row."""
    empty = {name: pa.table({key: pa.array([], pa.int64()) for key in KEYS[name]}) for name in FOLDED}
    return empty | {name: tables[name].select(list(KEYS[name])) for name in FOLDED if name in tables}
