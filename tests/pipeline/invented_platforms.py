"""Two invented platforms with a page each, as platform files and as HTML."""

from __future__ import annotations

from pathlib import Path

BAZAR = "https://bazar.example/vendre/conditions"
HALLE = "https://halle.example/vendre/conditions"

PLATFORM = """id: {name}
name: {title}
locale: fr-FR
charter_status:
  - {{status: none, valid_from: 2019-03-26, source: invented}}
allowed_hosts: [{name}.example]
documents:
  - id: {name}/seller_terms
    title: Conditions des vendeurs
    terms_type: Marketplace Sellers Conditions
    language: fr
    audience: seller
    format: html
    confidence: high
    state: active
    source: invented
    declarations:
      - fetch: https://{name}.example/vendre/conditions
        select: {select}
"""


def write_platforms(folder: Path, *, select: str = "main") -> Path:
    """Write the two platform files; `select` is the selector of both documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, title in (("bazar", "Bazar d'Essai"), ("halle", "Halle Inventée")):
        text = PLATFORM.format(name=name, title=title, select=select)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def write_market(folder: Path, names: list[str]) -> Path:
    """Write one platform with a document on a host of its own for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = PLATFORM.format(name="market", title="Marché d'Essai", select="main").split("  - id:")
    head = lines[0].replace("[market.example]", f"[{', '.join(f'{name}.example' for name in names)}]")
    documents = [
        lines[1]
        .replace("market/seller_terms", f"market/{name}")
        .replace("market.example", f"{name}.example")
        .replace("Conditions des vendeurs", f"Conditions {name}")
        for name in names
    ]
    (folder / "market.yml").write_text("  - id:".join([head, *documents]), encoding="utf-8")
    return folder


def page(*, notice: str = "30 jours", commission: str = "12 %", frame: str = "", aside: str = "") -> str:
    """The terms as a page: `frame` stands outside the selected part, `aside` inside, after the articles."""
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Vendre</title></head><body>
<header>Bazar {frame}</header>
<main>
<h1>Conditions applicables aux vendeurs professionnels</h1>
<h2>Article 1 - Objet</h2>
<p>1.1 Les présentes conditions régissent la relation entre la Place de marché et le Vendeur professionnel.</p>
<h2>Article 2 - Suspension et résiliation</h2>
<p>2.1 La Place de marché peut résilier le contrat du Vendeur moyennant un préavis de {notice} notifié par courriel.</p>
<p>2.2 La Place de marché peut suspendre le compte du Vendeur lorsque son taux d'annulation dépasse 5 %.</p>
<h2>Article 3 - Commissions</h2>
<p>3.1 La Place de marché prélève sur chaque vente du Vendeur une commission de {commission} du prix toutes taxes
comprises.</p>
<div class="aside">{aside}</div>
</main><footer>Pied de page</footer></body></html>
"""
