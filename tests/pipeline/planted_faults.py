"""One invented platform whose documents each have one fault planted, as platform file and as replayed pages."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import yaml

from tests.pipeline.invented_platforms import page
from tests.pipeline.replay_site import Answer, ReplaySite

ENGLISH = """<html><body><main><h1>Terms for professional sellers</h1>
<p>1.1 These terms govern the relation between the Marketplace and the professional Seller who offers goods on it.</p>
<p>2.1 The Marketplace may end the agreement with a notice of 30 days, which it sends to the Seller by e-mail.</p>
<p>3.1 The Marketplace takes a commission of 12 % of the price of every sale that the Seller makes.</p>
</main></body></html>"""
CHALLENGE = "<html><body><main><p>Checking your browser before you continue.</p></main></body></html>"
EMPTY = "<html><body><header>Bazar</header><main> </main></body></html>"


class FlickeringAnswer(Answer):
    """A page that shows another number at every request."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = count(1)

    @property
    def body(self) -> str:
        return page(aside=f"<p>Consulté par {next(self._shown)} vendeurs aujourd'hui</p>")

    @body.setter
    def body(self, _: str) -> None:
        pass


def plant(folder: Path, site: ReplaySite) -> Path:
    """Write the platform file and fill the site; each document is called by its fault."""
    documents = []
    for name in (
        "sound", "moved", "clutter", "flipped", "empty", "challenge", "robots", "phrase", "unstable", "short", "gone"
    ):  # fmt: skip
        declaration: dict[str, object] = {
            "fetch": address(name),
            "select": "#gone" if name == "moved" else "main",
        }
        if name == "clutter":
            declaration["remove"] = [".aside", ".banner"]
        document: dict[str, object] = {
            "id": f"bazar/{name}",
            "title": f"Conditions {name}",
            "terms_type": "Marketplace Sellers Conditions",
            "language": "fr",
            "audience": "seller",
            "format": "html",
            "confidence": "high",
            "state": "active",
            "source": "invented",
            "must_contain": ["Vendeur professionnel"] if name == "sound" else [],
            "declarations": [declaration],
        }
        if name == "phrase":
            document["must_contain"] = ["Place de marché", "Médiation de la consommation"]
        documents.append(document)
        site.pages[address(name)] = Answer(page(aside="<p>À lire aussi</p>" if name == "clutter" else ""))
    documents.append(
        documents[0]
        | {
            "id": "bazar/unverified",
            "state": "to_verify",
            "state_reason": "No source declares its selector.",
            "declarations": [{"fetch": address("unverified")}],
        }
    )
    site.pages[address("unverified")] = Answer(page())
    site.pages[address("flipped")] = Answer(ENGLISH)
    site.pages[address("empty")] = Answer(EMPTY)
    site.pages[address("challenge")] = Answer(CHALLENGE)
    site.pages[address("unstable")] = FlickeringAnswer()
    site.pages[address("short")] = Answer("<main><p>Cette page revient bientôt, merci.</p></main>")
    site.pages[address("gone")] = Answer("", 410)
    site.robots["bazar.example"] = Answer("User-agent: *\nDisallow: /robots\n")
    platform = {
        "id": "bazar",
        "name": "Bazar d'Essai",
        "locale": "fr-FR",
        "charter_status": [{"status": "none", "valid_from": "2019-03-26", "source": "invented"}],
        "allowed_hosts": ["bazar.example"],
        "documents": documents,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bazar.yml").write_text(
        yaml.safe_dump(platform, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return folder


def address(name: str) -> str:
    """Address of the document with a fault."""
    return f"https://bazar.example/{name}"
