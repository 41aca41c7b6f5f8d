"""The demo's watched rounds: what each marketplace's pages show on a day, and what Vigie must make of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from charter.documents import DocumentId
from charter.platforms import Host
from charter.strict import Moment, Slug, Strict, Text
from crawlers.manifest import Outcome
from demo.script_model import Edit, Expect

# challenge: a captcha with status 200; emptied: the frame without its content; unavailable: 503; gone: 410.
Fault = Literal["challenge", "emptied", "unavailable", "gone", "robots_forbids"]
# A living frame counts views and rotates its hosts at every request, without validators; a still one has an ETag.
Frame = Literal["still", "living"]
INCIDENTS = frozenset({"quarantined", "unreachable", "policy_blocked"})


class PageEntry(Strict):
    """One page of a document: its Markdown under `marketplaces/`, and the id of its <main>."""

    text: Text
    main_id: Slug = "contenu"


class WatchedEntry(Strict):
    """A document by its id in the platform files; its pages are those of its declaration, in order."""

    id: DocumentId
    frame: Frame = "still"
    pages: tuple[PageEntry, ...] = Field(min_length=1)


class PageExpect(Expect):
    """What must become of a document in a round. `outcome` is that of the page that the step is about.

    `incident` is a wording to be found in the reason that the data team reads.
    """

    outcome: Outcome = "fetched"
    incident: Text | None = None

    @model_validator(mode="after")
    def _tells_incidents(self) -> Self:
        if (self.verdict in INCIDENTS) != (self.incident is not None):
            raise ValueError("an incident is expected with a wording of its reason, anything else without")
        return self


class PageStep(Strict):
    """What happened to a document in a round: `edits` to the text of one page (counted from 1), or a fault.

    Edits stay in later rounds, but for those shown `once`: only the first request of the round gets them.
    `left` is what an emptied page still says.
    """

    line: int
    document: DocumentId
    page: Annotated[int, Field(ge=1)] = 1
    edits: tuple[Edit, ...] = ()
    answer: Fault | None = None
    left: str = ""
    once: bool = False
    expect: PageExpect

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.once and (not self.edits or self.answer or self.expect.verdict != "oscillation"):
            raise ValueError("what is shown once has edits, no fault and the verdict oscillation")
        if self.left and self.answer != "emptied":
            raise ValueError("only an emptied page has something left")
        return self


class WatchRound(Strict):
    """One visit to every page. A document without a step is unchanged."""

    at: Moment
    title: Text
    steps: tuple[PageStep, ...] = ()

    @field_validator("steps")
    @classmethod
    def _one_step_a_document(cls, value: tuple[PageStep, ...]) -> tuple[PageStep, ...]:
        names = [step.document for step in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"more than one step for {', '.join(twice)}")
        return value


class RoundsFile(Strict):
    """`rounds.yml`. The first round shows the base texts and has no steps.

    Hosts `without_robots` answer 404 for robots.txt; the others allow everything but what a step forbids.
    """

    documents: tuple[WatchedEntry, ...] = Field(min_length=1)
    without_robots: tuple[Host, ...] = ()
    rounds: tuple[WatchRound, ...] = Field(min_length=1)

    @field_validator("rounds")
    @classmethod
    def _begins_with_baselines_and_goes_on_in_time(
        cls, value: tuple[WatchRound, ...]
    ) -> tuple[WatchRound, ...]:
        if value[0].steps:
            raise ValueError("the first round shows the base texts and has no steps")
        for older, newer in pairwise(value):
            if newer.at <= older.at:
                raise ValueError(f"round {newer.title!r} is not after {older.title!r}")
        return value
