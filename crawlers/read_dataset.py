"""Recorded versions from an Open Terms Archive dataset, zipped or not.

Its members are named `<Service>/<Terms type>/<YYYY-MM-DDTHH-MM-SSZ>.md`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawlers.recorded import HistoryError, Recorded

# A leading folder (the dataset's own name) is allowed: published datasets have one.
MEMBER = re.compile(
    r"^(?:.*/)?(?P<service>[^/]+)/(?P<terms>[^/]+)/(?P<at>\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})(?:-\d{3})?Z\.md$"
)
# Longest recorded policy known is 0.3 MB; a member that unpacks to more than this is damage or an attack.
MAX_MEMBER_BYTES = 50_000_000


def is_dataset_folder(folder: Path) -> bool:
    """Whether the folder holds at least one file named like a dataset's member."""
    return any(MEMBER.match(path.as_posix()) for path in folder.rglob("*Z.md"))


def read_zip(path: Path) -> tuple[int, Iterator[Recorded]]:
    """Count and iterate over the versions of a dataset zip, by date.

    Raises:
        HistoryError: the archive cannot be opened or holds no recorded version. A member that cannot be unpacked is
            yielded with `damage` instead.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise HistoryError(f"{path}: not a readable zip archive ({error})") from error

    def read(name: str) -> bytes:
        info = archive.getinfo(name)
        if info.file_size > MAX_MEMBER_BYTES:
            raise zipfile.BadZipFile(f"unpacks to {info.file_size} bytes, limit {MAX_MEMBER_BYTES}")
        return archive.read(name)

    return _read_members(str(path), archive.namelist(), read)


def read_folder(folder: Path) -> tuple[int, Iterator[Recorded]]:
    """Count and iterate over the versions of an unpacked dataset, by date. Raises HistoryError when there is none."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.md")]
    return _read_members(str(folder), names, lambda name: (folder / name).read_bytes())


def _read_members(
    source: str, names: list[str], read: Callable[[str], bytes]
) -> tuple[int, Iterator[Recorded]]:
    members = []
    for name in names:
        if found := MEMBER.match(name):
            try:
                at = datetime.strptime(found["at"], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=UTC)
            except ValueError as error:
                raise HistoryError(f"{source}: {name}: not a date ({error})") from error
            members.append((at, name, found["service"], found["terms"]))
    if not members:
        raise HistoryError(
            f"{source}: no recorded version (<Service>/<Terms type>/<YYYY-MM-DDTHH-MM-SSZ>.md) in it"
        )
    return len(members), _versions(sorted(members), read)


def _versions(
    members: list[tuple[datetime, str, str, str]], read: Callable[[str], bytes]
) -> Iterator[Recorded]:
    for at, name, service, terms in members:
        # The dataset's own folder is not part of the identity: the same version has one id however it was packed.
        source_id = "/".join(name.split("/")[-3:])
        try:
            yield Recorded(service, terms, at, source_id, read(name))
        except (zipfile.BadZipFile, zlib.error, OSError) as error:
            yield Recorded(service, terms, at, source_id, b"", damage=f"cannot be unpacked: {error}")
