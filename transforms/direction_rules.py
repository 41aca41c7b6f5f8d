"""The table of directions: what it means for the seller that a figure grows, or that it stands there at all.

One row per role and obligor, with its reason. What has no row is never decided: a buyer's time to withdraw, how
long data are kept, how long mediation takes, a threshold whose side is not told."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.model import Direction


@dataclass(frozen=True, slots=True)
class DirectionRule:
    """`growth`: direction when the figure grows. `presence`: direction when words that set it come alone ("" where
    that says nothing: a fee that is no longer written may still be asked)."""

    role: str
    obligor: str
    growth: Direction
    presence: str
    reason: str


TABLE = (
    DirectionRule("notice", "platform", "better", "better", "the seller is warned earlier"),
    DirectionRule("notice", "seller", "worse", "worse", "the seller leaves or changes later"),
    DirectionRule("response", "platform", "worse", "better", "the seller waits longer for an answer"),
    DirectionRule("response", "seller", "better", "worse", "the seller has more time to answer"),
    DirectionRule("decision", "platform", "worse", "better", "the seller waits longer for a decision"),
    DirectionRule("appeal", "seller", "better", "worse", "the seller has more time to contest"),
    DirectionRule("appeal", "platform", "worse", "better", "complaints stay longer with the platform"),
    DirectionRule("payout", "platform", "worse", "better", "the seller waits longer for the money"),
    DirectionRule("payout", "seller", "better", "worse", "the seller has more time to pay"),
    DirectionRule("cure", "seller", "better", "better", "the seller has more time to put things right"),
    DirectionRule(
        "cure", "platform", "better", "better", "the platform grants more time to put things right"
    ),
    DirectionRule("exit", "seller", "better", "", "the seller has more time to leave"),
    DirectionRule("delivery", "seller", "better", "worse", "the seller has more time to deliver"),
    DirectionRule("delivery", "platform", "worse", "better", "the platform delivers later for the seller"),
    DirectionRule("refund", "seller", "better", "worse", "the seller has more time to refund"),
    DirectionRule("access", "seller", "better", "", "the seller reaches the data for longer"),
    DirectionRule("access", "platform", "better", "", "the platform keeps the data at hand for longer"),
    DirectionRule("sanction", "platform", "worse", "", "the seller is shut out for longer"),
    DirectionRule("reserve", "platform", "worse", "", "more of the seller's money is held, or for longer"),
    DirectionRule("reserve", "seller", "worse", "", "more of the seller's money is held"),
    DirectionRule("commission", "seller", "worse", "", "the seller pays more"),
    DirectionRule("fee", "seller", "worse", "", "the seller pays more"),
    DirectionRule("penalty", "seller", "worse", "", "the seller pays more"),
    DirectionRule("compensation", "seller", "worse", "", "the seller pays more"),
    DirectionRule("penalty", "platform", "better", "", "the platform pays the seller more"),
    DirectionRule("compensation", "platform", "better", "", "the platform pays the seller more"),
    DirectionRule("rebate", "platform", "better", "", "more is taken off what the seller pays"),
    DirectionRule("cap", "platform", "better", "", "the platform answers for more"),
    DirectionRule("cap", "seller", "worse", "", "the seller answers for more"),
)
RULES = {(rule.role, rule.obligor): rule for rule in TABLE}
OPPOSITE: dict[Direction, Direction] = {
    "better": "worse",
    "worse": "better",
    "neutral": "neutral",
    "unclear": "unclear",
}


def direct_growth(role: str, obligor: str, *, grows: bool) -> Direction:
    """Direction of a figure that grew or shrank; "unclear" without a rule."""
    rule = RULES.get((role, obligor))
    if rule is None:
        return "unclear"
    return rule.growth if grows else OPPOSITE[rule.growth]


def direct_presence(role: str, obligor: str) -> Direction:
    """Direction of a time limit that was written where none was; "unclear" without a rule."""
    rule = RULES.get((role, obligor))
    if rule is None or not rule.presence:
        return "unclear"
    return "better" if rule.presence == "better" else "worse"
