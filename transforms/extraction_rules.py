"""What extraction is told and what it answers: rules of a declaration in, text with its evidence out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from charter.models import Declaration
from charter.models import RangeSelector as DeclaredRange

SelectorRole = Literal["select", "remove"]


class ExtractionError(ValueError):
    """A page gave no text under its rules; the message names the selector or filter that is to blame."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes of a fetched page, and the Content-Type header that came with them ("" for none)."""

    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class RangeSelector:
    """The stretch between two elements, the first to fit each CSS selector, each taken in or left out."""

    start: str
    end: str
    takes_start: bool = True
    takes_end: bool = False

    def __str__(self) -> str:
        start = "startBefore" if self.takes_start else "startAfter"
        end = "endAfter" if self.takes_end else "endBefore"
        return f"{start} {self.start} .. {end} {self.end}"


@dataclass(frozen=True, slots=True)
class FilterCall:
    """A named built-in filter with its arguments."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractionRules:
    """How one page is read. `base_url` is the page's own address: relative links are resolved against it.

    Without `select` a PDF is expected.
    """

    select: tuple[str | RangeSelector, ...] = ()
    remove: tuple[str | RangeSelector, ...] = ()
    filters: tuple[FilterCall, ...] = ()
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class SelectorHits:
    """How many elements one selector fitted on one page (0-based); a range counts 1."""

    page: int
    role: SelectorRole
    selector: str
    count: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """Text of a document as Markdown. Warnings are for people: what was guessed, or found to be missing.

    `extractor_version` is what decides that the same pages give the same text: revisions and versions of libraries.
    """

    markdown: str
    selector_hits: tuple[SelectorHits, ...]
    warnings: tuple[str, ...]
    extractor_version: str


def rules_from_declaration(declaration: Declaration) -> tuple[ExtractionRules, ...]:
    """Rules of each page of a declaration, in order.

    Raises:
        ExtractionError: a filter's parameters are neither a text nor a list of texts.
    """
    return tuple(
        ExtractionRules(
            tuple(map(_selector, page.select)),
            tuple(map(_selector, page.remove)),
            tuple(map(_filter_call, page.filter)),
            page.fetch,
        )
        for page in declaration.pages
    )


def _selector(declared: str | DeclaredRange) -> str | RangeSelector:
    if isinstance(declared, str):
        return declared
    start = declared.start_before or declared.start_after or ""
    end = declared.end_after or declared.end_before or ""
    return RangeSelector(start, end, declared.start_before is not None, declared.end_after is not None)


def _filter_call(declared: str | Mapping[str, JsonValue]) -> FilterCall:
    if isinstance(declared, str):
        return FilterCall(declared)
    ((name, parameters),) = declared.items()
    listed = [parameters] if isinstance(parameters, str) else parameters
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ExtractionError(f"filter {name}: parameters are a text or a list of texts, not {parameters!r}")
    return FilterCall(name, tuple(str(item) for item in listed))
