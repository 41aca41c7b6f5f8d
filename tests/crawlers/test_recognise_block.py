"""Walls are told from policies by several signals together. Every page here is invented."""

from __future__ import annotations

import pytest

from crawlers.block_marks import MAX_WEIGHT, WALLS, read_marks
from crawlers.read_page import READ_AS_TEXT, Selector, read_page
from crawlers.recognise_block import AnswerSeen, Recognition, recognise_block
from tests.crawlers.wall_pages import ALL_COOKIES, ALL_HEADERS, ORDINARY, WALL_PAGES, Headers
from transforms.extraction_rules import RangeSelector

ARTICLE = "<p>Le vendeur expédie sous deux jours et paie une commission de 15 %.</p>"
POLICY = f"<h1>Conditions de vente</h1><article id='cgv'>{ARTICLE * 60}</article>"
SHORT_POLICY = f"<h1>Frais</h1><article id='cgv'>{ARTICLE * 6}</article>"


def recognise(
    body: str,
    status: int = 200,
    headers: Headers = (),
    cookies: tuple[str, ...] = (),
    select: tuple[Selector, ...] = (),
    address: str = "https://bazar.example/cgv",
) -> Recognition:
    page = read_page(f"<html>{body}</html>".encode(), "text/html", select)
    return recognise_block(AnswerSeen(status, address, page, headers, cookies))


@pytest.mark.parametrize("name", WALL_PAGES)
def test_a_wall_is_recognised(name: str) -> None:
    wall, body, status, headers, cookies = WALL_PAGES[name]
    seen = recognise(body, status, headers, cookies)
    assert seen.is_wall, seen
    assert seen.wall == wall
    assert sum(signal.weight for signal in seen.signals) == seen.score


@pytest.mark.parametrize("ordinary", ORDINARY)
def test_a_policy_is_none_whatever_else_its_page_carries(ordinary: str) -> None:
    page = ORDINARY[ordinary] + POLICY
    assert not recognise(page, headers=ALL_HEADERS, cookies=ALL_COOKIES).is_wall
    assert not recognise(page, headers=ALL_HEADERS, cookies=ALL_COOKIES, select=("#cgv",)).is_wall


@pytest.mark.parametrize("ordinary", ORDINARY)
def test_a_short_policy_is_none_where_its_selector_fits(ordinary: str) -> None:
    seen = recognise(ORDINARY[ordinary] + SHORT_POLICY, select=("#cgv",))
    assert not seen.is_wall, seen


def test_all_ordinary_things_together_make_no_wall_of_a_policy() -> None:
    page = "".join(ORDINARY.values()) + POLICY
    seen = recognise(page, headers=ALL_HEADERS, cookies=ALL_COOKIES, select=("#cgv",))
    assert not seen.is_wall
    assert seen.signals, "what it carries is noted all the same"


def test_little_text_and_a_missing_selector_alone_make_no_wall() -> None:
    seen = recognise("<p>Bientôt.</p>", status=403, select=("#cgv",))
    assert seen == Recognition()


def test_products_that_only_leave_their_traces_make_no_wall_of_a_short_page() -> None:
    traces = "".join(
        ORDINARY[name] for name in ("Cloudflare's beacon", "Cloudflare's detection", "HUMAN's sensor")
    )
    assert not recognise(
        f"{traces}<p>Bientôt.</p>", headers=(("server", "cloudflare"),), select=("#cgv",)
    ).is_wall


@pytest.mark.parametrize("status", [404, 410])
def test_an_error_page_with_a_login_form_and_a_shell_is_an_error_page(status: int) -> None:
    page = "<div id='root'></div><noscript>Enable JavaScript</noscript><form><input type=password></form>"
    assert not recognise(page + "<title>Connexion</title>", status).is_wall


def test_a_missing_selector_makes_a_doubtful_page_a_wall() -> None:
    page = f"<form><input type=password></form>{'<p>Bienvenue chez nous.</p>' * 15}"
    assert not recognise(page).is_wall
    assert recognise(page, select=("#cgv",)).wall == "login_required"
    assert recognise(page, select=("#cgv",)).is_wall


def test_a_selector_that_fits_every_page_says_nothing() -> None:
    page = read_page(POLICY.encode(), "text/html", ("body",))
    assert page.selected_chars is None


@pytest.mark.parametrize(
    ("select", "fits"),
    [
        (("#cgv",), True),
        (("#none",), False),
        (("#none", "#cgv"), True),
        ((RangeSelector("h1", "#fin", False, False),), True),
        ((RangeSelector("h1", "#none", False, False),), False),
        (("::nonsense::",), False),
    ],
)
def test_what_selectors_fit_is_measured(select: tuple[Selector, ...], fits: bool) -> None:
    page = read_page(f"{POLICY}<p id='fin'></p>".encode(), "text/html", select)
    assert (page.selected_chars or 0) > 3000 if fits else page.selected_chars == 0


def test_of_two_phrases_only_the_heavier_counts() -> None:
    one = recognise("<p>Are you a robot?</p>")
    two = recognise("<p>Are you a robot? Access denied. Pardon our interruption.</p>")
    assert one.score == two.score
    assert [signal.kind for signal in two.signals] == ["phrase", "length"]


def test_evidence_is_readable_and_bounded() -> None:
    seen = recognise(f"<p>{'x' * 3000}</p><title>Just a moment</title>", headers=(("x-iinfo", "9" * 500),))
    assert [str(signal)[:36] for signal in seen.signals][:1] == ["+4 title: Cloudflare: Just a moment"]
    assert all(len(str(signal)) < 100 for signal in seen.signals)
    assert not seen.is_wall


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png"])
def test_what_is_no_text_is_not_read(media_type: str) -> None:
    assert media_type not in READ_AS_TEXT
    assert read_page(b"%PDF-1.7 access denied", media_type).text == ""


def test_the_table_of_marks_is_sound() -> None:
    marks = read_marks()
    assert {mark.wall for mark in marks} == set(WALLS)
    assert all(1 <= mark.weight <= MAX_WEIGHT for mark in marks)
    assert len({(mark.wall, mark.kind, mark.pattern) for mark in marks}) == len(marks)
    page = read_page(b"<p>x</p>", "text/html")
    assert page.tree is not None
    for mark in marks:
        if mark.kind == "element":
            assert page.tree.css(mark.pattern) == []
        if mark.compiled is not None:
            assert mark.search("") is None, f"{mark.pattern} fits everything"
