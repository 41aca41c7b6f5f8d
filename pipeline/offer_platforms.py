"""What the form of a round offers: the platforms that have something to watch."""

from __future__ import annotations

from charter.errors import CharterError
from charter.load import load_platforms
from pipeline.settings import read_settings


def offer_platforms() -> dict[str, str]:
    """Names of the platforms with an active document, by id.

    Empty when settings or platform files are wrong: a form must not take its DAG out of the UI, and the round's plan
    says what is wrong.
    """
    try:
        platforms = load_platforms(read_settings().platforms)
    except (CharterError, ValueError):
        return {}
    return {
        platform.id: platform.name
        for platform in platforms
        if any(document.state == "active" for document in platform.documents)
    }
