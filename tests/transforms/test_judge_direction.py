"""Better or worse for the seller only where everything agrees; the rule that decided is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from transforms.direction_rules import RULES, TABLE
from transforms.judge_direction import judge_direction
from transforms.match_change import match_change
from transforms.model import Clause, ClauseChange, DocumentContext, Match, NatureJudgement
from transforms.pair_facts import pair_facts

CONTEXT = DocumentContext("Marketplace Sellers Conditions", "en", "seller", "Bazaarium")
INVENTED = yaml.safe_load(Path(__file__).with_name("seller_directions.yml").read_text(encoding="utf-8"))
ANY_MATCH = (Match("fees-charges", "fees-charges/any", 0, 0, 1.0, 0.9),)
OPPOSITE = {"better": "worse", "worse": "better"}
SUBSTANTIVE = NatureJudgement("substantive", "test")


def make_side(text: str) -> tuple[Clause, ...]:
    return (Clause(0, "", (), text, "paragraph", "", "", ""),) if text else ()


def judge(before: str, after: str) -> tuple[str, str]:
    kind = "modified" if before and after else "added" if after else "removed"
    change = ClauseChange(kind, make_side(before), make_side(after))  # type: ignore[arg-type]
    return judge_direction(
        change, pair_facts(before, after, "en"), match_change(change, CONTEXT), SUBSTANTIVE
    )


def judge_touching(before: str, after: str) -> tuple[str, str]:
    """Direction of a change that touches some commitment, whatever the lexicon says of its words."""
    kind = "modified" if before and after else "added" if after else "removed"
    change = ClauseChange(kind, make_side(before), make_side(after))  # type: ignore[arg-type]
    return judge_direction(change, pair_facts(before, after, "en"), ANY_MATCH, SUBSTANTIVE)


@pytest.mark.parametrize(("before", "after", "direction"), INVENTED["growth"])
def test_growth_is_judged_by_role_and_by_who_owes_and_shrinking_is_the_contrary(
    before: str, after: str, direction: str
) -> None:
    judged, rule = judge_touching(before, after)
    assert (judged, rule[:5]) == (direction, "fact:")
    assert judge_touching(after, before) == (OPPOSITE[direction], rule)


@pytest.mark.parametrize(("before", "after"), INVENTED["open"])
def test_what_is_somebody_elses_or_does_not_agree_stays_unclear(before: str, after: str) -> None:
    assert judge_touching(before, after) == ("unclear", "facts:undecided")
    assert judge_touching(after, before) == ("unclear", "facts:undecided")


@pytest.mark.parametrize(("before", "after", "direction", "rule"), INVENTED["words"])
def test_words_with_one_plain_meaning_decide(before: str, after: str, direction: str, rule: str) -> None:
    assert judge_touching(before, after) == (direction, rule)


@pytest.mark.parametrize(("before", "after", "direction"), INVENTED["presence"])
def test_a_clause_that_came_or_went_is_judged_by_what_it_lets_or_makes_the_seller_do(
    before: str, after: str, direction: str
) -> None:
    assert judge_touching(before, after)[0] == direction
    assert judge_touching(after, before)[0] == OPPOSITE[direction]


def test_figures_against_the_words_beside_them_leave_it_unclear() -> None:
    judged, _rule = judge_touching(
        "The seller pays a fee of 9 %.", "The seller pays a fee of 7 %. The fee is non-refundable."
    )
    assert judged == "unclear"


def test_every_rule_of_the_table_has_its_own_role_and_party_and_a_reason() -> None:
    assert len(RULES) == len(TABLE)
    assert all(rule.reason and rule.growth in OPPOSITE for rule in TABLE)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("The seller pays a commission of 9 %.", "The seller pays a commission of 12 %.", "worse"),
        ("The seller pays a commission of 9 %.", "The seller pays a commission of 7 %.", "better"),
        (
            "We remit payouts to the seller within 7 days.",
            "We remit payouts to the seller within 14 days.",
            "worse",
        ),
        (
            "We will notify you of changes to the terms 15 days before.",
            "We will notify you of changes to the terms 30 days before.",
            "better",
        ),
        (
            "You may appeal our decision within 30 days.",
            "You may appeal our decision within 10 days.",
            "worse",
        ),
    ],
)
def test_a_figure_decides_where_role_obligor_unit_and_calendar_agree(
    before: str, after: str, direction: str
) -> None:
    judged, rule = judge(before, after)
    assert judged == direction
    assert rule.startswith("fact:")


def test_a_change_of_calendar_leaves_the_direction_unclear() -> None:
    judged, rule = judge(
        "We remit payouts to the seller within 7 days.",
        "We remit payouts to the seller within 5 business days.",
    )
    assert (judged, rule) == ("unclear", "facts:undecided")


def test_figures_that_disagree_leave_the_direction_unclear() -> None:
    judged, _rule = judge(
        "The seller pays a commission of 9 %. We remit payouts to the seller within 7 days.",
        "The seller pays a commission of 7 %. We remit payouts to the seller within 14 days.",
    )
    assert judged == "unclear"


def test_a_new_ground_for_suspension_is_worse_and_a_dropped_one_better() -> None:
    ground = "We may suspend the seller account if the seller breaches the packaging rules."
    assert judge("", ground)[0] == "worse"
    assert judge(ground, "")[0] == "better"


def test_a_new_right_to_complain_is_better() -> None:
    assert (
        judge("", "You may lodge a complaint through the internal complaint-handling system.")[0] == "better"
    )


def test_words_that_burden_the_seller_make_a_modified_clause_worse() -> None:
    judged, rule = judge(
        "We may suspend the seller account if the seller breaches this Agreement.",
        "We may suspend the seller account without notice if the seller breaches this Agreement.",
    )
    assert (judged, rule) == ("worse", "words:burden")


def test_an_entity_that_was_renamed_is_neutral() -> None:
    judged, rule = judge(
        "A mediator settles disputes between sellers and Bazaarium North.",
        "A mediator settles disputes between sellers and Bazaarium South.",
    )
    assert (judged, rule) == ("neutral", "modified:names")


def test_a_change_that_touches_no_commitment_is_neutral() -> None:
    assert judge("Parcels are blue.", "Parcels are green.") == ("neutral", "no commitment touched")


@pytest.mark.parametrize("nature", ["noise", "editorial"])
def test_noise_and_editorial_changes_are_neutral(nature: str) -> None:
    change = ClauseChange("modified", make_side("A fee of 9 %."), make_side("A fee of 12 %."))
    judged = judge_direction(change, (), (), NatureJudgement(nature, "test"))  # type: ignore[arg-type]
    assert judged == ("neutral", f"nature:{nature}")
