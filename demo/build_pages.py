"""What every page of the demo shows in every round: its text, since when, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from demo.apply_edits import apply_edits
from demo.read_rounds import Rounds, WatchedDocument, WatchedPage
from demo.rounds_model import Fault, PageStep


@dataclass(frozen=True, slots=True)
class PageState:
    """One page in one round. `text` is Markdown, the same since `changed_at` (UTC).

    `first_text` is what the first request of the round gets instead; `fault` stands before any text.
    """

    text: str
    changed_at: datetime
    first_text: str | None = None
    fault: Fault | None = None
    left: str = ""


def build_pages(rounds: Rounds) -> dict[str, list[PageState]]:
    """By address, the page's state in each round.

    Raises:
        ScriptError: an edit has no target, or the edits of a step change nothing; the line is named.
    """
    states: dict[str, list[PageState]] = {}
    for document_id, document in rounds.documents.items():
        steps = [
            next((step for step in current.steps if step.document == document_id), None)
            for current in rounds.rounds
        ]
        for number, page in enumerate(document.pages, start=1):
            mine = [step if step is not None and step.page == number else None for step in steps]
            states[page.address] = _follow(rounds, page, mine)
    return states


def page_of(rounds: Rounds, address: str) -> tuple[WatchedDocument, WatchedPage] | None:
    """The document and page with this address, if any."""
    for document in rounds.documents.values():
        for page in document.pages:
            if page.address == address:
                return document, page
    return None


def _follow(rounds: Rounds, page: WatchedPage, steps: list[PageStep | None]) -> list[PageState]:
    states: list[PageState] = []
    shown = PageState(page.base, rounds.rounds[0].at.astimezone(UTC))
    for current, step in zip(rounds.rounds, steps, strict=True):
        state = shown
        if step is not None:
            past = [earlier.text for earlier in states]
            text = apply_edits(rounds.file, step.document, step.edits, past)
            if step.once:
                state = replace(shown, first_text=text)
            elif text != shown.text:
                state = shown = PageState(text, current.at.astimezone(UTC))
            state = replace(state, fault=step.answer, left=step.left)
        states.append(state)
    return states
