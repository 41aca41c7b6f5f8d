"""Declarations of Open Terms Archive, with their history and filters."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from charter.errors import CharterError
from charter.ota import load_ota_declaration

SELLERS = "Marketplace Sellers Conditions"
ADDRESS = "https://halle.example/sellers"


def write_service(folder: Path, terms: Any, history: Any = None, key: str = "terms") -> Path:
    path = folder / "Halle Test.json"
    path.write_text(json.dumps({"name": "Halle Test", key: terms}), encoding="utf-8")
    if history is not None:
        (folder / "Halle Test.history.json").write_text(json.dumps(history), encoding="utf-8")
    return path


@pytest.fixture
def service_with_a_past(tmp_path: Path) -> Path:
    """A service whose selector changed twice; the history is not in order of time."""
    return write_service(
        tmp_path,
        {SELLERS: {"fetch": ADDRESS, "select": "#third"}},
        {
            SELLERS: [
                {"fetch": ADDRESS, "select": "#second", "validUntil": "2023-05-01T10:00:00+02:00"},
                {"fetch": ADDRESS, "select": "#first", "validUntil": "2022-09-14T14:20:40.623Z"},
            ],
            "Terms of Service": [{"fetch": ADDRESS, "select": "main", "validUntil": "2022-01-01T00:00:00Z"}],
        },
    )


def test_both_spellings_of_the_terms_key_are_read(tmp_path: Path) -> None:
    terms = {SELLERS: {"fetch": ADDRESS, "select": "#terms", "executeClientScripts": True}}
    for key in ("terms", "documents"):
        service = load_ota_declaration(write_service(tmp_path, terms, key=key))
        declared = service.declaration_at(SELLERS)
        assert (service.id, service.name) == ("Halle Test", "Halle Test")
        assert (declared.select, declared.execute_client_scripts) == (("#terms",), True)


@pytest.mark.parametrize(
    ("at", "selector"),
    [
        (date(2020, 1, 1), "#first"),
        (date(2022, 9, 14), "#first"),
        (datetime(2022, 9, 14, 14, 20, 40, 623000, tzinfo=UTC), "#first"),
        (datetime(2022, 9, 14, 14, 20, 41, tzinfo=UTC), "#second"),
        (datetime(2023, 5, 1, 8, 0, tzinfo=UTC), "#second"),
        (datetime(2023, 5, 1, 8, 1, tzinfo=UTC), "#third"),
        (date(2030, 1, 1), "#third"),
        (None, "#third"),
    ],
)
def test_the_declaration_of_a_moment_is_the_one_valid_then(
    at: date | None, selector: str, service_with_a_past: Path
) -> None:
    service = load_ota_declaration(service_with_a_past)
    assert service.declaration_at(SELLERS, at).select == (selector,)


def test_each_declaration_begins_where_the_one_before_it_ends(service_with_a_past: Path) -> None:
    first, second, third = load_ota_declaration(service_with_a_past).terms_of(SELLERS).declarations
    assert first.valid_from is None
    assert (second.valid_from, third.valid_from) == (first.valid_until, second.valid_until)
    assert third.valid_until is None


def test_terms_that_are_no_longer_declared_are_archived(service_with_a_past: Path) -> None:
    service = load_ota_declaration(service_with_a_past)
    assert service.terms_of("Terms of Service").state == "archived"
    assert service.declaration_at("Terms of Service", date(2021, 1, 1)).select == ("main",)
    with pytest.raises(
        CharterError, match=r"Halle Test\.json: terms\.Terms of Service: no declaration valid"
    ):
        service.declaration_at("Terms of Service", date(2023, 1, 1))


def test_a_filter_that_is_only_javascript_is_to_verify_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "Halle Test.filters.js").write_text("export function tidyDates() {}", encoding="utf-8")
    path = write_service(tmp_path, {SELLERS: {"fetch": ADDRESS, "select": "main", "filter": ["tidyDates"]}})
    terms = load_ota_declaration(path).terms_of(SELLERS)
    assert terms.state == "to_verify"
    assert terms.state_reason == "filter tidyDates exists only as JavaScript (Halle Test.filters.js)"


def test_a_filter_of_one_combined_page_counts_too(tmp_path: Path) -> None:
    pages = [{"fetch": f"{ADDRESS}/1", "filter": ["repair"]}, {"fetch": f"{ADDRESS}/2"}]
    path = write_service(tmp_path, {SELLERS: {"combine": pages, "select": "main"}})
    terms = load_ota_declaration(path).terms_of(SELLERS)
    assert terms.state_reason == "filter repair is not defined (Halle Test.filters.js is absent)"


def test_a_filter_built_into_the_engine_is_no_obstacle(tmp_path: Path) -> None:
    call = {"removeQueryParams": ["utm_source"]}
    path = write_service(tmp_path, {SELLERS: {"fetch": ADDRESS, "select": "main", "filter": [call]}})
    assert load_ota_declaration(path).terms_of(SELLERS).state == "active"


def test_a_pdf_needs_no_selector_and_another_page_does(tmp_path: Path) -> None:
    path = write_service(
        tmp_path, {SELLERS: {"fetch": f"{ADDRESS}.PDF?v=2"}, "Terms of Service": {"fetch": ADDRESS}}
    )
    service = load_ota_declaration(path)
    assert service.terms_of(SELLERS).state == "active"
    assert service.terms_of("Terms of Service").state == "to_verify"


FAULTS = [
    (
        {SELLERS: {"fetch": ADDRESS, "selekt": "a"}},
        None,
        rf"Halle Test\.json: terms\.{SELLERS}\.selekt: unknown key",
    ),
    (
        {SELLERS: {"select": "a"}},
        None,
        rf"Halle Test\.json: terms\.{SELLERS}: a declaration has either fetch",
    ),
    ({SELLERS: "main"}, None, rf"Halle Test\.json: terms\.{SELLERS}: Input should be"),
    ({}, None, r"Halle Test\.json: terms: no terms are declared"),
    ([], None, r"Halle Test\.json: terms: is missing or not a mapping"),
    (
        {SELLERS: {"fetch": ADDRESS, "validUntil": "2022-01-01T00:00:00Z"}},
        None,
        r"validUntil: belongs in Halle Test\.history\.json",
    ),
    (
        {SELLERS: {"fetch": ADDRESS}},
        {SELLERS: [{"fetch": ADDRESS}]},
        rf"Halle Test\.history\.json: {SELLERS}\.0\.validUntil: is missing",
    ),
    (
        {SELLERS: {"fetch": ADDRESS}},
        {SELLERS: [{"fetch": ADDRESS, "validUntil": "last May"}]},
        rf"Halle Test\.history\.json: {SELLERS}\.0\.validUntil: Input should be a valid datetime",
    ),
    (
        {SELLERS: {"fetch": ADDRESS}},
        {SELLERS: {"fetch": ADDRESS}},
        rf"Halle Test\.history\.json: {SELLERS}: a list of earlier declarations",
    ),
]


@pytest.mark.parametrize(("terms", "history", "message"), FAULTS)
def test_a_fault_names_file_and_key(terms: Any, history: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(CharterError, match=message):
        load_ota_declaration(write_service(tmp_path, terms, history))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"name": ', "not JSON: line 1"),
        (b"[]", "is missing or not a mapping"),
        (b'{"name": "A", "name": "B", "terms": {}}', "name: key given twice"),
        (b'{"terms": {}}', "name: is missing or not text"),
        (b'{"name": "A", "terms": {}, "extra": 1}', "extra: unknown key"),
        (b'{"name": "\xe9"}', "not UTF-8 text"),
    ],
)
def test_what_is_no_declaration_file_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "Halle Test.json"
    path.write_bytes(data)
    with pytest.raises(CharterError, match=rf"Halle Test\.json: .*{message}"):
        load_ota_declaration(path)


def test_an_undeclared_type_names_the_declared_ones(service_with_a_past: Path) -> None:
    with pytest.raises(CharterError, match=f"Imprint: not declared .*{SELLERS}"):
        load_ota_declaration(service_with_a_past).declaration_at("Imprint")


def test_real_declarations_load(corpus: Path) -> None:
    paths = sorted((corpus / "pages").glob("*.json"))
    assert paths
    for path in paths:
        service = load_ota_declaration(path)
        assert service.terms
        assert all(terms.state == "active" and terms.declarations[-1].pages for terms in service.terms)
