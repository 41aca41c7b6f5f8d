"""Structure of the Markdown that an HTML page gives: headings, lists, tables, and what leaves no trace."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.transforms.read_structure import read_markdown
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionRules

ADDRESS = "https://vendeurs.bazar-de-brume.example/legal/cgv/"


def rules(*select: str) -> ExtractionRules:
    return ExtractionRules(select, base_url=ADDRESS)


def test_text_in_folded_or_hidden_panels_is_kept() -> None:
    panel = "<details><summary>Frais</summary><p>12 %</p></details>"
    page = f"<main>{panel}<p style='display:none'>Réserve</p></main>"
    markdown = extract_text([page], rules("main")).markdown
    assert "12 %" in markdown
    assert "Réserve" in markdown


def test_scripts_drawings_and_frames_leave_no_trace_and_images_their_alternative_text() -> None:
    page = (
        "<main>avant <script>a()</script><noscript>n</noscript><svg><text>dessin</text></svg>"
        "<iframe src=x></iframe>"
        "<img src='//cdn7.example/i.png' alt='Logo  des vendeurs'><img src='p.gif'> après</main>"
    )
    assert extract_text([page], rules("main")).markdown == "avant Logo des vendeurs après\n"


def test_the_marks_of_a_list_do_not_depend_on_its_neighbours() -> None:
    numbered = "<ol><li>a</li></ol><ol start=4><li>b</li></ol><ol><li value=9>c</li></ol>"
    page = f"<main>{numbered}<ul><li>d</li></ul></main>"
    assert extract_text([page], rules("main")).markdown == "1. a\n\n4. b\n\n9. c\n\n* d\n"
    bullets = "<main><ul><li>a</li></ul><ul><li>b</li></ul></main>"
    assert extract_text([bullets], rules("main")).markdown == "* a\n\n* b\n"


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("<details><summary><h2>Frais</h2></summary><p>12 %</p></details>", "## Frais\n\n12 %\n"),
        ("<strong><h3>Frais</h3><p>12 %</p></strong>", "### Frais\n\n12 %\n"),
        ("<b><ul><li>un</li><li>deux</li></ul></b>", "* un\n* deux\n"),
        ("<a href='/x'>Voir<ul><li>un</li></ul></a>", "Voir\n\n* un\n"),
        ("<a href='https://brume.example/x'><h2>Frais</h2></a>", "## [Frais](https://brume.example/x)\n"),
    ],
)
def test_emphasis_around_blocks_does_not_hide_what_they_are(around: str, expected: str) -> None:
    assert extract_text([f"<main>{around}</main>"], rules("main")).markdown == expected


def test_empty_lines_in_an_item_do_not_end_its_list() -> None:
    item = "<li>Primes<br> <br><b>Conditions</b><ul><li>une vente</li></ul></li>"
    markdown = extract_text([f"<main><ol>{item}<li>Fin</li></ol></main>"], rules("main")).markdown
    structure = read_markdown(markdown)
    assert structure == Counter(
        {("item", ("Primes", "Conditions")): 1, ("item", ("une", "vente")): 1, ("item", ("Fin",)): 1}
    )


def test_lone_cells_rows_and_items_keep_their_boundaries() -> None:
    page = "<table><tr><td>Lampes</td><td>12 %</td></tr></table><ul><li>un</li><li>deux</li></ul>"
    assert extract_text([page], rules("tr")).markdown == "| Lampes | 12 % |\n| --- | --- |\n"
    assert extract_text([page], rules("li")).markdown == "* un\n* deux\n"


def test_marks_in_the_text_of_a_page_are_escaped() -> None:
    page = "<main><p>1. Objet * et _frais_ annexes</p><p># note</p></main>"
    assert (
        extract_text([page], rules("main")).markdown == "1\\. Objet \\* et \\_frais\\_ annexes\n\n\\# note\n"
    )
