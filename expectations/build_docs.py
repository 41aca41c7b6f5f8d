"""Build Data Docs: a static site of every suite and of the results kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.build_expectations import Language, build_expectations
from expectations.find_suite import SUITES
from expectations.keep_results import lock_docs, page_path, prune_results, remove_empty_folders, result_path
from expectations.open_context import SITE, open_context

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext

# Results kept, newest first. At two or three tables a round, some two months of daily rounds.
KEPT_RESULTS = 200


class DocsError(RuntimeError):
    """Data Docs could not be built; the message names the page that is missing."""


def build_docs(docs_dir: Path, *, keep: int = KEPT_RESULTS, language: Language = "fr") -> Path:
    """Build the site of the results stored in `docs_dir`; return its index, `<docs_dir>/site/index.html`.

    Call it once at the end of a step. Results beyond the newest `keep` are removed with their pages; only
    pages of results that are new or were replaced are rendered again.

    Raises:
        DocsError: a page was not written (Great Expectations logs the reason and goes on).
        filelock.Timeout: another process has been writing the folder for two minutes.
    """
    context = open_context(docs_dir)
    with lock_docs(docs_dir):
        for suite in SUITES.values():
            context.suites.add_or_update(build_expectations(suite, language))
        prune_results(docs_dir, keep)
        stale = _stale_results(context, docs_dir)
        # The site builder takes an empty list for "everything": the suites are always in it.
        context.build_data_docs(
            site_names=[SITE], resource_identifiers=[*context.expectations_store.list_keys(), *stale]
        )
        # Fonts and pictures of the library's own pages (4 MB), which ours do not show.
        shutil.rmtree(docs_dir / "site" / "static", ignore_errors=True)
        remove_empty_folders(docs_dir / "store" / "validations")
        remove_empty_folders(docs_dir / "site" / "validations")
    index = docs_dir / "site" / "index.html"
    for page in (index, *(page_path(docs_dir, identifier) for identifier in stale)):
        if not page.is_file():
            raise DocsError(f"Data Docs page {page} was not written; see the log of great_expectations")
    return index


def _stale_results(context: EphemeralDataContext, docs_dir: Path) -> list[Any]:
    """Results without a page, or stored after their page was made."""
    stale: list[Any] = []
    for identifier in context.validation_results_store.list_keys():
        page = page_path(docs_dir, identifier)
        stored = result_path(docs_dir, identifier).stat().st_mtime_ns
        if not page.is_file() or page.stat().st_mtime_ns <= stored:
            stale.append(identifier)
    return stale
