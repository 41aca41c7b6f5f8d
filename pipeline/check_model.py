"""What a check of declarations finds: one report a platform, kept as JSON beside the files of its crawl."""

from __future__ import annotations

from typing import Literal

from charter.documents import State
from charter.strict import Moment, Strict
from crawlers.manifest import Outcome

Level = Literal["ok", "warning", "broken"]
LEVELS: tuple[Level, ...] = ("ok", "warning", "broken")
# sites: fetched from where they are; replay: through VIGIE_REPLAY_URL; captures: what the warehouse holds.
Origin = Literal["sites", "replay", "captures"]
Fault = Literal[
    "fetch",  # a page gave no bytes; its outcome says why
    "newest_fetch",  # a capture is checked, but the fetch after it gave none
    "not_captured",  # nothing was captured yet from the declared addresses
    "select",  # a select selector fits nothing
    "remove",  # a remove selector fits nothing
    "empty",  # what is selected holds no text
    "extraction",  # no text for another reason
    "short",  # too little text to be a policy
    "shrunk",  # far less text than the version in force
    "repeated",  # the text stands there twice
    "language",  # another language than declared
    "must_contain",  # a phrase is missing
    "unstable",  # two fetches in a row gave two texts
    "guessed",  # something had to be guessed, or was lost in encoding
    "immutable_address",  # the address changes with its content: a new text would not be seen there
]
# Faults of a declaration that its page has grown out of; outcomes that say the same of a page.
ROT: frozenset[str] = frozenset({"select", "remove", "empty", "short", "shrunk", "must_contain"})
ROTTEN_OUTCOMES: frozenset[str] = frozenset({"gone", "link_missing", "not_rendered"})


class Finding(Strict):
    """One thing that is not as it should be. `key` is where in the platform file it would be mended ("" where
    nowhere)."""

    level: Literal["warning", "broken"]
    fault: Fault
    what: str
    key: str = ""


class CheckedPage(Strict):
    """The last fetch of one page. `robots` is what robots.txt means for it, "" where it was not asked."""

    url: str
    final_url: str = ""
    outcome: Outcome
    reason: str
    observed_at: Moment
    robots: str = ""


class CheckedSelector(Strict):
    """How many elements a selector fitted on a page (from 0), with the first words of some."""

    page: int
    role: Literal["select", "remove"]
    selector: str
    count: int
    samples: tuple[str, ...] = ()


class CheckedDocument(Strict):
    """One document. `head` are the first lines of its text, `differing` lines of one fetch that the other did not
    give ("+" newer, "-" older); `same_twice` is None where there was one fetch only."""

    document_id: str
    title: str
    state: State
    level: Level
    findings: tuple[Finding, ...]
    pages: tuple[CheckedPage, ...] = ()
    selectors: tuple[CheckedSelector, ...] = ()
    char_count: int | None = None
    clause_count: int | None = None
    language: str
    language_found: str = ""
    must_contain: tuple[str, ...] = ()
    same_twice: bool | None = None
    differing: tuple[str, ...] = ()
    head: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Names of what was found, each once."""
        return tuple(dict.fromkeys(finding.fault for finding in self.findings))

    @property
    def is_rotten(self) -> bool:
        """Whether the page has grown out of its declaration: a selector or phrase fits no more, or the page left."""
        return bool(ROT & set(self.faults)) or any(page.outcome in ROTTEN_OUTCOMES for page in self.pages)


class CheckedPlatform(Strict):
    """One platform. `file` is its platform file; `failure` says why the crawl broke off ("" when it did not)."""

    platform_id: str
    name: str
    file: str
    run_id: str
    origin: Origin
    checked_at: Moment
    documents: tuple[CheckedDocument, ...]
    failure: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether something that is watched does not work."""
        return bool(self.failure) or any(
            checked.level == "broken" and checked.state == "active" for checked in self.documents
        )


def worst(findings: tuple[Finding, ...]) -> Level:
    """The level of a document with these findings."""
    return max((finding.level for finding in findings), key=LEVELS.index, default="ok")
