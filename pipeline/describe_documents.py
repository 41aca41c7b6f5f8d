"""What is known of a recorded document before its text is compared: platform, language, audience, title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import get_args

from charter.platforms import Document, Platform
from transforms.detect_language import detect_language
from transforms.model import Audience
from transforms.name_audience import name_audience
from warehouse.keys import key_of

UNDECLARED = "undeclared:"


def describe_document(
    document_id: int, service: str, terms_type: str, origin: str, text: str, platforms: Sequence[Platform]
) -> dict[str, object]:
    """Row of table `document` for a recorded series (without attribution).

    The platform is found through `ota_names`; a service that no platform claims is `undeclared` and stays out of
    comparisons. Language and audience come from the platform file where it knows the document, else from the text.
    """
    platform = next((p for p in platforms if service in p.ota_names), None)
    declared = _declared_document(platform, terms_type) if platform else None
    return {
        "document_id": document_id,
        "platform_id": platform.id if platform else UNDECLARED + slug_of(service),
        "service": service,
        "terms_type": terms_type,
        "origin": origin,
        "title": declared.title if declared else terms_type,
        "language": detect_language(text) or (declared.language if declared else ""),
        "audience": _audience(declared, terms_type),
        "state": "recorded",
    }


def live_document_id(document: Document) -> int:
    """Key of a document as its platform file declares it; imported series have keys of their own."""
    return key_of("live", document.id)


def describe_live_document(platform: Platform, document: Document) -> dict[str, object]:
    """Row of table `document` for a document that is watched on its site."""
    terms_type = document.terms_type or document.kind or ""
    return {
        "document_id": live_document_id(document),
        "declared_id": document.id,
        "platform_id": platform.id,
        "service": platform.name,
        "terms_type": terms_type,
        "origin": "live",
        "title": document.title,
        "language": document.language,
        "audience": _audience(document, terms_type),
        "state": document.state,
        "attribution": None,
    }


def platform_rows(document: dict[str, object]) -> dict[str, object] | None:
    """Row of table `platform` for a service that no platform file declares; None for a declared one."""
    platform_id = str(document["platform_id"])
    if not platform_id.startswith(UNDECLARED):
        return None
    return {"platform_id": platform_id, "name": document["service"], "locale": None, "is_declared": False}


def slug_of(name: str) -> str:
    """A service name as an identifier: lower case, without accents, words joined by "-"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def _declared_document(platform: Platform, terms_type: str) -> Document | None:
    """The platform's document of this type; an active one first, since several addresses may carry the same type."""
    same = [document for document in platform.documents if document.terms_type == terms_type]
    return min(same, key=lambda document: document.state != "active", default=None)


def _audience(declared: Document | None, terms_type: str) -> str:
    by_type = name_audience(terms_type)
    if by_type != "buyer" and declared is not None and declared.audience in get_args(Audience):
        return declared.audience
    return by_type
