"""Extraction of HTML pages to Markdown under rules."""

from __future__ import annotations

import pytest

from charter.models import Declaration
from transforms.extract_text import extract_text
from transforms.extraction_rules import (
    ExtractionError,
    ExtractionRules,
    FilterCall,
    RangeSelector,
    SelectorHits,
    rules_from_declaration,
)

SELLER_PAGE = """<html><head><title>Vendre</title><style>p {color: red}</style></head><body>
<nav><a href="/">Accueil</a></nav>
<main id="terms">
  <h1>Conditions des vendeurs</h1>
  <p class="banner">Promotion de rentrée</p>
  <h2>Article 1 - Préavis</h2>
  <p>Le Vendeur est informé
     <strong>30 jours</strong> avant toute <a href="../aide/modifs?x=1#a">modification</a>.</p>
  <ul><li>par courriel ;</li><li>sur son tableau de bord.</li></ul>
  <h2>Article 2 - Commissions</h2>
  <table><tr><th>Famille</th><th>Taux</th></tr><tr><td>Lampes</td><td>12 %</td></tr></table>
  <script>track("Vendeur")</script>
</main>
<footer>Mentions légales</footer></body></html>"""
ADDRESS = "https://vendeurs.bazar-de-brume.example/legal/cgv/"


def rules(
    *select: str, remove: tuple[str, ...] = (), filters: tuple[FilterCall, ...] = ()
) -> ExtractionRules:
    return ExtractionRules(select, remove, filters, ADDRESS)


def test_a_selected_page_becomes_markdown_with_headings_lists_tables_and_absolute_links() -> None:
    extraction = extract_text([SELLER_PAGE], rules("#terms", remove=(".banner",)))
    assert extraction.markdown == (
        "# Conditions des vendeurs\n\n"
        "## Article 1 - Préavis\n\n"
        "Le Vendeur est informé **30 jours** avant toute"
        " [modification](https://vendeurs.bazar-de-brume.example/legal/aide/modifs?x=1#a).\n\n"
        "* par courriel ;\n* sur son tableau de bord.\n\n"
        "## Article 2 - Commissions\n\n"
        "| Famille | Taux |\n| --- | --- |\n| Lampes | 12 % |\n"
    )
    assert extraction.selector_hits == (
        SelectorHits(0, "remove", ".banner", 1),
        SelectorHits(0, "select", "#terms", 1),
    )
    assert extraction.warnings == ()


def test_selectors_follow_each_other_in_their_own_order_and_elements_in_document_order() -> None:
    page = "<h1>Un</h1><p>a</p><h1>Deux</h1><p>b</p>"
    assert extract_text([page], rules("p", "h1")).markdown == "a\n\nb\n\n# Un\n\n# Deux\n"
    assert extract_text([page], rules("p, h1")).markdown == "# Un\n\na\n\n# Deux\n\nb\n"


def test_removal_sees_the_whole_page_before_anything_is_selected() -> None:
    page = "<p class=flag></p><div><p>gardé</p></div><p class=flag>x</p><div><p>ôté</p></div>"
    assert extract_text([page], rules("div", remove=(".flag:not(:empty) + div",))).markdown == "gardé\n"


def test_a_removed_element_inside_a_removed_element_is_no_fault() -> None:
    page = "<div><aside><p class=ad>x</p></aside><p>texte</p></div>"
    extraction = extract_text([page], rules("div", remove=("aside", ".ad", "aside p")))
    assert extraction.markdown == "texte\n"
    assert [hit.count for hit in extraction.selector_hits] == [1, 1, 1, 1]


def test_several_pages_are_joined_each_under_its_own_rules() -> None:
    pages: list[str | bytes] = ["<main><a href='a'>un</a></main>", b"<article><a href='a'>deux</a></article>"]
    each = [rules("main"), ExtractionRules(("article",), base_url="https://b.example/x/")]
    extraction = extract_text(pages, each)
    assert extraction.markdown == f"[un]({ADDRESS}a)\n\n[deux](https://b.example/x/a)\n"
    assert [hit.page for hit in extraction.selector_hits] == [0, 1]


def test_a_page_without_rules_or_rules_without_page_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="1 pages for 2 sets of rules"):
        extract_text(["<p>a</p>"], [rules("p"), rules("p")])
    with pytest.raises(ExtractionError, match="0 pages"):
        extract_text([], rules("p"))


def test_a_selection_that_fits_nothing_names_its_selectors() -> None:
    with pytest.raises(ExtractionError, match=r'select "#gone", "\.terms" fits nothing'):
        extract_text([SELLER_PAGE], rules("#gone", ".terms"))


def test_one_selector_among_several_that_fits_nothing_is_a_warning() -> None:
    extraction = extract_text([SELLER_PAGE], rules("h1", "#gone"))
    assert extraction.warnings == ('select "#gone" fits nothing',)


def test_a_selection_without_words_is_an_error() -> None:
    with pytest.raises(ExtractionError, match=r'select "#app" fits elements without text'):
        extract_text(["<div id=app><script>render()</script><hr></div>"], rules("#app"))


