"""A Great Expectations context that writes under one folder only, opened once per folder and process."""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.datasource.fluent.interfaces import Batch

SITE = "vigie"
_SOURCE = "staging"


def import_great_expectations() -> Any:
    """The library, imported quietly and with its usage statistics off. Takes 3 to 14 s the first time."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations

    return great_expectations


def open_context(docs_dir: Path | None) -> EphemeralDataContext:
    """The context that stores results and the site under `docs_dir`, or nothing on disk when None."""
    return _open_context(None if docs_dir is None else str(docs_dir.resolve()))


@lru_cache(maxsize=8)
def _open_context(folder: str | None) -> EphemeralDataContext:
    gx = import_great_expectations()
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.data_context.types.base import DataContextConfig, ProgressBarsConfig

    config = DataContextConfig(
        config_version=4.0,
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        fluent_datasources={},
        stores={
            "expectations": {
                "class_name": "ExpectationsStore",
                "store_backend": _backend(folder, "expectations"),
            },
            "validations": {
                "class_name": "ValidationResultsStore",
                "store_backend": _backend(folder, "validations"),
            },
            # The library looks this one up by its own default name.
            "validation_definition_store": {
                "class_name": "ValidationDefinitionStore",
                "store_backend": _backend(None, ""),
            },
            "checkpoints": {"class_name": "CheckpointStore", "store_backend": _backend(None, "")},
        },
        expectations_store_name="expectations",
        validation_results_store_name="validations",
        checkpoint_store_name="checkpoints",
        data_docs_sites={} if folder is None else {SITE: _site(folder)},
    )
    context = gx.get_context(project_config=config, mode="ephemeral")
    if not isinstance(context, EphemeralDataContext):
        raise TypeError(f"Great Expectations opened a {type(context).__name__}, not an ephemeral context")
    return context


def open_batch(context: EphemeralDataContext, table: str, frame: pd.DataFrame) -> Batch:
    """The frame as a batch of the table's asset in this context; the asset is made at the first call."""
    sources = context.data_sources.all()
    source: Any = sources[_SOURCE] if _SOURCE in sources else context.data_sources.add_pandas(_SOURCE)
    if table not in source.get_asset_names():
        source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("rows")
    batch: Batch = source.get_asset(table).get_batch_definition("rows").get_batch({"dataframe": frame})
    return batch


def _backend(folder: str | None, name: str) -> dict[str, Any]:
    if folder is None:
        return {"class_name": "InMemoryStoreBackend"}
    return {
        "class_name": "TupleFilesystemStoreBackend",
        "base_directory": str(Path(folder) / "store" / name),
        "suppress_store_backend_id": True,
    }


def _site(folder: str) -> dict[str, Any]:
    """Configuration of the site, with our views: the library's need scripts and styles from the Internet."""
    views = "expectations.docs_views"
    page = {"view": {"module_name": views, "class_name": "PageView"}}
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(Path(folder) / "site"),
            "suppress_store_backend_id": True,
        },
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "renderer": {"module_name": views, "class_name": "IndexRenderer"},
            "view": {"module_name": views, "class_name": "IndexView"},
        },
        "site_section_builders": {
            "expectations": dict(page),
            # By default runs with "profiling" in their name are left out.
            "validations": {**page, "run_name_filter": {"matches_regex": "."}},
            "profiling": "None",
        },
    }
