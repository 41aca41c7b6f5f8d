"""Reading the demo's watched rounds, with the platform files that declare the pages and the texts they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charter.load import load_platforms
from charter.platforms import Document, Platform
from demo.read_numbered import ScriptError, read_numbered
from demo.read_script import read_text
from demo.rounds_model import Frame, PageStep, RoundsFile, WatchedEntry, WatchRound

DEMO = Path(__file__).resolve().parent
ROUNDS = DEMO / "rounds.yml"
PLATFORMS = DEMO / "platforms"


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """One page: its address as declared, its base text (Markdown) and the id of its <main>."""

    address: str
    base: str
    main_id: str


@dataclass(frozen=True, slots=True)
class WatchedDocument:
    """One watched document with its platform, declaration and pages."""

    platform: Platform
    declared: Document
    frame: Frame
    pages: tuple[WatchedPage, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """Checked rounds. `documents` by id in the order of the platforms; `file` names the rounds in errors."""

    file: str
    documents: dict[str, WatchedDocument]
    without_robots: frozenset[str]
    rounds: tuple[WatchRound, ...]


def read_rounds(path: Path = ROUNDS, platforms: Path = PLATFORMS) -> Rounds:
    """The rounds of a file; texts are read from `marketplaces/` beside it.

    Raises:
        ScriptError: not UTF-8, not YAML, a text that is missing or empty, a document that no platform declares or
            that the file leaves out, a step about a page or document that does not exist.
        CharterError: unknown keys, wrong values; file, line and key are named.
    """
    content = read_numbered(path, RoundsFile, frozenset({"edits", "steps"}))
    entries = {entry.id: entry for entry in content.documents}
    documents = {
        declared.id: _watched(path, platform, declared, entries.pop(declared.id, None))
        for platform in load_platforms(platforms)
        for declared in platform.documents
        if declared.state == "active"
    }
    if entries:
        raise ScriptError(f"{path.name}: documents: no platform file has active {', '.join(sorted(entries))}")
    for step in (step for current in content.rounds for step in current.steps):
        for problem in _problems(step, documents):
            raise ScriptError(f"{path.name}:{step.line}: {problem}")
    return Rounds(path.name, documents, frozenset(content.without_robots), content.rounds)


def _watched(
    path: Path, platform: Platform, declared: Document, entry: WatchedEntry | None
) -> WatchedDocument:
    addresses = [page.fetch for page in declared.declaration.pages] if declared.declaration else []
    if entry is None or len(entry.pages) != len(addresses):
        raise ScriptError(f"{path.name}: documents: {declared.id} has {len(addresses)} declared pages")
    folder = path.parent / "marketplaces"
    pages = tuple(
        WatchedPage(address, read_text(folder, page.text), page.main_id)
        for address, page in zip(addresses, entry.pages, strict=True)
    )
    return WatchedDocument(platform, declared, entry.frame, pages)


def _problems(step: PageStep, documents: dict[str, WatchedDocument]) -> Iterator[str]:
    if step.document not in documents:
        yield f"{step.document} is not among the documents"
    elif step.page > len(documents[step.document].pages):
        yield f"{step.document} has no page {step.page}"
