"""The project's own commitments and platforms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from charter.declaration import SourcePage
from charter.load import load_commitments, load_platforms
from charter.models import LEGAL_TEXTS, Document, Platform
from charter.status import signatories_on, status_on
from transforms.extraction_rules import rules_from_declaration
from transforms.filters import check_filters
from transforms.query_page import find_nodes

SIGNED = {"boulanger", "cdiscount", "conforama", "ebay", "fnac-darty"}
SIGNED |= {"la-redoute", "leboncoin", "manomano", "rakuten"}
# Assets whose address changes with their content, and the document whose page links to them.
FROM_HUB = {
    "rakuten/13-payment_terms": "rakuten/08-general_terms",
    "etsy/10-complaints_mediation": "etsy/03-p2b_notice",
}
# Declared by a source and not watched all the same.
LEFT_OUT = {
    "ebay/22-imprint": "Legal notice",
    "cdiscount/02-seller_terms": "never seen",
    "cdiscount/09-imprint": "Legal notice",
    "tiktok-shop/01-seller_terms": "market",
}
JOINED = {"amazon", "back-market", "certideal", "ldlc"}


@pytest.fixture(scope="module")
def platforms() -> tuple[Platform, ...]:
    return load_platforms()


@pytest.fixture(scope="module")
def documents(platforms: tuple[Platform, ...]) -> dict[str, Document]:
    return {document.id: document for platform in platforms for document in platform.documents}


def test_the_charter_has_fourteen_commitments() -> None:
    commitments = load_commitments()
    assert len(commitments) == 14
    assert {commitment.axis for commitment in commitments} == {1, 2, 3}
    assert {commitment.evidence for commitment in commitments} == {"sourced", "topic-sourced", "inferred"}


def test_every_figure_belongs_to_a_regulation() -> None:
    references = [reference for commitment in load_commitments() for reference in commitment.references]
    thresholds = {
        (reference.text, reference.article): reference.threshold.value
        for reference in references
        if reference.threshold
    }
    assert {reference.text for reference in references} == set(LEGAL_TEXTS)
    assert thresholds["P2B", "3(2)"] == 15
    assert thresholds["P2B", "4(2)"] == 30
    assert thresholds["P2B", "12(1)"] == 2


def test_no_commitment_text_gives_a_figure_as_the_charters() -> None:
    for commitment in load_commitments():
        told = f"{commitment.title.fr} {commitment.title.en} {commitment.scope} {commitment.boundary}"
        assert not any(character.isdigit() for character in told), commitment.id


def test_nobody_was_bound_before_the_signature(platforms: tuple[Platform, ...]) -> None:
    assert signatories_on(platforms, date(2019, 3, 25)) == ()


def test_nine_signed_in_2019_and_four_joined_in_2020(platforms: tuple[Platform, ...]) -> None:
    assert {platform.id for platform in signatories_on(platforms, date(2019, 3, 26))} == SIGNED
    assert {platform.id for platform in signatories_on(platforms, date(2020, 12, 6))} == SIGNED
    assert {platform.id for platform in signatories_on(platforms, date(2020, 12, 7))} == SIGNED | JOINED


def test_amazon_was_no_signatory_before_it_joined(platforms: tuple[Platform, ...]) -> None:
    amazon = next(platform for platform in platforms if platform.id == "amazon")
    assert status_on(amazon, date(2018, 1, 1)) == "none"
    assert status_on(amazon, date(2020, 12, 6)) == "none"
    assert status_on(amazon, date(2020, 12, 7)) == "joined-2020"


def test_platforms_without_known_document_are_declared_all_the_same(platforms: tuple[Platform, ...]) -> None:
    bare = [platform for platform in platforms if not platform.documents]
    assert {platform.id for platform in bare} == {"ldlc", "certideal"}
    assert all("no document is known" in (platform.coverage_note or "") for platform in bare)


def test_no_active_document_is_for_buyers_or_derived(documents: dict[str, Document]) -> None:
    active = [document for document in documents.values() if document.state == "active"]
    assert active
    assert all("seller" in document.audience and document.confidence != "low" for document in active)


def test_every_service_of_the_recorded_history_that_is_a_platform_is_claimed(
    platforms: tuple[Platform, ...],
) -> None:
    claimed = {name for platform in platforms for name in platform.ota_names}
    recorded = {"Alibaba.com", "Amazon", "Boulanger", "Etsy", "Rakuten", "TikTok Shop", "eBay"}
    assert recorded <= claimed
    assert not claimed & {"Booking.com", "Deliveroo", "Apple App Store", "kaufland.de", "eMAG"}


def test_every_document_known_to_the_facts_is_present(corpus: Path, documents: dict[str, Document]) -> None:
    known = read_facts(corpus)
    assert len(known) == 212
    assert set(documents) == {fact["id"] for fact in known}
    for fact in known:
        document = documents[fact["id"]]
        addresses = [page.fetch for declared in document.declarations for page in declared.pages]
        if document.id in FROM_HUB:
            hub = documents[FROM_HUB[document.id]]
            assert addresses == [page.fetch for declared in hub.declarations for page in declared.pages]
            assert fact["url"] in (document.note or ""), document.id
        else:
            assert addresses[:1] == ([fact["url"]] if fact["url"] else []), document.id
            assert set(addresses) <= {one["url"] for one in known}, document.id
        assert (document.title, document.language) == (fact["title"], fact["language"])


def test_what_no_source_declares_is_not_active(corpus: Path, documents: dict[str, Document]) -> None:
    for fact in read_facts(corpus):
        document = documents[fact["id"]]
        if fact["select_status"] != "declared" and fact["format"] != "PDF":
            assert document.state != "active", document.id
        if fact["scope"] == "buyer" and fact["url"]:
            assert document.state == "out_of_scope", document.id


def test_every_declared_policy_of_sellers_is_watched(corpus: Path, documents: dict[str, Document]) -> None:
    active = {document.id for document in documents.values() if document.state == "active"}
    pages = {page.fetch for name in active for page in list_pages(documents[name])}
    for fact in read_facts(corpus):
        is_declared = fact["select_status"] == "declared" or fact["format"] == "PDF"
        if is_declared and "seller" in fact["scope"].split("+") and documents[fact["id"]].state != "archived":
            is_watched = fact["id"] in active or fact["url"] in pages
            assert is_watched != (fact["id"] in LEFT_OUT), fact["id"]


def test_what_is_left_out_says_why(documents: dict[str, Document]) -> None:
    for document_id, why in LEFT_OUT.items():
        assert why in (documents[document_id].state_reason or ""), document_id


def test_known_obstacles_are_handled(documents: dict[str, Document]) -> None:
    terms = list_pages(documents["amazon/01-seller_terms"])
    assert len(terms) == 2
    assert all("locale=" in page.fetch and page.accept_language == "en-US" for page in terms)
    (boulanger,) = list_pages(documents["boulanger/01-seller_terms"])
    assert boulanger.fetch.endswith("#conditions-generales-vente-partenaires")
    assert boulanger.execute_client_scripts
    assert boulanger.filter_names == ("drop_second_rendering",)
    (ebay,) = list_pages(documents["ebay/20-general_terms"])
    assert ebay.remove == (".expand_collapse_list",)
    routes = [
        list_pages(documents[f"alibaba-aliexpress/{name}"])[0]
        for name in ("21-seller_terms", "23-general_terms")
    ]
    assert len({page.fetch for page in routes}) == 2
    assert all("#/rule/detail" in page.fetch and page.filter_names == ("normalise_nbsp",) for page in routes)
    assert all(list_pages(documents[name])[0].follow_link for name in FROM_HUB)


def test_filters_and_selectors_of_every_declaration_exist(documents: dict[str, Document]) -> None:
    tree = LexborHTMLParser("<main></main>")
    for document in documents.values():
        for declaration in document.declarations:
            for rules, page in zip(rules_from_declaration(declaration), declaration.pages, strict=True):
                check_filters(rules.filters)
                for selector in (*rules.select, *rules.remove, *filter(None, [page.follow_link])):
                    ends = [selector] if isinstance(selector, str) else [selector.start, selector.end]
                    for query in ends:
                        find_nodes(tree, query)


def test_selectors_are_those_the_source_gives(corpus: Path, documents: dict[str, Document]) -> None:
    for fact in read_facts(corpus):
        document = documents[fact["id"]]
        for page in document.declaration.pages if document.declaration else ():
            if page.follow_link:
                continue
            assert len(page.select) == len(fact["select"]), document.id
            assert [rule for rule in page.select if isinstance(rule, str)] == [
                rule for rule in fact["select"] if not rule.startswith("start")
            ], document.id
            assert list(page.remove) == fact["remove"], document.id


def list_pages(document: Document) -> tuple[SourcePage, ...]:
    assert document.declaration is not None
    return document.declaration.pages


def read_facts(corpus: Path) -> list[dict[str, Any]]:
    facts: dict[str, Any] = json.loads((corpus / "facts" / "platforms.json").read_text(encoding="utf-8"))
    return [document for platform in facts["platforms"] for document in platform["documents"]]
