"""Results of validations on disk, from which Data Docs are built: written, replaced, pruned."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext

# Failing values kept per rule for the reader of a page; the quarantine holds every row.
_SHOWN_VALUES = 20
_LOCK_TIMEOUT = 120.0


def lock_docs(docs_dir: Path) -> FileLock:
    """The lock of the folder's writers: results are not written atomically. Times out in two minutes."""
    docs_dir.mkdir(parents=True, exist_ok=True)
    return FileLock(docs_dir / "docs.lock", timeout=_LOCK_TIMEOUT)


def keep_result(
    context: EphemeralDataContext,
    docs_dir: Path,
    result: ExpectationSuiteValidationResult,
    run_id: str,
    keys: Iterable[object],
) -> Path:
    """Store a result and return the path of the page that `build_docs` will make of it.

    The same rows validated again in the same run replace their earlier result: a rerun does not pile up.
    """
    from great_expectations import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    table, run_name = result.suite_name, _path_part(run_id)
    batch = f"{table}-{_fingerprint(keys)}"
    with lock_docs(docs_dir):
        run_time = _earlier_run_time(docs_dir, table, run_name, batch) or datetime.now(UTC)
        identifier = ValidationResultIdentifier(
            expectation_suite_identifier=ExpectationSuiteIdentifier(name=table),
            run_id=RunIdentifier(run_name=run_name, run_time=run_time),
            batch_identifier=batch,
        )
        _shorten(result)
        result.meta["run_id"] = identifier.run_id
        result.meta["validation_time"] = datetime.now(UTC).isoformat()
        context.validation_results_store.store_validation_results(
            suite_validation_result=result, suite_validation_result_identifier=identifier
        )
    return page_path(docs_dir, identifier)


def page_path(docs_dir: Path, identifier: Any) -> Path:
    """Where the site has the page of a result (a `ValidationResultIdentifier`)."""
    return (docs_dir / "site" / "validations").joinpath(*identifier.to_tuple()).with_suffix(".html")


def result_path(docs_dir: Path, identifier: Any) -> Path:
    """Where the store has a result (a `ValidationResultIdentifier`)."""
    return (docs_dir / "store" / "validations").joinpath(*identifier.to_tuple()).with_suffix(".json")


def prune_results(docs_dir: Path, keep: int) -> int:
    """Remove all but the newest `keep` results, and folders left empty; return how many were removed."""
    folder = docs_dir / "store" / "validations"
    # <suite>/<run>/<time>/<batch>.json; times sort as text.
    results = sorted(folder.glob("*/*/*/*.json"), key=lambda path: (path.parent.name, path.name))
    removed = results[: max(0, len(results) - keep)]
    for path in removed:
        path.unlink()
    return len(removed)


def remove_empty_folders(folder: Path) -> None:
    """Remove folders that hold nothing, deepest first. `folder` itself stays."""
    for path in sorted(folder.rglob("*"), key=lambda item: len(item.parts), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _earlier_run_time(docs_dir: Path, table: str, run_name: str, batch: str) -> datetime | None:
    found = sorted((docs_dir / "store" / "validations" / table / run_name).glob(f"*/{batch}.json"))
    if not found:
        return None
    return datetime.strptime(found[0].parent.name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)


def _path_part(run_id: str) -> str:
    """A run id as one part of a path and of a link: schedulers put colons and plus signs into theirs."""
    part = re.sub(r"[^A-Za-z0-9_.-]+", "-", run_id).strip(".")
    return part or "run"


def _fingerprint(keys: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(str(key) for key in keys).encode("utf-8", "replace")).hexdigest()[:12]


def _shorten(result: ExpectationSuiteValidationResult) -> None:
    """Drop failing values beyond the first ones: pages show some, and a batch may fail as a whole."""
    for found in result.results:
        found.result.pop("unexpected_index_query", None)
        for name in ("unexpected_list", "unexpected_index_list"):
            if name in found.result:
                found.result[name] = found.result[name][:_SHOWN_VALUES]
