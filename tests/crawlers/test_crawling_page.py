"""docs/crawling.md is true."""

from __future__ import annotations

import re
from typing import get_args

from crawlers.judge_failure import MAX_REDIRECTS
from crawlers.manifest import OUTCOMES, TRANSIENT
from crawlers.read_robots import PRODUCT
from tests.conftest import ROOT
from transforms.model import VerdictName

PAGE = (ROOT / "docs" / "crawling.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)


def test_the_table_lists_the_outcomes_and_no_other() -> None:
    assert [outcome for outcome, _, _ in TABLE] == list(OUTCOMES)


def test_every_outcome_leads_to_a_verdict_that_exists() -> None:
    for outcome, _, leads_to in TABLE:
        named = set(re.findall(r"`(\w+)`", leads_to))
        assert named <= set(get_args(VerdictName)), outcome
        assert named or leads_to == "judged by the text", outcome


def test_what_is_tried_again_is_what_the_page_says() -> None:
    said = re.search(r"those that failed in passing \(([^)]+)\)", PAGE)
    assert said is not None
    assert re.findall(r"`(\w+)`", said[1]) == list(TRANSIENT)


def test_the_name_and_the_bounds_are_those_of_the_code() -> None:
    assert f"Our name in it is `{PRODUCT}`" in PAGE
    assert MAX_REDIRECTS == 5 and "At most five redirects" in PAGE
