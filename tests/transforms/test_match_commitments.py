"""Commitments found in invented clauses; the labelled sets keep their figures when the corpus is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from transforms.label_rows import label_clause, score_rows
from transforms.match_change import match_change
from transforms.match_commitments import explain_match, match_commitments
from transforms.model import Clause, ClauseChange, DocumentContext

SELLER_FR = DocumentContext("Marketplace Sellers Conditions", "fr", "seller", "Place Fictive")
SELLER_EN = DocumentContext("Marketplace Sellers Conditions", "en", "seller", "Bazaarium")
INVENTED = yaml.safe_load((Path(__file__).parent / "invented_clauses.yml").read_text(encoding="utf-8"))


def make_clause(text: str, heading: str = "", context: str = "") -> Clause:
    return Clause(0, "", tuple(heading.split(" > ")) if heading else (), text, "paragraph", context, "", "")


def find(text: str, heading: str, context: DocumentContext, lead_in: str = "") -> list[str]:
    return [match.commitment_id for match in match_commitments(text, heading, context, lead_in=lead_in)]


@pytest.mark.parametrize("row", INVENTED, ids=lambda row: row["text"][:50])
def test_an_invented_clause_is_found_to_concern_its_commitment(row: dict[str, str]) -> None:
    found = find(row["text"], row.get("heading", ""), SELLER_FR if row["language"] == "fr" else SELLER_EN)
    assert row["wanted"] in found if row["wanted"] else found == []


def test_a_document_for_buyers_yields_nothing() -> None:
    context = DocumentContext("Marketplace Buyers Conditions", "en", "buyer", "Bazaarium")
    assert find("We may suspend your account if you breach these terms.", "Suspension", context) == []


def test_a_list_item_is_read_with_its_lead_in() -> None:
    item, lead = (
        "the merchant has shipped twenty orders late;",
        "We may suspend or close the seller account if:",
    )
    assert find(item, "", SELLER_EN) == []
    assert "suspension-grounds" in find(item, "Suspension", SELLER_EN, lead)


def test_the_heading_path_is_evidence() -> None:
    text = "une hausse soudaine du nombre de réclamations,"
    assert find(text, "", SELLER_FR) == []
    assert find(text, "Conditions financières > Réserve", SELLER_FR) == ["fees-charges"]


def test_text_with_lost_ligatures_is_read_as_if_whole() -> None:
    damaged = "La résilia(on prend effet sans préavis en cas de fraude de l'u(lisateur."
    whole = damaged.replace("(on", "tion").replace("u(l", "util")
    assert find(damaged, "", SELLER_FR) == find(whole, "", SELLER_FR) != []


def test_at_most_three_commitments_are_returned_best_first() -> None:
    text = (
        "We may suspend your account with 30 days' notice if you breach this Agreement; you may appeal the "
        "decision, "
        "refer the dispute to a mediator, and we may deduct any fee you owe from your payout."
    )
    matches = match_commitments(text, "Suspension, fees, complaints and mediation", SELLER_EN)
    assert 1 < len(matches) <= 3
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_a_match_names_its_rule_its_span_and_a_confidence() -> None:
    text = "As a rule, the order of precedence is as follows: annexes, then general terms."
    (match,) = match_commitments(text, "", SELLER_EN)
    assert match.rule_id.startswith("terms-clarity-access/")
    assert "order of precedence" in text[match.start : match.end]
    assert 0 < match.confidence < 1


def test_an_explanation_adds_up_to_the_score() -> None:
    (found,) = explain_match("La commission est due dès la vente.", "Commission", SELLER_FR)
    assert found.matched
    assert sum(firing.weight for firing in found.firings) == pytest.approx(found.score)


def test_an_explanation_says_why_a_clause_did_not_pass() -> None:
    found = explain_match("The seller pays VAT on the commission to the tax authorities.", "Tax", SELLER_EN)
    reasons = {item.commitment_id: item.reason for item in found}
    assert reasons["fees-charges"] == "below threshold"


def test_an_unknown_language_is_read_in_french_and_in_english() -> None:
    unknown = DocumentContext("", "unknown", "seller", "")
    assert find("La commission est prélevée sur chaque vente du vendeur.", "Commission", unknown) == [
        "fees-charges"
    ]
    assert find("The commission is deducted from the seller's payout.", "Commission", unknown) == [
        "fees-charges"
    ]


def test_a_language_without_rules_matches_nothing() -> None:
    polish = DocumentContext("", "pl", "seller", "")
    assert find("Commission fees are deducted from the payout.", "Fees", polish) == []


def test_only_the_sentences_that_changed_decide_a_modified_clause() -> None:
    kept = "The commission is deducted from the payout of the seller. "
    change = ClauseChange(
        "modified",
        (make_clause(kept + "Parcels are blue."),),
        (make_clause(kept + "Parcels are green."),),
    )
    assert match_change(change, SELLER_EN) == ()


def test_a_changed_rule_in_a_modified_clause_is_matched_with_its_place_in_the_new_text() -> None:
    before, after = (
        "You may appeal our decision within 30 days.",
        "You may appeal our decision within 10 days.",
    )
    (match,) = match_change(
        ClauseChange("modified", (make_clause("Parcels. " + before),), (make_clause("Parcels. " + after),)),
        SELLER_EN,
    )
    assert match.commitment_id == "appeal-complaints"
    assert "appeal" in ("Parcels. " + after)[match.start : match.end]


def test_an_added_clause_is_matched_as_a_whole() -> None:
    change = ClauseChange("added", (), (make_clause("A mediator settles disputes with sellers."),))
    assert [match.commitment_id for match in match_change(change, SELLER_EN)] == ["mediation"]


def test_an_empty_text_concerns_nothing() -> None:
    assert match_commitments("  ", "Fees", SELLER_EN) == ()


def test_a_reserved_right_is_no_reserve_on_payouts() -> None:
    text = "Bazaarium reserves the right to change the layout of its payment pages."
    assert "fees-charges" not in find(text, "", SELLER_EN)


def test_to_terminate_is_no_contract_term() -> None:
    text = "We may modify, interrupt or terminate the search assistant."
    assert "terms-change-notice" not in find(text, "", SELLER_EN)


def test_a_change_far_from_what_a_rule_read_is_not_on_its_commitment() -> None:
    after = (
        "We may suspend your account with 30 days' notice if you breach this agreement, and for the purposes of the "
        "preceding words each reference to the company is a reference to Placefair EU, registered in Lyon."
    )
    before = after.replace("Placefair EU", "Placefair Services Europe")

    def change_under(heading: str, old: str) -> tuple[str, ...]:
        change = ClauseChange("modified", (make_clause(old, heading),), (make_clause(after, heading),))
        return tuple(match.commitment_id for match in match_change(change, SELLER_EN))

    assert change_under("General", before) == ()
    assert "suspension-process" in change_under("General", after.replace("30 days", "10 days"))
    assert change_under("Suspension and termination", before)


def test_a_clause_of_the_platform_and_buyers_alone_loses_weight() -> None:
    text = "La commande est facturée au client par Place Fictive, commission comprise."
    found = {item.commitment_id: item for item in explain_match(text, "", SELLER_FR)}
    cues = {firing.cue.cue_id for firing in found["fees-charges"].firings}
    assert "party:platform and buyers only" in cues


def test_conditions_of_sale_and_use_are_not_buyer_terms() -> None:
    text = "Le professionnel dont le compte est suspendu pour fraude en est informé."
    sale = find(text, "Conditions générales de vente > Sanctions", SELLER_FR)
    mixed = find(text, "Conditions générales de vente et d'utilisation > Sanctions", SELLER_FR)
    assert set(mixed) > set(sale)


@pytest.mark.parametrize(("split", "least"), [("tune", 0.90), ("check", 0.84)])
def test_the_labelled_clauses_keep_their_figure(corpus: Path, split: str, least: float) -> None:
    services = json.loads((corpus / "labels" / "SPLIT.json").read_text(encoding="utf-8"))
    lines = (corpus / "labels" / "clauses_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["doc"].split("/")[0] in services[split]]
    figures = score_rows(rows, [label_clause(row) for row in rows])
    micro = figures["micro"]
    assert isinstance(micro, dict)
    assert micro["f1"] >= least
