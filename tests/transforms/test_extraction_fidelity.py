"""Fidelity on real pages: words against the version that Open Terms Archive drew from the same page, headings, list
items and table rows against the selected HTML. `python -m benchmarks.extract --pairs` goes through all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.transforms.read_structure import KINDS, count_kept, read_html, read_markdown, recall, words
from tests.transforms.recorded_pages import Pair, RecordedPages
from transforms.decode_page import decode_page
from transforms.extract_text import extract_text
from transforms.select_html import select_content

EVERY = 5
WORDS_KEPT = 0.995
PAIRS_KEPT = 0.95
STRUCTURE_KEPT = 0.99
# A contract in the cells of one table: Markdown has no headings and lists in a cell.
IN_CELLS = ("Buffer", "Terms of Service")


@pytest.fixture(scope="module")
def recorded(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> RecordedPages:
    if not (corpus / "pages" / "pairs.csv").is_file():
        pytest.skip(f"no recorded pages at {corpus / 'pages'}")
    return RecordedPages(corpus, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def extracted(recorded: RecordedPages) -> list[tuple[Pair, str]]:
    return [
        (pair, extract_text([pair.page], recorded.rules(pair.service, pair.terms_type)).markdown)
        for pair in recorded.read_pairs(EVERY)
    ]


def test_nearly_every_word_of_the_reference_versions_is_extracted(extracted: list[tuple[Pair, str]]) -> None:
    recalls = [recall(words(text), words(pair.reference)) for pair, text in extracted]
    assert len(recalls) > 0
    good = sum(value >= WORDS_KEPT for value in recalls)
    assert good / len(recalls) >= PAIRS_KEPT, sorted(recalls)[:5]


def test_headings_items_and_rows_of_the_selected_html_stand_in_the_markdown(
    recorded: RecordedPages, extracted: list[tuple[Pair, str]]
) -> None:
    kept: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for pair, text in extracted:
        if (pair.service, pair.terms_type) == IN_CELLS:
            continue
        (rules,) = recorded.rules(pair.service, pair.terms_type)
        selected = select_content(LexborHTMLParser(decode_page(pair.page)[0]), rules.select)[0]
        for kind, (found, of) in count_kept(read_markdown(text), read_html(selected)).items():
            kept[kind] += found
            wanted[kind] += of
    assert all(wanted[kind] > 100 for kind in KINDS)
    assert {kind for kind in KINDS if kept[kind] < STRUCTURE_KEPT * wanted[kind]} == set(), (kept, wanted)
