"""The recorded pages of the shared corpus: raw snapshots, the versions drawn from some of them, their declarations."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pygit2
from pygit2.enums import SortMode

from charter.ota import load_ota_declaration
from crawlers.read_git_history import head_commit, open_repository
from transforms.extraction_rules import ExtractionRules, rules_from_declaration

# The first captures of one service were drawn under other selectors than its declaration holds now.
REDECLARED_BEFORE = "2023-05-01"


@dataclass(frozen=True)
class Pair:
    """One raw page and the version that Open Terms Archive drew from it."""

    service: str
    terms_type: str
    date: str
    page: bytes
    reference: str


@dataclass(frozen=True)
class Snapshot:
    """One capture of a document; `key` is the same for the same bytes."""

    service: str
    terms_type: str
    at: datetime
    key: str
    page: bytes


class RecordedPages:
    """The pages under `corpus`; bundles are mirrored under `cache`."""

    def __init__(self, corpus: Path, cache: Path) -> None:
        self.folder = corpus / "pages"
        self._snapshots = open_repository(str(self.folder / "snapshots.bundle"), cache)
        self._versions = open_repository(str(self.folder / "versions.bundle"), cache)

    def list_pairs(self) -> list[dict[str, str]]:
        """Rows of pairs.csv, without re-extractions and versions drawn under other selectors."""
        with (self.folder / "pairs.csv").open(encoding="utf-8") as lines:
            return [
                row
                for row in csv.DictReader(lines)
                if not row["subject"].startswith("Apply technical") and row["date"] >= REDECLARED_BEFORE
            ]

    def read_pairs(self, every: int = 1) -> Iterator[Pair]:
        for row in self.list_pairs()[::every]:
            service, terms_type = row["version_path"].removesuffix(".md").split("/")
            page = _read(self._snapshots, row["snapshot_commit"], row["snapshot_path"])
            reference = _read(self._versions, row["version_commit"], row["version_path"])
            yield Pair(service, terms_type, row["date"][:10], page, reference.decode("utf-8"))

    def count_reference_versions(self) -> dict[tuple[str, str], int]:
        """Versions that the reference recorded, by service and terms type, whatever they were drawn for."""
        counts: dict[tuple[str, str], int] = {}
        with (self.folder / "pairs.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                service, terms_type = row["version_path"].removesuffix(".md").split("/")
                counts[service, terms_type] = counts.get((service, terms_type), 0) + 1
        return counts

    def read_snapshots(self, every: int = 1) -> Iterator[Snapshot]:
        """Every capture, oldest first."""
        head = head_commit(self._snapshots, "snapshots.bundle")
        commits = list(self._snapshots.walk(head.id, SortMode.TOPOLOGICAL))[::-1]
        for commit in commits[::every]:
            parents = commit.parents[:1]
            diff = (
                self._snapshots.diff(parents[0], commit) if parents else commit.tree.diff_to_tree(swap=True)
            )
            for delta in diff.deltas:
                service, terms_type = delta.new_file.path.removesuffix(".html").split("/")
                blob = self._snapshots[delta.new_file.id]
                assert isinstance(blob, pygit2.Blob)
                at = datetime.fromtimestamp(commit.author.time, UTC)
                yield Snapshot(service, terms_type, at, str(blob.id), blob.data)

    @cache  # noqa: B019 one object lives as long as the measurement
    def rules(self, service: str, terms_type: str) -> tuple[ExtractionRules, ...]:
        """Rules of the declaration that the corpus holds for a document."""
        declared = load_ota_declaration(self.folder / f"{service}.json").declaration_at(terms_type)
        return rules_from_declaration(declared)


def _read(repository: pygit2.Repository, commit: str, path: str) -> bytes:
    found = repository[commit].peel(pygit2.Tree) / path
    assert isinstance(found, pygit2.Blob)
    return found.data
