"""Selectors are tried one by one, also where extraction would stop at the first that fails."""

from __future__ import annotations

from transforms.extraction_rules import ExtractionRules, FilterCall, RangeSelector, Snapshot
from transforms.try_selectors import SAMPLE_CHARS, offer_selectors, try_selectors

PAGE = Snapshot(
    b"""<html><body><nav>Menu</nav><main><h1 id="a">Terms</h1><p class="ad">Buy   now</p><p class="ad">Buy now</p>
    <p>The seller ships within two days.</p><h2 id="b">Old terms</h2></main><aside>71 views</aside></body></html>"""
)


def test_every_selector_is_counted_though_others_fit_nothing() -> None:
    rules = ExtractionRules(select=("#gone", "p", "main >"), remove=(".ad", ".banner"))
    tried = [(one.role, one.number, one.count) for one in try_selectors(PAGE, rules)]
    assert tried == [("remove", 0, 2), ("remove", 1, 0), ("select", 0, 0), ("select", 1, 1), ("select", 2, 0)]


def test_select_is_tried_on_what_remove_leaves() -> None:
    (_, select) = try_selectors(PAGE, ExtractionRules(select=(".ad",), remove=("main",)))
    assert select.count == 0


def test_a_selector_that_is_no_css_says_so() -> None:
    (tried,) = try_selectors(PAGE, ExtractionRules(select=("main >",)))
    assert tried.error == 'selector "main >" is not valid CSS'


def test_a_range_without_its_end_says_which_end() -> None:
    good, bad = RangeSelector("#a", "#b"), RangeSelector("#a", "#c")
    tried = try_selectors(PAGE, ExtractionRules(select=(good, bad)))
    assert [one.count for one in tried] == [1, 0]
    assert "its end fits nothing" in tried[1].error


def test_samples_are_short_distinct_and_of_one_line() -> None:
    (tried,) = try_selectors(PAGE, ExtractionRules(remove=(".ad",)))
    assert tried.samples == ("Buy now",)
    long = Snapshot(f"<p>{'word ' * 40}</p>".encode())
    (cut,) = try_selectors(long, ExtractionRules(remove=("p",)))
    assert len(cut.samples[0]) <= SAMPLE_CHARS
    assert cut.samples[0].endswith("…")


def test_filters_work_before_selectors() -> None:
    rules = ExtractionRules(select=("aside",), filters=(FilterCall("drop_view_counters"),))
    assert [one.count for one in try_selectors(PAGE, rules)] == [0]


def test_a_pdf_has_no_elements() -> None:
    assert try_selectors(Snapshot(b"%PDF-1.7\n"), ExtractionRules(select=("main",))) == ()


def test_landmarks_of_a_page_are_offered_the_longest_first() -> None:
    page = Snapshot(b"<body><div id='content'><main>Terms for sellers</main> and a menu</div></body>")
    assert [name for name, _ in offer_selectors(page)] == ["#content", "main"]
