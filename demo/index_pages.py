"""The replay server's own page: every round and every address in it."""

from __future__ import annotations

from demo.page_archive import PageArchive
from demo.render_page import page_templates


def index_pages(archive: PageArchive, url: str) -> str:
    """An HTML page with a link to each page of each round, and the setting that makes Vigie read it."""
    rounds = [
        (f"{at:%Y-%m-%dT%H:%M:%SZ}", current.title)
        for at, current in zip(archive.moments, archive.rounds.rounds, strict=True)
    ]
    template = page_templates().get_template("index.html.j2")
    return template.render(url=url, rounds=rounds, addresses=archive.addresses)
