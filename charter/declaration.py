"""How a document is fetched and extracted, in the vocabulary of Open Terms Archive (documented at
docs.opentermsarchive.org/terms/reference/declaration): `fetch`, `select`, `remove`, `filter`, `combine`,
`executeClientScripts`, range selectors and `validUntil`; `valid_from`, `dismiss`, `follow_link`, `cookies` and
`accept_language` are ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    JsonValue,
    StrictBool,
    Tag,
    field_validator,
    model_validator,
)

from charter.strict import Moment, Strict, Text, WebAddress, moment_of


class RangeSelector(Strict):
    """A stretch of a page between two elements, each taken in ("startBefore", "endAfter") or left out."""

    start_before: Text | None = Field(None, alias="startBefore")
    start_after: Text | None = Field(None, alias="startAfter")
    end_before: Text | None = Field(None, alias="endBefore")
    end_after: Text | None = Field(None, alias="endAfter")

    @model_validator(mode="after")
    def _has_two_ends(self) -> Self:
        if (self.start_before is None) == (self.start_after is None):
            raise ValueError("a range has either startBefore or startAfter")
        if (self.end_before is None) == (self.end_after is None):
            raise ValueError("a range has either endBefore or endAfter")
        return self


def _kind_of_selector(value: object) -> str:
    return "(range)" if isinstance(value, (dict, RangeSelector)) else "(css)"


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, (str, dict, RangeSelector)) else value


def _check_filter(value: Any) -> Any:
    if isinstance(value, dict) and len(value) != 1:
        raise ValueError("a filter with parameters is one name with its parameters")
    return value


Selector = Annotated[
    Annotated[Text, Tag("(css)")] | Annotated[RangeSelector, Tag("(range)")], Discriminator(_kind_of_selector)
]
# A lone selector and a list of one mean the same, so they are the same value and hash alike.
Selectors = Annotated[tuple[Selector, ...], BeforeValidator(_as_list)]
FilterCall = Annotated[
    Annotated[Text, Tag("(name)")] | Annotated[dict[Text, JsonValue], Tag("(call)")],
    Discriminator(lambda value: "(call)" if isinstance(value, dict) else "(name)"),
    BeforeValidator(_check_filter),
]


class Rules(Strict):
    """How a page is asked for and what is done to it once fetched.

    `execute_client_scripts` None leaves the choice to the crawler. Ours, beside the vocabulary of Open Terms Archive:
    `dismiss` are CSS selectors of what is clicked away after the page was rendered (consent walls); `follow_link` is
    the CSS selector of the link to the document on the page that is fetched (an asset whose address changes with its
    content); `cookies` and `accept_language` pin what the server would otherwise choose for itself.
    """

    select: Selectors = ()
    remove: Selectors = ()
    filter: tuple[FilterCall, ...] = ()
    execute_client_scripts: StrictBool | None = Field(None, alias="executeClientScripts")
    dismiss: tuple[Text, ...] = ()
    follow_link: Text | None = None
    cookies: tuple[tuple[Text, str], ...] = ()
    accept_language: Text | None = None

    @field_validator("cookies", mode="before")
    @classmethod
    def _as_pairs(cls, value: Any) -> Any:
        return tuple(value.items()) if isinstance(value, dict) else value

    @property
    def filter_names(self) -> tuple[str, ...]:
        """Names of the filters, in order, without parameters."""
        return tuple(call if isinstance(call, str) else next(iter(call)) for call in self.filter)


class SourcePage(Rules):
    """One page of a document with the rules that apply to it."""

    fetch: WebAddress


class Declaration(Rules):
    """How one document is obtained: one page (`fetch`) or several in order (`combine`, sharing the rules
    given here).

    Holds from `valid_from` until and including `valid_until`; None leaves that side open.
    """

    fetch: WebAddress | None = None
    combine: tuple[SourcePage, ...] = ()
    valid_from: Moment | None = None
    valid_until: Moment | None = Field(None, alias="validUntil")

    @model_validator(mode="after")
    def _has_pages_and_duration(self) -> Self:
        if (self.fetch is None) == (not self.combine):
            raise ValueError("a declaration has either fetch or combine")
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise ValueError("validUntil is not after valid_from")
        return self

    @property
    def pages(self) -> tuple[SourcePage, ...]:
        """The pages in order, each with its own rules or, where it has none, the shared ones."""
        shared = {name: getattr(self, name) for name in Rules.model_fields}
        if self.fetch is not None:
            return (SourcePage.model_validate({"fetch": self.fetch}).model_copy(update=shared),)
        return tuple(page.model_copy(update=_missing(page, shared)) for page in self.combine)

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of what is fetched and how; validity dates are left out, and spelling does not
        matter.
        """
        pages = self.pages
        canonical = [page.model_dump(mode="json", by_alias=True, exclude_defaults=True) for page in pages]
        body = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(body.encode("utf-8")).hexdigest()

    def holds_at(self, at: date) -> bool:
        """Whether the declaration is the one in force at a moment (a plain day counts from its first instant,
        UTC).
        """
        moment = moment_of(at)
        has_begun = self.valid_from is None or moment >= self.valid_from
        return has_begun and (self.valid_until is None or moment <= self.valid_until)


def _missing(page: SourcePage, shared: dict[str, Any]) -> dict[str, Any]:
    return {name: rule for name, rule in shared.items() if getattr(page, name) in ((), None)}


def declaration_in_force(declarations: Iterable[Declaration], at: date | None) -> Declaration | None:
    """The declaration valid at a moment, or the one without end when no moment is given; None if there is
    none.

    `declarations` come oldest first: at the very instant where two meet the older one holds, as in Open Terms
    Archive.
    """
    for declaration in declarations:
        if declaration.valid_until is None if at is None else declaration.holds_at(at):
            return declaration
    return None
