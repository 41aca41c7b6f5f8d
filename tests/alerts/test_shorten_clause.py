"""Marking edits and shortening a clause around them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.clean_text import measure_text
from alerts.mark_edits import Span, mark_edits
from alerts.shorten_clause import shorten_clause
from transforms.model import Edit

SENTENCES = st.lists(
    st.sampled_from(
        ["Le vendeur répond vite. ", "Rien ne change ici ; ", "Un texte sans fin ", "Article 4\n", "👩‍⚖️ "]
    ),
    min_size=1,
    max_size=60,
).map("".join)
WORDS = st.text("abcdefgh ", min_size=1, max_size=30).filter(str.strip).map(str.strip)


@st.composite
def marked_clauses(draw: st.DrawFn) -> list[Span]:
    spans = [Span(draw(SENTENCES), "same")]
    for _ in range(draw(st.integers(1, 4))):
        spans += [
            Span(draw(WORDS), "old"),
            Span(" ", "same"),
            Span(draw(WORDS), "new"),
            Span(draw(SENTENCES), "same"),
        ]
    return spans


@settings(deadline=None, max_examples=150)
@given(spans=marked_clauses(), limit=st.integers(1600, 4000))
def test_a_shortened_clause_keeps_every_short_edit_and_fits(spans: list[Span], limit: int) -> None:
    shortened = shorten_clause(spans, limit)
    assert sum(measure_text(span.text) for span in shortened) <= limit
    edits = [span for span in spans if span.mark != "same"]
    assert [span for span in shortened if span.mark != "same"] == edits


@settings(deadline=None, max_examples=100)
@given(spans=marked_clauses(), limit=st.integers(100, 400))
def test_even_a_tight_limit_is_kept(spans: list[Span], limit: int) -> None:
    assert sum(measure_text(span.text) for span in shorten_clause(spans, limit)) <= limit


def test_a_clause_that_fits_is_left_alone() -> None:
    spans = (Span("Un texte. ", "same"), Span("ajout", "new"))
    assert shorten_clause(spans, 100) == spans


def test_unchanged_sentences_between_two_edits_leave_a_gap() -> None:
    middle = "Première phrase. " + "Une phrase de trop. " * 60 + "Dernière phrase "
    spans = [Span("dix", "old"), Span(middle, "same"), Span("vingt", "new")]
    assert shorten_clause(spans, 300)[1] == Span("Première phrase. […] Dernière phrase ", "same")


def test_a_very_long_edit_loses_its_middle() -> None:
    spans = [Span("Ajout : ", "same"), Span("mot " * 2000, "new")]
    shortened = shorten_clause(spans, 1000)
    assert shortened[1].text.startswith("mot mot")
    assert " […] " in shortened[1].text
    assert shortened[1].text.endswith("mot ")


def test_words_changed_one_after_the_other_are_marked_as_one_change() -> None:
    edits = (
        Edit("equal", "sous ", "sous "),
        Edit("replace", "trente", "quinze"),
        Edit("equal", " ", " "),
        Edit("replace", "jours", "semaines"),
        Edit("equal", " francs", " francs"),
    )
    assert mark_edits(edits) == (
        Span("sous ", "same"),
        Span("trente jours", "old"),
        Span(" ", "same"),
        Span("quinze semaines", "new"),
        Span(" francs", "same"),
    )


def test_an_edit_of_blanks_alone_is_not_marked() -> None:
    assert mark_edits((Edit("equal", "a", "a"), Edit("replace", " ", "  "), Edit("equal", "b", "b"))) == (
        Span("a b", "same"),
    )


def test_old_and_new_words_never_touch() -> None:
    edits = (Edit("equal", "dans (", "dans ("), Edit("replace", "30", "15"), Edit("equal", ")", ")"))
    assert "".join(span.text for span in mark_edits(edits)) == "dans (30 15)"
