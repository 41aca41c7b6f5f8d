"""Invented seller terms in several states, and folds over them at days after a start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from transforms.fold_observations import fold_observations
from transforms.folded import FoldResult
from transforms.model import DocumentContext, Seen

CONTEXT = DocumentContext("Marketplace Sellers Conditions", "fr", "seller", "Bazar d'Essai")
START = datetime(2025, 1, 6, 6, tzinfo=UTC)

TERMS = """# Conditions applicables aux vendeurs professionnels

## Article 1 - Objet

1.1 Les présentes conditions régissent la relation entre la Place de marché et le Vendeur professionnel.

1.2 Le Vendeur reconnaît les avoir lues avant de mettre ses produits en vente.

## Article 2 - Suspension et résiliation

2.1 La Place de marché peut résilier le contrat du Vendeur moyennant un préavis de 30 jours notifié par courriel.

2.2 La Place de marché peut suspendre le compte du Vendeur lorsque son taux d'annulation dépasse 5 %.

## Article 3 - Commissions

3.1 La Place de marché prélève sur chaque vente du Vendeur une commission de 12 % du prix toutes taxes comprises.

3.2 Les sommes dues au Vendeur lui sont versées deux fois par mois, déduction faite des commissions.
"""
SHORTER_NOTICE = TERMS.replace("préavis de 30 jours", "préavis de 15 jours")
HIGHER_FEE = TERMS.replace("commission de 12 %", "commission de 14 %")
BOTH_CHANGED = SHORTER_NOTICE.replace("commission de 12 %", "commission de 14 %")
QUOTES = TERMS.replace("d'annulation", "d’annulation")
SHORTER_NOTICE_IN_QUOTES = SHORTER_NOTICE.replace("d'annulation", "d’annulation")
NO_COMMITMENT = TERMS.replace("mettre ses produits en vente", "proposer ses produits à la vente")
DAMAGED_NOTICE = SHORTER_NOTICE.replace("préavis", "pr\ufffdavis")
EMPTIED = "# Conditions\n\nPage en cours."


def at_day(day: float) -> datetime:
    """The moment so many days after the start."""
    return START + timedelta(days=day)


def fold(*steps: tuple[float, str | Seen], live: bool = False) -> FoldResult:
    """Fold texts (each its own hash) seen at days after the start; observations are numbered from 0."""
    seen = [
        replace(step, observation_id=number, observed_at=at_day(day))
        if isinstance(step, Seen)
        else Seen(number, at_day(day), step)
        for number, (day, step) in enumerate(steps)
    ]
    return fold_observations(seen, str, CONTEXT, needs_confirmation=live)


def show(text: str, *, technical: str = "", previous: str | None = None, released: bool = False) -> Seen:
    """An observation of a text, for `fold`."""
    return Seen(0, START, text, technical_reason=technical, previous_text_hash=previous, is_released=released)


def fail(failure: str = "unreachable", reason: str = "HTTP 503") -> Seen:
    """An observation without a text, for `fold`."""
    return Seen(0, START, None, failure, reason)  # type: ignore[arg-type]


def names(result: FoldResult) -> list[str]:
    """Verdict names in order."""
    return [verdict.verdict for verdict in result.verdicts]


def rules(result: FoldResult) -> list[str]:
    """Rule ids in order."""
    return [verdict.rule_id for verdict in result.verdicts]
