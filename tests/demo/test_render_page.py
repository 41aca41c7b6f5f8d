"""Pages of the demo: the text comes back as it went in, whatever frame surrounds it."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from charter.declaration import Declaration
from demo.page_archive import PageArchive
from demo.read_rounds import Rounds, WatchedDocument, read_rounds
from demo.render_page import Frame, make_noise, render_challenge, render_page
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, ExtractionRules, rules_from_declaration
from transforms.spot_challenge import spot_challenge

ADDRESS = "https://brume.example/vendre/conditions"
MAIN = ExtractionRules(("main",), base_url=ADDRESS)
ROUNDS = read_rounds()


def frame(language: str = "fr", **noise: object) -> Frame:
    shown = make_noise(language, ADDRESS, *noise.values()) if noise else None
    return Frame(ADDRESS, "Bazar <de> Brume", "Conditions", language, "conditions", shown)


def plain_bullets(text: str) -> str:
    return re.sub(r"^- ", "* ", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def archive() -> PageArchive:
    return PageArchive(ROUNDS)


@pytest.mark.parametrize("document", ROUNDS.documents.values(), ids=list(ROUNDS.documents))
def test_a_declared_page_gives_its_markdown_back(archive: PageArchive, document: WatchedDocument) -> None:
    bodies = [archive.answer(page.address, 0).body for page in document.pages]
    assert isinstance(document.declared.declaration, Declaration)
    found = extract_text(bodies, rules_from_declaration(document.declared.declaration))
    assert found.markdown == plain_bullets("\n\n".join(page.base.strip() for page in document.pages)) + "\n"
    assert found.warnings == ()


def test_a_living_frame_differs_at_every_request_and_its_text_does_not() -> None:
    pages = [render_page("# Conditions\n\n1.1 Texte.\n", frame(request=number)) for number in (1, 2, 3)]
    assert len(set(pages)) == 3
    assert len({extract_text([page], MAIN).markdown for page in pages}) == 1
    hosts = [set(re.findall(r"https://(cdn-\w)\.brume\.example", page)) for page in pages]
    assert all(len(shown) == 1 for shown in hosts)
    assert render_page("# A", frame(request=1)) == render_page("# A", frame(request=1))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_is_a_whole_page_with_everything_around_its_text(language: str) -> None:
    html = render_page("# Conditions\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", frame(language, request=1))
    tree = LexborHTMLParser(html)
    for selector in ("html[lang]", "meta[charset]", "header nav a", ".cookies button", ".fil", "main#conditions",
                     "main article.contrat.texte table td", "aside li img", "footer"):  # fmt: skip
        assert tree.css_first(selector) is not None, selector
    assert tree.css_first("header strong").text() == "Bazar <de> Brume"
    assert "{{" not in html


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    html = render_page("Le <script>alert(1)</script> & « prix »\n", frame())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_emptied_page_keeps_its_frame_and_has_no_text() -> None:
    html = render_page("", frame())
    assert LexborHTMLParser(html).css_first("header nav a") is not None
    with pytest.raises(ExtractionError, match="fits elements without text"):
        extract_text([html], MAIN)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_challenge_is_recognised_by_its_text(language: str) -> None:
    html = render_challenge(frame(language))
    assert spot_challenge(extract_text([html], MAIN).markdown)


def test_every_round_and_page_of_the_demo_renders() -> None:
    rounds: Rounds = ROUNDS
    archive = PageArchive(rounds)
    for number in range(len(rounds.rounds)):
        for address in archive.addresses:
            assert archive.answer(address, number).body
