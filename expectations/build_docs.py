"""Build Data Docs: a static site of every suite and of the results kept."""

from __future__ import annotations

import shutil
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.build_expectations import Language, build_expectations
from expectations.find_suite import SUITES
from expectations.keep_results import lock_docs, page_path, prune_results, remove_empty_folders, result_path
from expectations.open_context import SITE, open_context

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext

# Results kept, newest first: up to thirteen a round, four rounds a day, so a week; the warehouse keeps all of them.
KEPT_RESULTS = 400


class DocsError(RuntimeError):
    """Data Docs could not be built; the message names the page that is missing."""


def build_docs(docs_dir: Path, *, keep: int = KEPT_RESULTS, language: Language = "fr") -> Path:
    """Build the site of the results stored in `docs_dir`; return its index, `<docs_dir>/site/index.html`.

    Call it once at the end of a step. Results beyond the newest `keep` are removed with their pages; only
    pages of results that are new or were replaced are rendered again, those of suites when their rules changed.

    Raises:
        DocsError: a page was not written (Great Expectations logs the reason and goes on).
        filelock.Timeout: another process has been writing the folder for two minutes.
    """
    context = open_context(docs_dir)
    with lock_docs(docs_dir):
        suites = _store_suites(context, docs_dir, language)
        is_pruned = bool(prune_results(docs_dir, keep))
        stale = _stale_results(context, docs_dir)
        # The site builder takes an empty list for "everything".
        wanted: list[Any] = [*suites, *stale]
        if is_pruned and not wanted:
            wanted = list(context.expectations_store.list_keys())
        if wanted:
            context.build_data_docs(site_names=[SITE], resource_identifiers=wanted)
        _stamp_file(docs_dir).write_text(_stamp_of(language), encoding="utf-8")
        # Fonts and pictures of the library's own pages (4 MB), which ours do not show.
        shutil.rmtree(docs_dir / "site" / "static", ignore_errors=True)
        remove_empty_folders(docs_dir / "store" / "validations")
        remove_empty_folders(docs_dir / "site" / "validations")
    index = docs_dir / "site" / "index.html"
    for page in (index, *(page_path(docs_dir, identifier) for identifier in stale)):
        if not page.is_file():
            raise DocsError(f"Data Docs page {page} was not written; see the log of great_expectations")
    return index


def _store_suites(context: EphemeralDataContext, docs_dir: Path, language: Language) -> list[Any]:
    """Identifiers of the suites, stored anew, where their rules or the library are not those of the last site."""
    stamp = _stamp_file(docs_dir)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == _stamp_of(language):
        return []
    for suite in SUITES.values():
        context.suites.add_or_update(build_expectations(suite, language))
    return list(context.expectations_store.list_keys())


def _stamp_file(docs_dir: Path) -> Path:
    return docs_dir / "store" / "suites.stamp"


def _stamp_of(language: Language) -> str:
    rules = repr([suite.rules for suite in SUITES.values()])
    return f"{language} {version('great-expectations')} {sha256(rules.encode()).hexdigest()}"


def _stale_results(context: EphemeralDataContext, docs_dir: Path) -> list[Any]:
    """Results without a page, or stored after their page was made."""
    stale: list[Any] = []
    for identifier in context.validation_results_store.list_keys():
        page = page_path(docs_dir, identifier)
        stored = result_path(docs_dir, identifier).stat().st_mtime_ns
        if not page.is_file() or page.stat().st_mtime_ns <= stored:
            stale.append(identifier)
    return stale
