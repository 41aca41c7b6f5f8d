"""What a document is: one seller policy of a platform, what is known of it, and whether it may be fetched."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from charter.declaration import Declaration, declaration_in_force
from charter.strict import Day, Strict, Text
from charter.terms_types import TERMS_TYPES

State = Literal[
    "active",
    "to_verify",
    "policy_blocked",
    "behind_login",
    "no_public_terms",
    "hub",
    "archived",
    "out_of_scope",
]
Audience = Literal["seller", "buyer", "seller+buyer", "private seller", "public"]
Kind = Literal[
    "archive_version",
    "complaints_mediation",
    "dsa_transparency",
    "fees",
    "general_sale",
    "general_terms",
    "hub_index",
    "imprint",
    "ip_counterfeit",
    "p2b_notice",
    "payment_terms",
    "performance_suspension",
    "prohibited_content",
    "ranking",
    "seller_identity",
    "seller_portal",
    "seller_terms",
]
DocumentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_/-]*$")]
# States whose address is known, or the state would mean nothing.
ADDRESSED = frozenset({"active", "to_verify", "policy_blocked", "hub", "archived"})


class Document(Strict):
    """One policy. `terms_type` is null where Open Terms Archive has no type for it; `kind` then says what it
    is.

    `state` decides whether it is fetched: `active` in every round, `to_verify` by hand only, the others
    never; every state but `active` carries its reason. `confidence` is that of the address: `high` seen in an
    official page or a declaration, `medium` reported by a third party, `low` derived and never seen,
    `unknown` when there is no address. `last_known_valid` is the newest evidence that the address was current
    (a lower bound), `basis` that evidence. `must_contain` are phrases without which a text is not this policy.
    """

    id: DocumentId
    title: Text
    terms_type: Text | None = None
    kind: Kind | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    audience: Audience
    format: Literal["html", "pdf", "js"] | None = None
    confidence: Literal["high", "medium", "low", "unknown"]
    state: State
    state_reason: Text | None = Field(None, validate_default=True)
    source: Text
    last_known_valid: Day | None = None
    basis: Text | None = None
    note: Text | None = None
    must_contain: tuple[Text, ...] = ()
    declarations: tuple[Declaration, ...] = Field((), validate_default=True)

    @field_validator("terms_type")
    @classmethod
    def _is_known_type(cls, value: str | None) -> str | None:
        if value is not None and value not in TERMS_TYPES:
            raise ValueError("no terms type of Open Terms Archive (charter/terms_types.py lists them)")
        return value

    @field_validator("kind")
    @classmethod
    def _is_classified(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("terms_type", "") is None:
            raise ValueError("a document without terms_type needs a kind")
        return value

    @field_validator("state")
    @classmethod
    def _fits_what_is_known(cls, value: str, info: ValidationInfo) -> str:
        if value == "active" and "seller" not in info.data.get("audience", "seller").split("+"):
            raise ValueError("terms that do not bind professional sellers are out_of_scope, not active")
        if value == "active" and info.data.get("confidence") not in ("high", "medium", None):
            raise ValueError("an address that nobody has seen is to_verify, not active")
        return value

    @field_validator("state_reason")
    @classmethod
    def _explains_the_state(cls, value: str | None, info: ValidationInfo) -> str | None:
        state = info.data.get("state", "active")
        if value is None and state != "active":
            raise ValueError(f"state {state} needs its reason")
        return value

    @field_validator("declarations")
    @classmethod
    def _can_be_fetched(cls, value: tuple[Declaration, ...], info: ValidationInfo) -> tuple[Declaration, ...]:
        state = info.data.get("state")
        if state in ADDRESSED and not value:
            raise ValueError(f"state {state} needs a declaration with its address")
        for older, newer in pairwise(value):
            if not older.valid_until or not newer.valid_from or newer.valid_from < older.valid_until:
                raise ValueError("declarations come oldest first, each but the last with validUntil")
        if state == "active":
            _check_active(declaration_in_force(value, None), info.data)
        return value

    @property
    def declaration(self) -> Declaration | None:
        """The declaration in force now."""
        return declaration_in_force(self.declarations, None)

    def declaration_at(self, at: date | None) -> Declaration | None:
        """The declaration in force at a moment (None: now)."""
        return declaration_in_force(self.declarations, at)


def _check_active(declaration: Declaration | None, known: dict[str, Any]) -> None:
    if declaration is None:
        raise ValueError("an active document needs a declaration without validUntil")
    if known.get("format") is None:
        raise ValueError("an active document has a format")
    if known["format"] != "pdf" and not all(page.select for page in declaration.pages):
        raise ValueError("a page without select is to_verify, not active")
