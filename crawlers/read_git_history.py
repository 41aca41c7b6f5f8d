"""Recorded versions from an Open Terms Archive *versions* repository: `<Service>/<Terms type>.md`, one commit each."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pygit2
from pygit2.enums import DeltaStatus, SortMode

from crawlers.recorded import HistoryError, Recorded, technical_reason

BUNDLE_HEADS = (b"# v2 git bundle", b"# v3 git bundle")
BRANCHES = ("main", "master")


def is_bundle(path: Path) -> bool:
    """Whether the file begins like a git bundle."""
    with path.open("rb") as file:
        return file.read(15) in BUNDLE_HEADS


def open_repository(source: str, cache: Path) -> pygit2.Repository:
    """Open a repository folder, or mirror a bundle or URL under `cache` first (fetched again when already there).

    Raises:
        HistoryError: the source is not a repository, or git could not fetch it.
    """
    path = Path(source)
    # Archives are only read, and are often owned by somebody else: libgit2's owner check would refuse them.
    pygit2.settings.owner_validation = False
    try:
        if path.is_dir():
            return pygit2.Repository(str(path))
        origin = str(path.resolve()) if path.is_file() else source
        mirror = cache / f"{hashlib.sha256(origin.encode()).hexdigest()[:16]}.git"
        _mirror(origin, mirror)
        return pygit2.Repository(str(mirror))
    except pygit2.GitError as error:
        raise HistoryError(f"{source}: not a readable git repository ({error})") from error


def _mirror(origin: str, mirror: Path) -> None:
    """Clone or refresh a bare mirror. Initialised and fetched, so that a killed clone is completed by the next call."""
    mirror.mkdir(parents=True, exist_ok=True)
    commands = [
        ["git", "init", "--quiet", "--bare", str(mirror)],
        ["git", "-C", str(mirror), "fetch", "--quiet", "--force", "--", origin, "+refs/*:refs/*"],
    ]
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise HistoryError(f"{origin}: git could not read it: {done.stderr.strip()}")


def head_commit(repository: pygit2.Repository, source: str) -> pygit2.Commit:
    """The newest commit: HEAD, else main or master, else the only branch (a bundle may carry no HEAD)."""
    names = list(repository.branches.local)
    wanted = [] if repository.head_is_unborn else [repository.head.shorthand]
    wanted += [name for name in BRANCHES if name in names] + (names if len(names) == 1 else [])
    for name in wanted:
        if name in names:
            return repository.branches.local[name].peel(pygit2.Commit)
    if not repository.head_is_unborn:
        return repository.head.peel(pygit2.Commit)
    if names:
        raise HistoryError(f"{source}: none of its branches is main or master: {', '.join(sorted(names))}")
    raise HistoryError(f"{source}: the history is empty (no commit)")


def read_git_history(source: str, cache: Path) -> tuple[int, Iterator[Recorded]]:
    """Count the commits and iterate over the recorded versions, oldest first.

    Raises:
        HistoryError: unreadable source, or a history without any commit.
    """
    repository = open_repository(source, cache)
    head = head_commit(repository, source)
    # Reversed here, not by SortMode.REVERSE: commits of one second keep their order of recording that way too.
    commits = list(repository.walk(head.id, SortMode.TOPOLOGICAL))[::-1]
    authors = Counter(commit.author.name for commit in commits)
    recorder = authors.most_common(1)[0][0]
    return len(commits), _versions(repository, commits, recorder)


def _versions(
    repository: pygit2.Repository, commits: list[pygit2.Commit], recorder: str
) -> Iterator[Recorded]:
    for commit in commits:
        subject = commit.message.split("\n", 1)[0].strip()
        reason = technical_reason(subject, commit.author.name, recorder)
        observed_at = datetime.fromtimestamp(commit.author.time, UTC)
        for path, blob_id in _recorded_files(repository, commit):
            service, terms_type = path
            blob = repository[blob_id]
            assert isinstance(blob, pygit2.Blob)
            yield Recorded(
                service, terms_type, observed_at, str(commit.id), blob.data, technical_reason=reason
            )


def _recorded_files(
    repository: pygit2.Repository, commit: pygit2.Commit
) -> Iterator[tuple[tuple[str, str], pygit2.Oid]]:
    """Files of `<Service>/<Terms type>.md` that the commit added or changed (a merge only against its first parent)."""
    first = commit.parents[:1]
    diff = repository.diff(first[0], commit) if first else commit.tree.diff_to_tree(swap=True)
    for delta in diff.deltas:
        parts = delta.new_file.path.split("/")
        if delta.status == DeltaStatus.DELETED or len(parts) != 2 or not parts[1].endswith(".md"):
            continue
        yield (parts[0], parts[1].removesuffix(".md")), delta.new_file.id
