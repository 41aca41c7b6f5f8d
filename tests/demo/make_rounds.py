"""Watched rounds of one invented marketplace with two pages, written for a test."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from demo.read_rounds import Rounds, read_rounds
from tests.demo.make_script import BASE

HOST = "brume.example"
TERMS = f"https://{HOST}/vendre/conditions"
ANNEX = f"https://{HOST}/vendre/annexe?lang=fr"
DOCUMENT = "brume/seller_terms"
ROUNDS = ("2026-03-02T06:00:00Z", "2026-03-09T06:00:00Z", "2026-03-16T06:00:00Z", "2026-03-23T06:00:00Z")
CHANGE = {"edit": "replace", "old": "12 %", "new": "14 %"}
SAME = {"verdict": "unchanged"}
ANNEX_TEXT = "# Annexe\n\nA.1 Les frais de dossier sont de 5 euros.\n"


def step(**what: object) -> dict[str, object]:
    """A step on the one document."""
    return {"document": DOCUMENT, "expect": SAME} | what


def write_rounds(
    folder: Path,
    *steps: list[dict[str, object]] | dict[str, object] | None,
    frame: str = "still",
    **others: object,
) -> Path:
    """Rounds of one document; each round after the first holds a step, several, or none."""
    place = folder / "marketplaces" / "brume"
    place.mkdir(parents=True, exist_ok=True)
    (place / "base.md").write_text(BASE, encoding="utf-8")
    (place / "annexe.md").write_text(ANNEX_TEXT, encoding="utf-8")
    entries: list[dict[str, object]] = [{"at": ROUNDS[0], "title": "Début"}]
    for at, given in zip(ROUNDS[1:], steps, strict=False):
        listed = given if isinstance(given, list) else [given] if given else []
        entries.append({"at": at, "title": at, "steps": listed})
    pages = [{"text": "brume/base.md", "main_id": "conditions"}, {"text": "brume/annexe.md"}]
    content = {"documents": [{"id": DOCUMENT, "frame": frame, "pages": pages}], "rounds": entries} | others
    path = folder / "rounds.yml"
    # Through JSON, so that a value used twice is written twice and has two lines.
    plain = json.loads(json.dumps(content))
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    _write_platform(folder / "platforms")
    return path


def read(path: Path) -> Rounds:
    """The rounds with the platform file beside them."""
    return read_rounds(path, path.parent / "platforms")


def _write_platform(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    platform = {
        "id": "brume",
        "name": "Bazar de Brume",
        "locale": "fr-FR",
        "charter_status": [{"status": "none", "valid_from": "2019-03-26", "source": "invented"}],
        "allowed_hosts": [HOST],
        "documents": [
            {
                "id": DOCUMENT,
                "title": "Conditions du Vendeur",
                "terms_type": "Marketplace Sellers Conditions",
                "kind": "seller_terms",
                "language": "fr",
                "audience": "seller",
                "format": "html",
                "confidence": "high",
                "state": "active",
                "source": "invented",
                "declarations": [{"select": "main", "combine": [{"fetch": TERMS}, {"fetch": ANNEX}]}],
            }
        ],
    }
    (folder / "brume.yml").write_text(yaml.safe_dump(platform, allow_unicode=True), encoding="utf-8")
