"""A script of one invented marketplace, written for a test."""

from __future__ import annotations

from pathlib import Path

import yaml

from demo.build_history import build_texts, read_script

BASE = """# Conditions

Mis à jour le 3 mars 2025

1 204 vues

Afficher en : français

## Article 1 - Objet

1.1 Le Vendeur régi par l'article 3 publie ses fiches.

## Article 2 - Frais

2.1 La commission est de 12 % ; voir le [barème](https://cdn-a.brume.example/frais.pdf).

- par vente ;
- par retour.

## Article 3 - Préavis

3.1 Le préavis prévu à l'article 2 du règlement (UE) 2019/1150 est de 30 jours.
"""
ROUNDS = ("2025-03-03T06:00:00Z", "2025-03-10T06:00:00Z", "2025-03-10T12:00:00Z")
STEP = {"service": "Bazar de Brume", "expect": {"verdict": "cosmetic"}}


def write_script(folder: Path, *rounds: list[dict[str, object]], **others: object) -> Path:
    """A script of one marketplace; each round after the first holds the edits of its one step."""
    base = folder / "marketplaces" / "bazar-de-brume" / "base.md"
    base.parent.mkdir(parents=True, exist_ok=True)
    base.write_text(BASE, encoding="utf-8")
    entries: list[dict[str, object]] = [{"at": ROUNDS[0], "title": "Début"}]
    for at, edits in zip(ROUNDS[1:], rounds, strict=False):
        entries.append({"at": at, "title": at, "steps": [STEP | {"edits": edits}]})
    marketplace = {"id": "bazar-de-brume", "service": "Bazar de Brume", "terms_type": "Terms of Service"}
    script = {"marketplaces": [marketplace], "rounds": entries} | others
    path = folder / "script.yml"
    path.write_text(yaml.safe_dump(script, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def edited(folder: Path, edit: str, **parameters: object) -> str:
    """The base text after one edit."""
    return build_texts(read_script(write_script(folder, [{"edit": edit, **parameters}])))[-1].text
