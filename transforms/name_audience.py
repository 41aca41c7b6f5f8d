"""Whom a document addresses, by its terms type (vocabulary of Open Terms Archive)."""

from __future__ import annotations

from typing import Final

from transforms.model import Audience

# Terms that bind buyers or visitors, or nobody: they never regulate the relation with a professional seller.
BUYER_TYPES: Final = frozenset(
    {
        "Buyer Terms",
        "Conditions of Carriage",
        "Imprint",
        "Marketplace Buyers Conditions",
        "Privacy Policy",
        "Return Policy",
        "Trackers Policy",
    }
)
MIXED_TYPES: Final = frozenset({"Commercial Terms", "General Conditions of Sale", "Terms of Service"})


def name_audience(terms_type: str) -> Audience:
    """Audience that a terms type stands for; a platform file, or the text itself, may still say otherwise."""
    if terms_type in BUYER_TYPES:
        return "buyer"
    return "seller+buyer" if terms_type in MIXED_TYPES else "seller"
