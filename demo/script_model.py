"""The demo's script: dated rounds of edits to invented policies, and what Vigie must make of each."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from charter.strict import Moment, Slug, Strict, Text
from transforms.model import ChangeKind, Direction, Nature, NoiseClass, VerdictName

# White space matters in a text to be found or put in.
Fragment = Annotated[str, StringConstraints(min_length=1)]
Every = Annotated[int, Field(ge=1)]


class _Edit(Strict):
    """`line` is where the edit stands in the script, for errors."""

    line: int


class Replace(_Edit):
    """One wording for another; the old one occurs exactly once."""

    edit: Literal["replace"]
    old: Fragment
    new: Fragment


class InsertAfter(_Edit):
    """A new paragraph, item or table row after the line that holds `anchor`, which occurs exactly once."""

    edit: Literal["insert_after"]
    anchor: Fragment
    text: Fragment


class Delete(_Edit):
    """The whole line that holds `text`, which occurs exactly once, goes."""

    edit: Literal["delete"]
    text: Fragment


class MoveSection(_Edit):
    """A numbered section moves before another; numbers of sections and clauses, and references, follow."""

    edit: Literal["move_section"]
    section: Annotated[int, Field(ge=1)]
    before: Annotated[int, Field(ge=1)]


class ViewCounter(_Edit):
    """The page's one line that counts its views shows another count."""

    edit: Literal["view_counter"]
    to: Text


class DateStamp(_Edit):
    """The one line that begins with `label` goes on with another date."""

    edit: Literal["date_stamp"]
    label: Text
    to: Text


class RotatingHost(_Edit):
    """Link targets on one host move to another; no word of the text changes."""

    edit: Literal["rotating_host"]
    old: Text
    new: Text


class ZeroWidth(_Edit):
    """An invisible character (U+200B) after every so many words."""

    edit: Literal["zero_width"]
    every: Every


class ReplacementCharacters(_Edit):
    """Every so manieth accented letter arrives as U+FFFD."""

    edit: Literal["replacement_characters"]
    every: Every


class LoseAccents(_Edit):
    """Every so manieth accented letter arrives without its accent."""

    edit: Literal["lose_accents"]
    every: Every


class TranslateLine(_Edit):
    """One line that the page writes by itself is shown in the other language."""

    edit: Literal["translate_line"]
    old: Text
    new: Text


class RenderTwice(_Edit):
    """The page holds its text twice."""

    edit: Literal["render_twice"]


class Restore(_Edit):
    """The text is again what it was after an earlier round (1 is the first)."""

    edit: Literal["restore"]
    round: Annotated[int, Field(ge=1)]


Edit = Annotated[
    Replace
    | InsertAfter
    | Delete
    | MoveSection
    | ViewCounter
    | DateStamp
    | RotatingHost
    | ZeroWidth
    | ReplacementCharacters
    | LoseAccents
    | TranslateLine
    | RenderTwice
    | Restore,
    Field(discriminator="edit"),
]


class Expect(Strict):
    """What must become of an observation. `noise` are the classes of noise told, in any order.

    `commitments`, `direction` and `kind` are those of the change that is announced: one change of this kind and
    direction touches these commitments. `nature` is that of every change that is not noise. `alert_state` is
    what becomes of the document's earlier alert.
    """

    verdict: VerdictName
    noise: tuple[NoiseClass, ...] = ()
    nature: Nature | None = None
    alert: bool = False
    commitments: tuple[Slug, ...] = ()
    direction: Direction | None = None
    kind: ChangeKind | None = None
    alert_state: Literal["undone", "in_force_again"] | None = None

    @model_validator(mode="after")
    def _says_what_is_announced(self) -> Self:
        told = (bool(self.commitments), self.direction is not None, self.kind is not None)
        if self.alert and not all(told):
            raise ValueError("an alert is expected with its commitments, direction and kind")
        if self.alert and self.verdict != "changed":
            raise ValueError(f"verdict {self.verdict} never alerts")
        return self


class Step(Strict):
    """What happened to a service's policy in a round; edits apply in order to its last recorded text."""

    service: Text
    edits: tuple[Edit, ...] = Field(min_length=1)
    expect: Expect


class Round(Strict):
    """One visit to every marketplace. Only texts that differ are recorded, as in an archive of versions."""

    at: Moment
    title: Text
    steps: tuple[Step, ...] = ()

    @field_validator("steps")
    @classmethod
    def _one_step_a_service(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        names = [step.service for step in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"more than one step for {', '.join(twice)}")
        return value


class MarketplaceEntry(Strict):
    """An invented marketplace: its folder and platform file (`id`), its series in the recorded history."""

    id: Slug
    service: Text
    terms_type: Text


class ScriptFile(Strict):
    """`script.yml`. The first round records every marketplace's base text and has no steps."""

    marketplaces: tuple[MarketplaceEntry, ...] = Field(min_length=1)
    rounds: tuple[Round, ...] = Field(min_length=1)

    @field_validator("rounds")
    @classmethod
    def _begins_with_baselines_and_goes_on_in_time(cls, value: tuple[Round, ...]) -> tuple[Round, ...]:
        if value[0].steps:
            raise ValueError("the first round records the base texts and has no steps")
        for older, newer in pairwise(value):
            if newer.at <= older.at:
                raise ValueError(f"round {newer.title!r} is not after {older.title!r}")
        return value

    @model_validator(mode="after")
    def _names_known_services(self) -> Self:
        known = {entry.service for entry in self.marketplaces}
        if len(known) < len(self.marketplaces):
            raise ValueError("a service is declared twice under marketplaces")
        for number, recorded in enumerate(self.rounds, start=1):
            for step in recorded.steps:
                if step.service not in known:
                    raise ValueError(f"round {number}: service {step.service} is not among the marketplaces")
        return self
