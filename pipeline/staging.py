"""Staged rows: Parquet files of one run, written whole or not at all, read by validation and promotion."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Row = Mapping[str, object]


def write_batch(
    folder: Path, tables: Mapping[str, Sequence[Row]], notes: Mapping[str, object] | None = None
) -> Path:
    """Write the rows of several tables as one batch folder (`<table>.parquet` each, `notes.json`), atomically.

    Empty tables are left out. An older batch of the same name, left by a killed run, is replaced.
    """
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for table, rows in tables.items():
        if rows:
            pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), partial / f"{table}.parquet")
    (partial / "notes.json").write_text(json.dumps(notes or {}), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    return folder


def read_batch(folder: Path) -> dict[str, pa.Table]:
    """Tables of one batch by name."""
    return {path.stem: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}


def read_notes(folder: Path) -> dict[str, Any]:
    """Notes of one batch."""
    notes: dict[str, Any] = json.loads((folder / "notes.json").read_text(encoding="utf-8"))
    return notes


def list_batches(folder: Path) -> list[Path]:
    """Batches of a run, in order; unfinished ones are not among them."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def open_run(data_folder: Path, run_id: str) -> Path:
    """An empty staging folder for a run: what an earlier try of the same run left may be out of date."""
    folder = data_folder / "staging" / run_id
    remove_run(folder)
    folder.mkdir(parents=True)
    return folder


def remove_run(folder: Path) -> None:
    """Remove the staged files of a run whose rows are in the warehouse."""
    shutil.rmtree(folder, ignore_errors=True)


def write_json(path: Path, content: object) -> None:
    """Write a JSON file atomically."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1, default=str))


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def read_json(path: Path) -> Any:
    """Content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
