"""One entry for every kind of recorded history: repository folder, git URL, bundle, dataset zip or folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pygit2

from crawlers.read_dataset import is_dataset_folder, read_folder, read_zip
from crawlers.read_git_history import is_bundle, read_git_history
from crawlers.recorded import HistoryError, Recorded

URL = re.compile(r"^(https?|ssh|git|file)://|^[\w.-]+@[\w.-]+:")


def collection_of(source: str) -> str:
    """Name of the collection a source belongs to: its last path part, without extension or "-versions"."""
    name = re.split(r"[/:]", source.rstrip("/"))[-1]
    name = re.sub(r"\.(bundle|zip|git)$", "", name)
    return re.sub(r"-versions$", "", name) or "unnamed"


def read_history(source: str, cache: Path) -> tuple[int, Iterator[Recorded]]:
    """Count (commits or files, for a progress bar) and iterate over recorded versions, oldest first.

    `cache` is where bundles and URLs are mirrored. Raises HistoryError naming the source when it cannot be read.
    """
    path = Path(source)
    if path.is_dir():
        if pygit2.discover_repository(str(path), False, str(path.resolve().parent)) is not None:
            return read_git_history(source, cache)
        if is_dataset_folder(path):
            return read_folder(path)
        raise HistoryError(f"{source}: neither a git repository nor a dataset folder, or an empty one")
    if path.is_file():
        return read_git_history(source, cache) if is_bundle(path) else read_zip(path)
    if URL.match(source):
        return read_git_history(source, cache)
    raise HistoryError(f"{source}: no such file, folder or git URL")
