"""Alert contents of invented marketplaces, for tests that look at one situation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from alerts.model import AlertContent, AlertedChange, Signatory, TouchedCommitment
from transforms.model import Edit, Fact

NOTICE_COMMITMENT = TouchedCommitment(
    "terms-change-notice",
    "Information préalable sur les modifications",
    "Prior notice of changes to terms",
    "topic-sourced",
    0.92,
    "change-notice",
)
FEE_COMMITMENT = TouchedCommitment("fees-charges", "Frais et commissions", "Fees", "inferred", 0.7, "fees")
_BEFORE = "Les conditions changent après un préavis de 30 jours, notifié par courriel."
_AFTER = "Les conditions changent après un préavis de 10 jours, notifié par courriel."


def notice_shortened(**overrides: Any) -> AlertedChange:
    """A notice period cut from 30 to 10 days."""
    values: dict[str, Any] = {
        "kind": "modified",
        "heading": "Conditions vendeurs > Article 3",
        "number": "3.2",
        "before": _BEFORE,
        "after": _AFTER,
        "edits": (
            Edit(
                "equal",
                "Les conditions changent après un préavis de ",
                "Les conditions changent après un préavis de ",
            ),
            Edit("replace", "30 jours", "10 jours"),
            Edit("equal", ", notifié par courriel.", ", notifié par courriel."),
        ),
        "facts": (
            Fact(
                "30 jours",
                "10 jours",
                "day",
                "notice",
                30,
                10,
                "platform",
                "passe sous les 15 jours (article 3, paragraphe 2, du règlement (UE) 2019/1150)",
            ),
        ),
        "direction": "worse",
        "direction_rule": "fact:notice:platform",
        "commitments": (NOTICE_COMMITMENT,),
    }
    return AlertedChange(**{**values, **overrides})


def penalty_added(**overrides: Any) -> AlertedChange:
    """A new penalty clause."""
    values: dict[str, Any] = {
        "kind": "added",
        "heading": "Conditions vendeurs > Article 9",
        "number": "9.4",
        "before": "",
        "after": "Le vendeur verse une pénalité de 12 euros par commande annulée.",
        "facts": (Fact("", "12 euros", "EUR", "penalty", None, 12.0, "seller"),),
        "direction": "worse",
        "direction_rule": "words:burden",
        "commitments": (FEE_COMMITMENT,),
    }
    return AlertedChange(**{**values, **overrides})


def alert_content(**overrides: Any) -> AlertContent:
    """An alert of a signatory about a shortened notice; any field can be overridden."""
    values: dict[str, Any] = {
        "alert_id": 8412345678901234567,
        "platform_name": "Galerie Mirabelle",
        "platform_status": "signatory-2019",
        "document_title": "Conditions générales vendeurs",
        "document_url": "https://vendeurs.mirabelle.example/conditions",
        "origin": "live",
        "attribution": "",
        "changed_after": datetime(2024, 3, 2, 6, 0, tzinfo=UTC),
        "changed_before": datetime(2024, 3, 5, 6, 0, tzinfo=UTC),
        "stated_effective_date": date(2024, 4, 1),
        "changes": (notice_shortened(),),
        "signatories": (
            Signatory("Galerie Mirabelle", "signatory-2019"),
            Signatory("Comptoir Azur", "signatory-2019"),
            Signatory("Halle Verte", "joined-2020"),
        ),
    }
    return AlertContent(**{**values, **overrides})


def undone_content() -> AlertContent:
    """The alert number 1 after its change was undone."""
    return alert_content(alert_id=1, state="undone", state_since=datetime(2024, 3, 9, tzinfo=UTC))
