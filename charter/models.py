"""The models of this room under one name."""

from charter.commitment import LEGAL_TEXTS, Commitment, LegalReference, Threshold, Title
from charter.declaration import Declaration, RangeSelector, SourcePage
from charter.documents import Document
from charter.errors import CharterError
from charter.platforms import DatedStatus, Obstacle, Platform

__all__ = [
    "LEGAL_TEXTS",
    "CharterError",
    "Commitment",
    "DatedStatus",
    "Declaration",
    "Document",
    "LegalReference",
    "Obstacle",
    "Platform",
    "RangeSelector",
    "SourcePage",
    "Threshold",
    "Title",
]
