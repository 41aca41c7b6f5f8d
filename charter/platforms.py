"""What a platform is: a marketplace with its dated charter status, its hosts and its documents."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, field_validator, model_validator

from charter.documents import Document, State
from charter.strict import Day, Slug, Strict, Text

__all__ = ["CharterStatus", "DatedStatus", "Document", "Obstacle", "Platform", "State"]

CharterStatus = Literal["signatory-2019", "joined-2020", "none"]
LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
Host = Annotated[str, StringConstraints(pattern=rf"^{LABEL}(\.{LABEL})+$")]


class DatedStatus(Strict):
    """A charter status from a day on, until (and without) another; `valid_until` null means still."""

    status: CharterStatus
    valid_from: Day
    valid_until: Day | None = None
    source: Text

    @model_validator(mode="after")
    def _has_duration(self) -> Self:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until is not after valid_from")
        return self


class Obstacle(Strict):
    """What stands in the way of seeing a platform's policies. `seen` is when, as the source tells it.

    `strength` of the evidence: `direct` observed, `indirect` or `inferred` concluded, `negative` looked for,
    not found.
    """

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    what: Text
    source: Text
    seen: Text | None = None
    strength: Literal["direct", "indirect", "inferred", "negative"]


class Platform(Strict):
    """One marketplace. `ota_names` are the services of Open Terms Archive that are this platform, old names
    included.

    `allowed_hosts` are exact: look-alike sites publish fake terms, so a redirect elsewhere is an incident.
    `coverage` tells how much of the seller terms is known to be public.
    """

    id: Slug
    name: Text
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[A-Z]{2}$")]
    charter_status: tuple[DatedStatus, ...] = Field(min_length=1)
    allowed_hosts: tuple[Host, ...] = ()
    ota_names: tuple[Text, ...] = ()
    coverage: Literal["good", "medium", "weak", "none"] | None = None
    coverage_note: Text | None = None
    obstacles: tuple[Obstacle, ...] = ()
    note: Text | None = None
    documents: tuple[Document, ...] = ()

    @field_validator("charter_status")
    @classmethod
    def _follows_in_time(cls, value: tuple[DatedStatus, ...]) -> tuple[DatedStatus, ...]:
        for older, newer in pairwise(value):
            if older.valid_until is None or older.valid_until > newer.valid_from:
                raise ValueError(f"{newer.status} begins on {newer.valid_from}, before {older.status} ends")
        return value

    @field_validator("documents")
    @classmethod
    def _has_distinct_ids(cls, value: tuple[Document, ...]) -> tuple[Document, ...]:
        ids = [document.id for document in value]
        twice = sorted({document_id for document_id in ids if ids.count(document_id) > 1})
        if twice:
            raise ValueError(f"document id given twice: {', '.join(twice)}")
        return value

    def allows(self, address: str) -> bool:
        """Whether an address lies on one of the platform's own hosts."""
        return urlsplit(address).hostname in self.allowed_hosts
