"""Loading the charter room's files: the commitments, and one file per platform."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from charter.commitment import Commitment, CommitmentFile
from charter.errors import CharterError
from charter.platforms import Platform
from charter.read_yaml import read_yaml
from charter.strict import check_data

# Never fetched, so their hosts open no door: a redirect to a log-in page must stay an incident.
NEVER_FETCHED = frozenset({"behind_login", "out_of_scope", "no_public_terms"})


def load_commitments(path: Path | None = None) -> tuple[Commitment, ...]:
    """The commitments, in the order of the file (the project's own by default).

    Raises:
        CharterError: every problem of the file, with its key.
    """
    file = path or resources.files(__package__).joinpath("commitments.yml")
    commitments = check_data(CommitmentFile, read_yaml(file), file.name).commitments
    known: set[str] = set()
    for index, commitment in enumerate(commitments):
        if commitment.id in known:
            raise CharterError(f"{file.name}: commitments.{index}.id: {commitment.id} is given twice")
        known.add(commitment.id)
    return commitments


def load_platforms(folder: Path | None = None) -> tuple[Platform, ...]:
    """Every platform of a folder (the project's own by default), by id.

    Raises:
        CharterError: every problem of every file, each with file and key; or a folder without platform files.
    """
    place = folder or resources.files(__package__).joinpath("platforms")
    platforms: list[Platform] = []
    problems: list[str] = []
    for file in _platform_files(place):
        try:
            platforms.append(load_platform(file))
        except CharterError as error:
            problems.append(str(error))
    problems += _find_shared_claims(platforms)
    if problems:
        raise CharterError("\n".join(problems))
    return tuple(platforms)


def load_platform(file: Traversable) -> Platform:
    """One platform file, `<id>.yml`.

    Raises:
        CharterError: every problem of the file, with its key.
    """
    platform = check_data(Platform, read_yaml(file), file.name)
    stem = Path(file.name).stem
    problems = [f"{file.name}: {problem}" for problem in _find_inconsistencies(platform, stem)]
    if problems:
        raise CharterError("\n".join(problems))
    return platform


def _platform_files(place: Traversable) -> list[Traversable]:
    if not place.is_dir():
        raise CharterError(f"{place}: no such folder of platform files")
    visible = (file for file in place.iterdir() if not file.name.startswith("."))
    files = sorted(visible, key=lambda file: file.name)
    misspelt = [file.name for file in files if file.name.endswith(".yaml")]
    if misspelt:
        raise CharterError(f"{', '.join(misspelt)}: platform files end in .yml")
    found = [file for file in files if file.name.endswith(".yml")]
    if not found:
        raise CharterError(f"{place}: no platform file (<id>.yml) in this folder")
    return found


def _find_inconsistencies(platform: Platform, stem: str) -> Iterator[str]:
    if platform.id != stem:
        yield f"id: {platform.id} is not the file's name ({stem})"
    for number, document in enumerate(platform.documents):
        if document.state in NEVER_FETCHED:
            continue
        for rank, declaration in enumerate(document.declarations):
            for page in declaration.pages:
                if not platform.allows(page.fetch):
                    key = f"documents.{number}.declarations.{rank}.fetch"
                    yield f"{key}: host {urlsplit(page.fetch).hostname} is not in allowed_hosts"


def _find_shared_claims(platforms: Iterable[Platform]) -> Iterator[str]:
    """Names that more than one platform claims: imported series and documents must have one owner."""
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for platform in platforms:
        claims["id", platform.id].append(platform.id)
        for name in platform.ota_names:
            claims["ota_names", name].append(platform.id)
        for document in platform.documents:
            claims["documents.id", document.id].append(platform.id)
    for (key, name), owners in claims.items():
        if len(owners) > 1:
            files = ", ".join(f"{owner}.yml" for owner in dict.fromkeys(owners))
            yield f"{files}: {key}: {name} is claimed {len(owners)} times"