def test_a_selector_that_is_not_css_is_named() -> None:
    with pytest.raises(ExtractionError, match=r'selector "div\[" is not valid CSS'):
        extract_text([SELLER_PAGE], rules("div["))
    with pytest.raises(ExtractionError, match=r'selector "p::" is not valid CSS'):
        extract_text([SELLER_PAGE], rules("main", remove=("p::",)))


def test_a_fault_in_one_of_several_pages_names_the_page() -> None:
    with pytest.raises(ExtractionError, match=r'page 2 \(https://.*/cgv/\): select "main" fits nothing'):
        extract_text(["<main>a</main>", "<p>b</p>"], rules("main"))


def test_an_unknown_filter_is_an_error_that_lists_those_that_exist() -> None:
    with pytest.raises(ExtractionError, match=r"unknown filter cleanUrls; there are .*remove_query_params"):
        extract_text([SELLER_PAGE], rules("main", filters=(FilterCall("cleanUrls"),)))


def test_anchors_without_text_are_dropped_and_fragment_links_left_alone() -> None:
    page = "<main><h2><a href='#a'></a>Titre</h2><p><a href='#b'>voir</a> <a href=''>ici</a></p></main>"
    assert extract_text([page], rules("main")).markdown == "## Titre\n\n[voir](#b) ici\n"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://Aide.Example", "https://aide.example/"),
        ("//cdn.example/é t", "https://cdn.example/%C3%A9%20t"),
        ("mailto:vendeurs@brume.example", "mailto:vendeurs@brume.example"),
        ("?page=2", f"{ADDRESS}?page=2"),
        ("http://[perdu", "http://[perdu"),
    ],
)
def test_links_are_written_as_browsers_write_them(href: str, expected: str) -> None:
    page = f"<main><a href='{href}'>lien</a></main>"
    assert extract_text([page], rules("main")).markdown == f"[lien]({expected})\n"


def test_a_base_element_decides_what_relative_links_refer_to() -> None:
    page = "<head><base href='/fr/'></head><main><a href='cgv'>CGV</a></main>"
    link = "https://vendeurs.bazar-de-brume.example/fr/cgv"
    assert extract_text([page], rules("main")).markdown == f"[CGV]({link})\n"


def test_links_stay_relative_without_an_address() -> None:
    assert (
        extract_text(["<main><a href='cgv'>CGV</a></main>"], ExtractionRules(("main",))).markdown
        == "[CGV](cgv)\n"
    )


def test_protected_email_addresses_read_alike_at_every_request() -> None:
    texts = {
        extract_text(
            [
                f"<main><a href='/cdn-cgi/l/email-protection#{code}'>x <b>{code}</b></a>"
                f" <span data-cfemail='{code}'>[email&#160;protected]</span></main>"
            ],
            rules("main"),
        ).markdown
        for code in ("3e5f1a", "99aa01")
    }
    assert texts == {
        "[[email protected]](https://vendeurs.bazar-de-brume.example/cdn-cgi/l/email-protection)"
        " [email protected]\n"
    }


def test_lost_characters_are_counted_in_a_warning() -> None:
    extraction = extract_text(["<main>d\ufffdlai de pr\ufffdavis</main>"], rules("main"))
    assert extraction.warnings == ("2 characters are lost in encoding (U+FFFD)",)


def test_extracting_twice_gives_the_same_value() -> None:
    first, second = (extract_text([SELLER_PAGE.encode()], rules("main")) for _ in range(2))
    assert first == second


def test_the_extractor_version_names_the_libraries() -> None:
    version = extract_text([SELLER_PAGE], rules("main")).extractor_version
    assert "selectolax" in version
    assert "html-to-markdown" in version


def test_rules_are_read_from_a_declaration_of_one_page() -> None:
    declaration = Declaration.model_validate(
        {
            "fetch": ADDRESS,
            "select": ["main", {"startAfter": "#a", "endBefore": "#b"}],
            "remove": {"startBefore": "#c", "endAfter": "#d"},
            "filter": [
                "normalise_nbsp",
                {"removeQueryParams": ["utm_x", "sid"]},
                {"removeQueryParams": "one"},
            ],
        }
    )
    assert rules_from_declaration(declaration) == (
        ExtractionRules(
            select=("main", RangeSelector("#a", "#b", takes_start=False, takes_end=False)),
            remove=(RangeSelector("#c", "#d", takes_start=True, takes_end=True),),
            filters=(
                FilterCall("normalise_nbsp"),
                FilterCall("removeQueryParams", ("utm_x", "sid")),
                FilterCall("removeQueryParams", ("one",)),
            ),
            base_url=ADDRESS,
        ),
    )


def test_filter_parameters_that_are_no_texts_are_an_error() -> None:
    declaration = Declaration.model_validate(
        {"fetch": ADDRESS, "select": "main", "filter": [{"removeQueryParams": {"name": 3}}]}
    )
    with pytest.raises(ExtractionError, match="filter removeQueryParams: parameters"):
        rules_from_declaration(declaration)
