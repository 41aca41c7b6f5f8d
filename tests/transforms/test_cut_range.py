"""Range selectors: what lies between two elements of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from transforms.cut_range import extract_range, inside, locate_range
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, ExtractionRules, RangeSelector
from transforms.select_html import drop_nodes

FLAT_PAGE = "<main><h2 id=a>A</h2><p>un</p><h2 id=b>B</h2><p>deux</p><h2 id=c>C</h2><p>trois</p></main>"
NESTED_PAGE = (
    "<div><section><h2 id=a>A</h2><p>un <b>gras</b></p></section>"
    "<section><ul><li>x</li><li id=b>y</li><li>z</li></ul></section><p>fin</p></div>"
)


def markdown_of(page: str, *select: RangeSelector | str, remove: tuple[RangeSelector | str, ...] = ()) -> str:
    return extract_text([page], ExtractionRules(select, remove)).markdown


@pytest.mark.parametrize(
    ("takes_start", "takes_end", "expected"),
    [
        (True, False, "## A\n\nun\n\n## B\n\ndeux\n"),
        (False, False, "un\n\n## B\n\ndeux\n"),
        (True, True, "## A\n\nun\n\n## B\n\ndeux\n\n## C\n"),
        (False, True, "un\n\n## B\n\ndeux\n\n## C\n"),
    ],
)
def test_a_range_takes_its_ends_in_or_leaves_them_out(
    takes_start: bool, takes_end: bool, expected: str
) -> None:
    assert markdown_of(FLAT_PAGE, RangeSelector("#a", "#c", takes_start, takes_end)) == expected


def test_a_range_cuts_through_elements_and_keeps_their_tags() -> None:
    assert markdown_of(NESTED_PAGE, RangeSelector("#a", "#b", False, False)) == "un **gras**\n\n* x\n"
    assert markdown_of(NESTED_PAGE, RangeSelector("#b", "div > p", True, False)) == "* y\n* z\n"


def test_a_removed_range_leaves_what_stands_around_it() -> None:
    assert (
        markdown_of(NESTED_PAGE, "div", remove=(RangeSelector("b", "#b"),))
        == "## A\n\nun\n\n* y\n* z\n\nfin\n"
    )


def test_ranges_and_selectors_to_remove_may_overlap_in_any_order() -> None:
    both = (RangeSelector("#a", "#b"), "section:first-child", "#a")
    expected = "* y\n* z\n\nfin\n"
    assert markdown_of(NESTED_PAGE, "div", remove=both) == expected
    assert markdown_of(NESTED_PAGE, "div", remove=both[::-1]) == expected


def test_a_range_may_start_around_its_own_end() -> None:
    assert markdown_of(NESTED_PAGE, RangeSelector("ul", "#b")) == "* x\n"


def test_an_end_that_fits_nothing_is_named_with_its_range() -> None:
    with pytest.raises(
        ExtractionError, match=r'range "startBefore #a .. endBefore #gone": its end fits nothing'
    ):
        markdown_of(FLAT_PAGE, RangeSelector("#a", "#gone"))
    with pytest.raises(
        ExtractionError, match=r'range "startAfter #gone .. endAfter #a": its start fits nothing'
    ):
        markdown_of(FLAT_PAGE, "main", remove=(RangeSelector("#gone", "#a", False, True),))


def test_a_range_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="ends before it starts"):
        markdown_of(FLAT_PAGE, RangeSelector("#c", "#a"))


@given(
    st.recursive(
        st.sampled_from(["mot", "texte"]),
        lambda inner: st.tuples(st.sampled_from(["div", "section"]), st.lists(inner, max_size=4)),
        max_leaves=12,
    ),
    st.booleans(),
    st.booleans(),
    st.data(),
)
def test_what_a_range_takes_and_what_it_leaves_make_up_the_page(
    shape: object, takes_start: bool, takes_end: bool, data: st.DataObject
) -> None:
    page, ids = _render(shape)
    first, second = sorted(data.draw(st.lists(st.integers(0, ids - 1), min_size=2, max_size=2)))
    tree = LexborHTMLParser(page)
    selector = RangeSelector(f"[n='{first}']", f"[n='{second}']", takes_start, takes_end)
    try:
        stretch = locate_range(tree, selector)
    except ExtractionError:
        return
    whole = _words(tree.html or "")
    taken = _words(extract_range(tree, stretch))
    drop_nodes(inside(tree, stretch))
    left = _words(tree.html or "")
    assert any(left[:cut] + taken + left[cut:] == whole for cut in range(len(left) + 1))


def _render(shape: object) -> tuple[str, int]:
    count = 0

    def render(part: object) -> str:
        nonlocal count
        number = count
        count += 1
        if isinstance(part, str):
            return f"<p n='{number}'>{part}{number}</p>"
        assert isinstance(part, tuple)
        tag, children = part
        return f"<{tag} n='{number}'>{''.join(map(render, children))}</{tag}>"

    return f"<body>{render(shape)}</body>", count


def _words(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return body.text(separator=" ").split() if body else []
