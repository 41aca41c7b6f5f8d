"""What must come of every document in every watched round: verdicts in order, and the outcome of every fetch."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.manifest import Outcome
from demo.read_rounds import Rounds, WatchedDocument
from demo.rounds_model import PageExpect, PageStep


@dataclass(frozen=True, slots=True)
class Expected:
    """One observation of a document. `part` is "watch", or "confirm" for the second fetch of the same round.

    `outcomes` are those of its pages, in order.
    """

    round_number: int
    document_id: str
    part: str
    expect: PageExpect
    outcomes: tuple[Outcome, ...]


def expect_rounds(rounds: Rounds) -> list[Expected]:
    """Every observation that the rounds declare, by round (from 1), then document, then in order of time.

    What would be announced is fetched a second time, without validators: the same text confirms a change, the one
    before refutes what was shown once; either way the second observation is `unchanged`.
    """
    expected: list[Expected] = []
    for number, current in enumerate(rounds.rounds, start=1):
        steps = {step.document: step for step in current.steps}
        for document_id, document in rounds.documents.items():
            step = steps.get(document_id)
            first = _first(number, document, step)
            expected.append(Expected(number, document_id, "watch", *first))
            if step is not None and (step.expect.alert or step.once):
                again = PageExpect(verdict="unchanged")
                expected.append(Expected(number, document_id, "confirm", again, _fetched(document)))
    return expected


def _first(
    number: int, document: WatchedDocument, step: PageStep | None
) -> tuple[PageExpect, tuple[Outcome, ...]]:
    if number == 1:
        return PageExpect(verdict="baseline"), _fetched(document)
    same: Outcome = "not_modified" if document.frame == "still" else "fetched"
    outcomes: list[Outcome] = [same] * len(document.pages)
    if step is None:
        return PageExpect(verdict="unchanged", outcome=same), tuple(outcomes)
    outcomes[step.page - 1] = step.expect.outcome
    return step.expect, tuple(outcomes)


def _fetched(document: WatchedDocument) -> tuple[Outcome, ...]:
    return tuple("fetched" for _ in document.pages)
