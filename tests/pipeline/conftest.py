"""A small recorded history and a home for it; no network, no third-party text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.settings import Settings

START = datetime(2025, 1, 6, 6, tzinfo=UTC)
TERMS = """# Conditions applicables aux vendeurs professionnels

## Article 1 - Objet

1.1 Les présentes conditions régissent la relation entre la Place de marché et le Vendeur professionnel.

## Article 2 - Suspension et résiliation

2.1 La Place de marché peut résilier le contrat du Vendeur moyennant un préavis de 30 jours notifié par courriel.

2.2 La Place de marché peut suspendre le compte du Vendeur lorsque son taux d'annulation dépasse 5 %.

## Article 3 - Commissions

3.1 La Place de marché prélève sur chaque vente du Vendeur une commission de 12 % du prix toutes taxes comprises.
"""

WriteHistory = Callable[[dict[str, list[str | bytes]]], Path]


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """Settings of a home of its own."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def write_history(tmp_path: Path) -> WriteHistory:
    """Write texts by service as a dataset folder, one day apart."""
    return lambda texts: write_dataset(tmp_path / "demo-history", texts)


def write_dataset(folder: Path, texts: dict[str, list[str | bytes]]) -> Path:
    """Write texts by service as a dataset folder, one day apart."""
    for service, bodies in texts.items():
        place = folder / service / "Marketplace Sellers Conditions"
        place.mkdir(parents=True, exist_ok=True)
        for number, body in enumerate(bodies):
            at = START + timedelta(days=number)
            data = body if isinstance(body, bytes) else body.encode()
            (place / f"{at:%Y-%m-%dT%H-%M-%S}Z.md").write_bytes(data)
    return folder
