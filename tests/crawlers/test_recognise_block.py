"""Walls are told from policies by several signals together. Every page here is invented."""

from __future__ import annotations

import pytest

from crawlers.block_marks import MAX_WEIGHT, WALLS, read_marks
from crawlers.read_page import READ_AS_TEXT, Selector, read_page
from crawlers.recognise_block import AnswerSeen, Recognition, recognise_block
from transforms.extraction_rules import RangeSelector

ARTICLE = "<p>Le vendeur expédie sous deux jours et paie une commission de 15 %.</p>"
POLICY = f"<h1>Conditions de vente</h1><article id='cgv'>{ARTICLE * 60}</article>"
SHORT_POLICY = f"<h1>Frais</h1><article id='cgv'>{ARTICLE * 6}</article>"
Headers = tuple[tuple[str, str], ...]


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


WALL_PAGES: dict[str, tuple[str, str, int, Headers, tuple[str, ...]]] = {
    "Cloudflare, managed challenge": (
        "challenged",
        "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>"
        "<script>window._cf_chl_opt = {};</script>",
        403,
        (("server", "cloudflare"), ("cf-mitigated", "challenge")),
        ("__cf_bm",),
    ),
    "Cloudflare, block with a page of text": (
        "challenged",
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>"
        + "<p>This website is using a security service to protect itself from online attacks.</p>" * 10,
        403,
        (),
        (),
    ),
    "Cloudflare, header alone": ("challenged", "", 403, (("cf-mitigated", "challenge"),), ()),
    "DataDome, frame": (
        "challenged",
        "<title>bazar.example</title><p>Please enable JS and disable any ad blocker</p>"
        "<script src='https://ct.captcha-delivery.com/c.js'></script>",
        403,
        (("x-datadome", "protected"),),
        ("datadome",),
    ),
    "DataDome, status 200": (
        "challenged",
        "<script>var dd={'host':'geo.captcha-delivery.com'}</script>",
        200,
        (),
        (),
    ),
    "Akamai, access denied": (
        "challenged",
        "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this server."
        "<p>Reference #18.2f.1 https://errors.edgesuite.net/18.2f.1",
        403,
        (("server", "AkamaiGHost"),),
        (),
    ),
    "Akamai, behavioural challenge": (
        "challenged",
        "<div id='sec-if-cpt-container'></div><script src='/_sec/cp_challenge/ak.js'></script>",
        200,
        (),
        ("_abck", "bm_sz"),
    ),
    "Imperva, frame": (
        "challenged",
        "<iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=9&incident_id=1-2'>"
        "Request unsuccessful. Incapsula incident ID: 1-2</iframe>",
        200,
        (("x-iinfo", "1-2"),),
        ("visid_incap_1",),
    ),
    "AWS WAF, challenge": ("challenged", "", 202, (("x-amzn-waf-action", "challenge"),), ()),
    "AWS WAF, captcha": (
        "challenged",
        "<script>window.gokuProps = {}</script><div id='captcha-container'></div>",
        405,
        (),
        (),
    ),
    "HUMAN, press and hold": (
        "challenged",
        "<h1>Press &amp; Hold to confirm you are a human</h1><div id='px-captcha'></div>",
        403,
        (),
        ("_pxhd",),
    ),
    "Amazon, characters": (
        "challenged",
        "<h4>Enter the characters you see below</h4><form action='/errors/validateCaptcha'></form>",
        200,
        (),
        (),
    ),
    "French words": ("challenged", "<p>Vérifiez que vous êtes humain pour continuer.</p>", 200, (), ()),
    "login page": (
        "login_required",
        "<title>Connexion - Bazar</title><form><input name=id><input type=password></form>",
        200,
        (),
        (),
    ),
    "login by the browser": ("login_required", "", 401, (("www-authenticate", "Basic realm=x"),), ()),
    "shell of an application": (
        "script_required",
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        200,
        (),
        (),
    ),
    "empty shell": ("script_required", "<title>Bazar</title><div id='__next'></div>", 200, (), ()),
    "consent and nothing else": (
        "consent_only",
        "<div id='didomi-host'><p>Nous respectons votre vie privée.</p><button>Tout accepter</button></div>",
        200,
        (),
        (),
    ),
}


@pytest.mark.parametrize("name", WALL_PAGES)
def test_a_wall_is_recognised(name: str) -> None:
    wall, body, status, headers, cookies = WALL_PAGES[name]
    seen = recognise(body, status, headers, cookies)
    assert seen.is_wall, seen
    assert seen.wall == wall
    assert sum(signal.weight for signal in seen.signals) == seen.score


# Each is common on real pages that are not walls.
ORDINARY = {
    "Cloudflare's beacon": "<script src='https://static.cloudflareinsights.com/beacon.min.js'></script>",
    "Cloudflare's detection": "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    "Turnstile in a form": "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"
    "<div data-sitekey='x'></div>",
    "HUMAN's sensor": "<script src='https://client.perimeterx.net/PX1/main.min.js'></script>",
    "Imperva's sensor": "<script src='/_Incapsula_Resource?SWJIYLWA=719d34d3'></script>",
    "a captcha in the contact form": "<div class='g-recaptcha' data-sitekey='x'></div>",
    "a login form in the header": "<form action='/login'><input type=password></form><a>Sign in</a>",
    "a consent banner": "<div id='onetrust-banner-sdk'>Nous respectons votre vie privée. Tout accepter</div>",
    "a hint about JavaScript": "<noscript>Please enable JavaScript to use the basket.</noscript>",
    "words about all of it": "<p>Are you a robot? Access denied. Please log in. Enable JavaScript. Accept cookies.",
}
ALL_HEADERS = (("server", "cloudflare"), ("x-datadome", "protected"), ("x-iinfo", "1-2"))
ALL_COOKIES = ("datadome", "_abck", "ak_bmsc", "visid_incap_1", "_pxhd", "aws-waf-token", "__cf_bm")


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
