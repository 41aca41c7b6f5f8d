"""Phrases that a document must contain: without them a text is not this policy, whatever it is."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.normalise_text import fold_accents
from transforms.strip_markdown import strip_markdown

_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")


def find_missing_phrases(markdown: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Those phrases that a text lacks, compared without marks of Markdown, case, accents and kinds of white space."""
    wanted = {phrase: _fold(phrase) for phrase in phrases}
    if not wanted:
        return ()
    text = _fold(_read_plain(markdown))
    return tuple(phrase for phrase, folded in wanted.items() if folded not in text)


def _read_plain(markdown: str) -> str:
    """Text without marks; block by block, as a mark never reaches beyond its own."""
    return " ".join(
        strip_markdown(block.replace("|", " "))[0].lstrip("#> ") for block in markdown.split("\n\n")
    )


def _fold(text: str) -> str:
    return " ".join(fold_accents(text.translate(_APOSTROPHES)).casefold().split())
