"""Whether a page stands where the policy should be: a graded score over independent signals. Pure.

A mark (block_marks.yml) speaks for a wall, and what surrounds it for or against one: a status, how little the page
says, whether the declared selectors fit. Neither is enough alone. A policy that names a captcha has a mark, and a page
of three lines says little; only together they make a wall. What fits the declared selectors and is long is the policy,
whatever else the page carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawlers.block_marks import WALLS, Mark, Wall, read_marks
from crawlers.read_page import NEARLY_EMPTY_CHARS, PageSeen

# A wall has at least so much in marks, and so much in all.
MARKS_NEEDED = 4
SCORE_NEEDED = 6
_GONE = (404, 410)
_SHORT_CHARS = 1500
_LONG_CHARS = 3000
# Phrases are looked for in pages up to this length; no wall is longer.
_SEARCHED_CHARS = 6000
# Statuses with which bot managers send their pages; a login wall says 401, 403 or, behind a redirect, 200.
_STATUSES: Mapping[Wall, tuple[int, ...]] = {
    "challenged": (202, 401, 403, 405, 406, 429, 503),
    "login_required": (401, 403),
    "script_required": (),
    "consent_only": (),
}
_QUOTED_CHARS = 60


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What is looked at: an answer, with its headers as (lower-case name, value) and names of the cookies it set."""

    status: int
    address: str
    page: PageSeen
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for (positive) or against (negative weight) a wall. `kind` is that of a mark, or `status`, `length` or
    `selection`."""

    kind: str
    detail: str
    weight: int
    owner: str = ""

    def __str__(self) -> str:
        owner = f"{self.owner}: " if self.owner not in ("", "any") else ""
        return f"{self.weight:+d} {self.kind}: {owner}{self.detail}"


@dataclass(frozen=True, slots=True)
class Recognition:
    """The wall that explains an answer best. `is_wall` says whether it does so well enough; without any mark `wall` is
    None and there are no signals."""

    wall: Wall | None = None
    score: int = 0
    is_wall: bool = False
    signals: tuple[Signal, ...] = field(default=())

    @property
    def phrase(self) -> str | None:
        """What the page itself says, if that is among the signals."""
        return next((signal.detail for signal in self.signals if signal.kind in ("phrase", "title")), None)


def recognise_block(answer: AnswerSeen) -> Recognition:
    """The wall an answer is, or resembles most."""
    found = [_weigh(wall, answer) for wall in WALLS if _is_possible(wall, answer.status)]
    found = [recognition for recognition in found if recognition.signals]
    return max(found, key=lambda recognition: (recognition.is_wall, recognition.score), default=Recognition())


def _is_possible(wall: Wall, status: int) -> bool:
    """An error page may be a shell or speak of cookies like any other page of its site; that is not why it is one."""
    if wall == "challenged":
        return True
    if wall == "login_required":
        return status < 400 or status in (401, 403)
    return status < 400


def _weigh(wall: Wall, answer: AnswerSeen) -> Recognition:
    marks: dict[str, Signal] = {}
    for mark in read_marks():
        if mark.wall == wall and mark.kind not in marks:
            detail = _search(mark, answer)
            if detail is not None:
                marks[mark.kind] = Signal(mark.kind, _quote(detail), mark.weight, mark.owner)
    if not marks:
        return Recognition()
    signals = [*marks.values(), *_surroundings(wall, answer)]
    in_marks = sum(signal.weight for signal in marks.values())
    score = sum(signal.weight for signal in signals)
    return Recognition(wall, score, in_marks >= MARKS_NEEDED and score >= SCORE_NEEDED, tuple(signals))


def _search(mark: Mark, answer: AnswerSeen) -> str | None:
    page = answer.page
    if mark.kind == "element":
        found = page.tree is not None and page.tree.css_first(mark.pattern) is not None
        return mark.pattern if found else None
    if mark.kind == "source":
        return mark.pattern if mark.pattern in page.source else None
    if mark.kind == "header":
        return _first(mark, (f"{name}: {value}" for name, value in answer.headers))
    if mark.kind == "cookie":
        return _first(mark, answer.cookies)
    if mark.kind == "address":
        return _first(mark, (*page.addresses, f"page: {answer.address}"))
    if mark.kind == "title":
        return mark.search(page.title)
    return mark.search(f"{page.title} {page.text}") if len(page.text) <= _SEARCHED_CHARS else None


def _first(mark: Mark, texts: Iterable[str]) -> str | None:
    return next((text for text in texts if mark.search(text)), None)


def _surroundings(wall: Wall, answer: AnswerSeen) -> list[Signal]:
    signals = []
    length, selected = len(answer.page.text), answer.page.selected_chars
    if answer.status in _STATUSES[wall]:
        signals.append(Signal("status", str(answer.status), 2))
    if length < NEARLY_EMPTY_CHARS:
        signals.append(Signal("length", f"{length} characters of text", 2))
    elif length < _SHORT_CHARS:
        signals.append(Signal("length", f"{length} characters of text", 1))
    elif length >= _LONG_CHARS:
        signals.append(Signal("length", f"{length} characters of text", -5))
    if selected is None or not 200 <= answer.status < 300:
        return signals
    if selected == 0:
        signals.append(Signal("selection", "the declared selectors fit nothing", 2))
    elif selected >= NEARLY_EMPTY_CHARS:
        weight = -10 if selected >= _SHORT_CHARS else -4
        signals.append(Signal("selection", f"the declared selectors fit {selected} characters", weight))
    return signals


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED_CHARS else f"{text[:_QUOTED_CHARS]}..."
