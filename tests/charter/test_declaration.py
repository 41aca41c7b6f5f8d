"""Declarations: pages, validity, and the hash that identifies what is done to a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from charter.declaration import Declaration, RangeSelector, declaration_in_force
from charter.documents import Document

ADDRESS = "https://halle.example/terms"


def declare(**keys: Any) -> Declaration:
    return Declaration.model_validate({"fetch": ADDRESS, **keys})


def test_a_lone_selector_and_a_list_of_one_are_the_same_declaration() -> None:
    assert declare(select="#a").content_hash == declare(select=["#a"]).content_hash
    assert declare(select="#a") == declare(select=["#a"])


def test_a_selector_may_be_css_or_a_range_or_both() -> None:
    page = declare(select=["h1", {"startBefore": "#a", "endAfter": "#b"}]).pages[0]
    assert page.select[0] == "h1"
    assert isinstance(page.select[1], RangeSelector)
    assert (page.select[1].start_before, page.select[1].end_after) == ("#a", "#b")


@pytest.mark.parametrize(
    "keys",
    [
        {"select": "#b"},
        {"remove": "#b"},
        {"filter": ["removeQueryParams"]},
        {"executeClientScripts": True},
        {"executeClientScripts": False},
        {"fetch": "https://halle.example/other"},
        {"select": {"startBefore": "#a", "endBefore": "#b"}},
    ],
)
def test_whatever_changes_the_outcome_changes_the_hash(keys: dict[str, Any]) -> None:
    assert declare(**{"select": "#a", **keys}).content_hash != declare(select="#a").content_hash


def test_closing_a_declaration_keeps_its_hash() -> None:
    closed = declare(select="#a", validUntil="2024-01-01T00:00:00Z")
    assert closed.content_hash == declare(select="#a").content_hash


@given(st.lists(st.sampled_from(["#a", ".b", "main > p"]), unique=True, min_size=2))
def test_the_order_of_selectors_is_part_of_the_hash(selectors: list[str]) -> None:
    assert declare(select=selectors).content_hash != declare(select=selectors[::-1]).content_hash


def test_combined_pages_share_the_rules_they_do_not_give_themselves() -> None:
    declaration = Declaration.model_validate(
        {
            "combine": [{"fetch": f"{ADDRESS}/1"}, {"fetch": f"{ADDRESS}/2", "select": ".own"}],
            "select": ".shared",
            "executeClientScripts": True,
        }
    )
    first, second = declaration.pages
    assert (first.fetch, first.select, first.execute_client_scripts) == (f"{ADDRESS}/1", (".shared",), True)
    assert (second.fetch, second.select, second.execute_client_scripts) == (f"{ADDRESS}/2", (".own",), True)


def test_shared_and_repeated_rules_hash_alike() -> None:
    pages = [f"{ADDRESS}/1", f"{ADDRESS}/2"]
    shared = {"combine": [{"fetch": page} for page in pages], "select": "main"}
    repeated = {"combine": [{"fetch": page, "select": "main"} for page in pages]}
    hashes = {Declaration.model_validate(keys).content_hash for keys in (shared, repeated)}
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "keys",
    [
        {"fetch": None},
        {"combine": [{"fetch": ADDRESS}]},
        {"fetch": "ftp://halle.example/terms"},
        {"fetch": "https:///terms"},
        {"fetch": "https://[halle/terms"},
        {"fetch": "https://halle.example/a b"},
        {"select": [""]},
        {"select": {"startBefore": "#a", "startAfter": "#b", "endAfter": "#c"}},
        {"select": {"endAfter": "#c"}},
        {"filter": [{"one": 1, "two": 2}]},
        {"validUntil": "2024-01-01"},
        {"validUntil": "2024-01-01T00:00:00"},
        {"validUntil": 1704067200},
        {"valid_from": "2024-01-02T00:00:00Z", "validUntil": "2024-01-01T00:00:00Z"},
        {"execute_client_scripts": True},
    ],
)
def test_a_declaration_that_means_nothing_is_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        declare(**keys)


def test_filters_are_known_by_name_with_or_without_parameters() -> None:
    assert declare(filter=["tidy", {"removeQueryParams": ["utm"]}]).filter_names == (
        "tidy",
        "removeQueryParams",
    )


def test_a_document_with_a_past_gives_the_declaration_of_the_day() -> None:
    turn = "2024-06-01T12:00:00Z"
    document = Document.model_validate(
        {
            "id": "halle/terms",
            "title": "Conditions",
            "kind": "seller_terms",
            "language": "fr",
            "audience": "seller",
            "format": "html",
            "confidence": "high",
            "state": "active",
            "source": "invented for a test",
            "declarations": [
                {"fetch": ADDRESS, "select": "#old", "validUntil": turn},
                {"fetch": ADDRESS, "select": "#new", "valid_from": turn},
            ],
        }
    )
    old, new = document.declarations
    assert document.declaration == new
    assert document.declaration_at(date(2024, 6, 1)) == old
    assert document.declaration_at(datetime(2024, 6, 1, 12, tzinfo=UTC)) == old
    assert document.declaration_at(datetime(2024, 6, 1, 12, 0, 1, tzinfo=UTC)) == new
    assert declaration_in_force([old], date(2025, 1, 1)) is None


def test_declarations_with_a_gap_in_their_order_are_refused() -> None:
    open_ended = {"fetch": ADDRESS, "select": "#a"}
    with pytest.raises(ValidationError, match="oldest first"):
        Document.model_validate(
            {
                "id": "halle/terms",
                "title": "Conditions",
                "kind": "seller_terms",
                "language": "fr",
                "audience": "seller",
                "format": "html",
                "confidence": "high",
                "state": "active",
                "source": "invented for a test",
                "declarations": [open_ended, open_ended],
            }
        )
