"""What a robots.txt means: by its status, and by its text."""

from __future__ import annotations

import pytest

from crawlers.read_robots import find_rule, read_robots, robots_address

ADDRESS = "https://bazar.example/robots.txt"
PAGE = "https://bazar.example/vendre/conditions?lang=fr"


def refusal(text: str, url: str = PAGE) -> str | None:
    judgement = read_robots(ADDRESS, 200, text.encode()).refuse(url)
    if judgement is None:
        return None
    assert judgement.outcome == "robots_forbidden"
    return judgement.reason.removeprefix(f"{ADDRESS} forbids it by ")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, None),
        (410, None),
        (400, None),
        (302, None),
        (401, "robots_forbidden"),
        (403, "robots_forbidden"),
        (429, "robots_unreachable"),
        (500, "robots_unreachable"),
        (503, "robots_unreachable"),
    ],
)
def test_the_status_decides_for_every_address_of_the_host(status: int, outcome: str | None) -> None:
    # The text of an error page is no rule.
    judgement = read_robots(ADDRESS, status, b"User-agent: *\nDisallow: /").refuse(PAGE)
    assert (judgement and judgement.outcome) == outcome
    assert judgement is None or f"{ADDRESS} answered {status}" in judgement.reason


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", None),
        ("<html>La page n'existe pas.</html>", None),
        ("User-agent: *\nDisallow:\n", None),
        ("User-agent: *\nDisallow: /\n", '"Disallow: /"'),
        ("\ufeffUser-agent: *\nDisallow: /\n", '"Disallow: /"'),
        ("User-agent: *\nDisallow: /vendre # non\n", '"Disallow: /vendre"'),
        ("User-agent: *\nDisallow: /*lang=\n", '"Disallow: /*lang="'),
        ("User-agent: *\nDisallow: /\nAllow: /vendre/\n", None),
        ("User-agent: *\nAllow: /\nDisallow: /vendre/conditions\n", '"Disallow: /vendre/conditions"'),
        ("User-agent: Autrebot\nDisallow: /\n", None),
        ("User-agent: Vigie\nDisallow: /vendre\n", '"Disallow: /vendre"'),
        # A group of our own takes the place of the group of all.
        ("User-agent: *\nDisallow: /\n\nUser-agent: vigie\nDisallow: /panier\n", None),
        ("User-agent: *\nDisallow: /v\n\nUser-agent: vigie\nDisallow: /vendre\n", '"Disallow: /vendre"'),
        ("User-agent: Vigie\nDisallow: /vendre\n\nUser-agent: *\nDisallow: /v\n", '"Disallow: /vendre"'),
    ],
)
def test_the_text_decides_by_address_and_names_its_rule(text: str, rule: str | None) -> None:
    assert refusal(text) == rule


def test_a_rule_that_another_line_took_back_is_not_named() -> None:
    text = "User-agent: *\nDisallow: /vendre\nAllow: /vendre/conditions\nDisallow: /vendre/conditions?\n"
    assert find_rule(text, PAGE) == "Disallow: /vendre/conditions?"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nDisallow: /panier", 0),
        ("User-agent: *\nCrawl-delay: 12", 12),
        ("User-agent: *\nCrawl-delay: 2\n\nUser-agent: Vigie\nCrawl-delay: 7.5", 7.5),
        ("User-agent: *\nCrawl-delay: 86400", 60),
        ("User-agent: Autrebot\nCrawl-delay: 12", 0),
    ],
)
def test_the_pause_that_a_site_asks_for_is_read_and_bounded(text: str, seconds: float) -> None:
    assert read_robots(ADDRESS, 200, text.encode()).crawl_delay == seconds
    assert read_robots(ADDRESS, 503, text.encode()).crawl_delay == 0


def test_robots_txt_lies_at_the_root_of_scheme_host_and_port() -> None:
    assert robots_address("http://bazar.example:8080/a/b?c#d") == "http://bazar.example:8080/robots.txt"
