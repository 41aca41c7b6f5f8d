"""`vigie extract`: an HTML or PDF file under a declaration, ours or Open Terms Archive's."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF

from charter.errors import CharterError
from pipeline.extract_file import extract_file
from transforms.extraction_rules import ExtractionError

PAGE = "<body><div id=old><p>Préavis de 30 jours</p></div><main><p>Préavis de 15 jours</p></main></body>"
TERMS = "Marketplace Sellers Conditions"
PLATFORM = """id: bazar-de-brume
name: Bazar de Brume
locale: fr-FR
charter_status:
  - {status: none, valid_from: 2019-03-26, source: invented}
allowed_hosts: [brume.example]
documents:
  - id: bazar-de-brume/seller_terms
    title: Conditions
    terms_type: Marketplace Sellers Conditions
    language: fr
    audience: seller
    format: html
    confidence: high
    state: active
    source: invented
    declarations:
      - {fetch: "https://brume.example/old", select: "#old", validUntil: 2025-03-01T00:00:00Z}
      - {fetch: "https://brume.example/cgv", select: main, valid_from: 2025-03-01T00:00:00Z}
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture
def platform_file(tmp_path: Path) -> Path:
    file = tmp_path / "bazar-de-brume.yml"
    file.write_text(PLATFORM, encoding="utf-8")
    return file


@pytest.fixture
def ota_file(tmp_path: Path) -> Path:
    file = tmp_path / "Brume.json"
    file.write_text(
        json.dumps(
            {"name": "Brume", "terms": {TERMS: {"fetch": "https://brume.example/cgv", "select": "main"}}}
        ),
        encoding="utf-8",
    )
    past = {"fetch": "https://brume.example/old", "select": "#old", "validUntil": "2025-03-01T00:00:00Z"}
    file.with_name("Brume.history.json").write_text(json.dumps({TERMS: [past]}), encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["platform_file", "ota_file"])
def test_the_declaration_in_force_extracts_the_file(
    kind: str, page: Path, request: pytest.FixtureRequest
) -> None:
    assert extract_file(page, request.getfixturevalue(kind), TERMS, None) == "Préavis de 15 jours\n"


@pytest.mark.parametrize("kind", ["platform_file", "ota_file"])
def test_the_declaration_of_an_earlier_day_is_used_when_a_day_is_given(
    kind: str, page: Path, request: pytest.FixtureRequest
) -> None:
    assert (
        extract_file(page, request.getfixturevalue(kind), TERMS, date(2025, 2, 1)) == "Préavis de 30 jours\n"
    )


def test_a_document_of_a_platform_file_can_be_named_by_its_id(page: Path, platform_file: Path) -> None:
    assert extract_file(page, platform_file, "bazar-de-brume/seller_terms", None) == "Préavis de 15 jours\n"


def test_a_terms_type_that_is_not_declared_is_an_error_that_lists_the_declared_ones(
    page: Path, platform_file: Path, ota_file: Path
) -> None:
    with pytest.raises(
        CharterError, match=r"bazar-de-brume.yml: no document is Imprint; there are .*seller_terms"
    ):
        extract_file(page, platform_file, "Imprint", None)
    with pytest.raises(CharterError, match=r"Brume.json: terms.Imprint: not declared"):
        extract_file(page, ota_file, "Imprint", None)


def test_a_terms_type_of_two_documents_asks_for_an_id(page: Path, platform_file: Path) -> None:
    entry = PLATFORM[PLATFORM.index("  - id: bazar") :]
    platform_file.write_text(PLATFORM + entry.replace("seller_terms", "annex"), encoding="utf-8")
    with pytest.raises(
        CharterError, match=r"2 documents are .*bazar-de-brume/seller_terms, bazar-de-brume/annex"
    ):
        extract_file(page, platform_file, TERMS, None)


def test_a_selector_that_fits_nothing_names_file_declaration_and_selector(page: Path, ota_file: Path) -> None:
    ota_file.write_text(ota_file.read_text(encoding="utf-8").replace('"main"', '"#rotten"'), encoding="utf-8")
    with pytest.raises(ExtractionError, match=r'page.html under Brume.json: select "#rotten" fits nothing'):
        extract_file(page, ota_file, TERMS, None)


def test_a_combined_document_uses_the_first_rules_that_fit_the_file(page: Path, ota_file: Path) -> None:
    pages = [
        {"fetch": "https://brume.example/1", "select": "article"},
        {"fetch": "https://brume.example/2", "select": "main"},
    ]
    ota_file.write_text(json.dumps({"name": "Brume", "terms": {TERMS: {"combine": pages}}}), encoding="utf-8")
    assert extract_file(page, ota_file, TERMS, None) == "Préavis de 15 jours\n"


def test_a_filter_that_exists_only_as_javascript_is_an_error_that_names_it(
    page: Path, ota_file: Path
) -> None:
    declared = {"fetch": "https://brume.example/cgv", "select": "main", "filter": ["cleanHeader"]}
    ota_file.write_text(json.dumps({"name": "Brume", "terms": {TERMS: declared}}), encoding="utf-8")
    with pytest.raises(ExtractionError, match="unknown filter cleanHeader"):
        extract_file(page, ota_file, TERMS, None)


def test_a_pdf_is_extracted_as_such(tmp_path: Path, ota_file: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, "Le Vendeur accepte les conditions.")
    file = tmp_path / "cgv.pdf"
    file.write_bytes(bytes(pdf.output()))
    assert extract_file(file, ota_file, TERMS, None) == "Le Vendeur accepte les conditions.\n"
    file.write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(ExtractionError, match=r"cgv\.pdf under Brume\.json: the PDF is damaged"):
        extract_file(file, ota_file, TERMS, None)


def test_a_declaration_that_is_neither_kind_of_file_is_an_error(page: Path, tmp_path: Path) -> None:
    with pytest.raises(CharterError, match=r"notes\.txt: a declaration is a platform file"):
        extract_file(page, tmp_path / "notes.txt", TERMS, None)
