"""Stage a recorded history: every recorded version becomes a candidate observation at its date."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from charter.load import load_platforms
from crawlers.read_history import collection_of, read_history
from crawlers.recorded import Recorded
from pipeline.describe_documents import describe_document, platform_rows
from pipeline.settings import Settings
from pipeline.staging import open_run, write_batch, write_json
from transforms.normalise_text import text_hash
from transforms.spot_challenge import spot_challenge
from warehouse.connect import open_build
from warehouse.keys import key_of
from warehouse.read_documents import read_languages, read_observation_ids

# One transaction each: small enough for memory (a text is up to 0.3 MB), large enough for bulk upserts.
BATCH_SIZE = 500
EXTRACTOR = "recorded by the archive"
EVIDENCE = "recorded text only"

Progress = Callable[[int, int], None]


@dataclass
class StagedRun:
    """Where one import's batches lie and what was seen while staging them."""

    folder: Path
    origin: str
    seen: int = 0
    staged: int = 0
    known: set[int] = field(default_factory=set)


def stage_history(
    settings: Settings,
    source: str,
    run_id: str,
    *,
    collection: str = "",
    attribution: str = "",
    progress: Progress | None = None,
) -> Path:
    """Read a recorded history and stage what the warehouse does not hold yet; returns the run's folder.

    `source` is a repository folder, git URL, bundle, dataset zip or dataset folder. `collection` names the origin
    (`ota:<collection>`; by default the source's own name), `attribution` overrides the one of Open Terms Archive.

    Raises:
        HistoryError: the source cannot be read or holds no recorded version.
    """
    origin = f"ota:{collection or collection_of(source)}"
    total, records = read_history(source, settings.data_folder / "archives")
    with open_build(settings.location, f"read known observations of {origin}") as con:
        known, languages = read_observation_ids(con, origin), read_languages(con, origin)
    run = StagedRun(open_run(settings.data_folder, run_id), origin, known=known)
    platforms = load_platforms(settings.platforms)
    described: set[int] = set()
    for number, batch in enumerate(_batches(_counted(records, run, total, progress))):
        tables: dict[str, list[dict[str, object]]] = {"observation": [], "text_body": [], "extraction": []}
        tables |= {"document": [], "platform": []}
        for record in batch:
            document_id = key_of(origin, record.service, record.terms_type)
            _stage_record(tables, record, document_id, run_id)
            if document_id not in described:
                described.add(document_id)
                text, _ = _decode(record.body)
                row = describe_document(
                    document_id, record.service, record.terms_type, origin, text, platforms
                )
                # The language of a series is that of its first text: one damaged capture must not change it.
                row["language"] = languages.get(document_id) or row["language"]
                tables["document"].append(row | {"attribution": attribution or attribution_of(origin)})
        tables["text_body"] = _distinct(tables["text_body"])
        tables["platform"] = _distinct_platforms(tables["document"])
        write_batch(run.folder / f"{number:05d}", tables)
    summary = {"origin": origin, "source": source, "run_id": run_id, "seen": run.seen, "staged": run.staged}
    write_json(run.folder / "staged.json", summary)
    return run.folder


def attribution_of(origin: str) -> str:
    """Attribution that the licence of the archive's data (ODC-BY 1.0) asks for."""
    contributors = ", with contributions from Open Evidence" if "p2b" in origin else ""
    return f"Open Terms Archive ({origin.removeprefix('ota:')}), ODC-BY 1.0{contributors}"


def _counted(
    records: Iterator[Recorded], run: StagedRun, total: int, progress: Progress | None
) -> Iterator[Recorded]:
    for record in records:
        run.seen += 1
        if progress is not None:
            progress(run.seen, total)
        document_id = key_of(run.origin, record.service, record.terms_type)
        if key_of(document_id, record.source_id) not in run.known:
            run.staged += 1
            yield record


def _batches(records: Iterator[Recorded]) -> Iterator[list[Recorded]]:
    while batch := list(islice(records, BATCH_SIZE)):
        yield batch


def _stage_record(
    tables: dict[str, list[dict[str, object]]], record: Recorded, document_id: int, run_id: str
) -> None:
    """Candidate rows of one recorded version: the attempt itself, its text, and how the text was obtained."""
    observation_id = key_of(document_id, record.source_id)
    text, is_decodable = _decode(record.body)
    hashed = text_hash(text)
    tables["observation"].append(
        {
            "observation_id": observation_id,
            "document_id": document_id,
            "service": record.service,
            "terms_type": record.terms_type,
            "observed_at": record.observed_at,
            "source_id": record.source_id,
            "outcome": "text",
            "outcome_reason": record.damage,
            "technical_reason": record.technical_reason,
            "text_hash": hashed,
            "char_count": len(text),
            "is_decodable": is_decodable and not record.damage,
            "replacement_share": text.count("�") / max(1, len(text)) if is_decodable else None,
            "challenge_marker": spot_challenge(text),
            "body_preview": text[:200],
            "raw_base64": None if is_decodable else base64.b64encode(record.body).decode("ascii"),
            "evidence": EVIDENCE,
            "run_id": run_id,
        }
    )
    tables["text_body"].append(
        {
            "text_hash": hashed,
            "document_id": document_id,
            "body": text,
            "char_count": len(text),
            "is_decodable": is_decodable and not record.damage,
            "challenge_marker": spot_challenge(text),
        }
    )
    tables["extraction"].append(
        {
            "extraction_id": key_of("extraction", observation_id, EXTRACTOR),
            "observation_id": observation_id,
            "extractor": EXTRACTOR,
            "extractor_version": "",
            "text_hash": hashed,
        }
    )


def _decode(body: bytes) -> tuple[str, bool]:
    """Text of the bytes, and whether they were UTF-8."""
    try:
        return body.decode("utf-8"), True
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace"), False


def _distinct(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return list({(row["document_id"], row["text_hash"]): row for row in rows}.values())


def _distinct_platforms(documents: list[dict[str, object]]) -> list[dict[str, object]]:
    return list(
        {row["platform_id"]: row for row in map(platform_rows, documents) if row is not None}.values()
    )
