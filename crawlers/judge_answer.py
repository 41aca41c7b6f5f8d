"""What an answer means for the page that was asked for: one outcome of the closed list, with its reason. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from crawlers.block_marks import Wall
from crawlers.decode_body import BodyTooLarge, UndecodableBody
from crawlers.manifest import Outcome
from crawlers.read_page import PageSeen, Selector, read_page
from crawlers.recognise_block import AnswerSeen, Recognition, recognise_block

GONE = (404, 410)
REFUSED = (401, 403, 406, 451)
# An error page with status 200 says so in few words.
_ERROR_PAGE = re.compile(
    r"\b(403 forbidden|404 not found|410 gone|50[0-4] [a-z ]*(error|gateway|unavailable|timeout))\b"
    r"|page not found|page introuvable",
    re.IGNORECASE,
)
_MAX_ERROR_CHARS = 2500
_WALLS: dict[Wall, str] = {
    "challenged": "a challenge page",
    "login_required": "a login page",
    "script_required": "a page that needs JavaScript",
    "consent_only": "nothing but a request for consent",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is judged. `body` is content-decoded, or a rendered page; `asked_if_changed` whether the request was
    conditional, `damage` why the body could not be decoded (it is empty then). `address` is that of the answer,
    `headers` are its own (lower-case name, value), `select` the selectors declared for the page: what fits them and is
    long is no wall."""

    host: str
    status: int
    media_type: str
    body: bytes | str
    asked_if_changed: bool = False
    damage: UndecodableBody | None = None
    address: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    select: Sequence[Selector] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome, and why in a short sentence that names status and host. `evidence` are the signals for and against a
    wall, where there is any for one."""

    outcome: Outcome
    reason: str
    evidence: tuple[str, ...] = ()


def judge_answer(answer: Answer) -> Judgement:
    """The outcome of an answer that is not followed as a redirect."""
    said = f"{answer.host} answered {name_status(answer.status)}"
    if 300 <= answer.status < 400:
        return _judge_refusal(answer, said)
    page = read_page(answer.body, answer.media_type, answer.select)
    seen = recognise_block(
        AnswerSeen(answer.status, answer.address, page, answer.headers, _cookies(answer.headers))
    )
    evidence = tuple(map(str, seen.signals))
    # A file of another kind was handed over: what its headers say of a bot manager did not keep it back.
    is_file = answer.status == HTTPStatus.OK and page.tree is None and bool(answer.body)
    if seen.is_wall and seen.wall is not None and not is_file:
        return Judgement(seen.wall, f"{said} with {_describe(seen, seen.wall)}", evidence)
    is_success = 200 <= answer.status < 300
    judgement = _judge_success(answer, said, page) if is_success else _judge_refusal(answer, said)
    return Judgement(judgement.outcome, judgement.reason, evidence)


def name_status(status: int) -> str:
    """A status as people read it: `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _judge_success(answer: Answer, said: str, page: PageSeen) -> Judgement:
    if isinstance(answer.damage, BodyTooLarge):
        return Judgement("too_large", f"{said}, but {answer.damage}")
    if answer.damage is not None:
        return Judgement("unexpected_answer", f"{said}, but {answer.damage}")
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        return Judgement("unexpected_answer", f"{said}: a part of the page only, and none was asked for")
    if not answer.body.strip():
        return Judgement("unexpected_answer", f"{said} without a body")
    phrase = _ERROR_PAGE.search(f"{page.title} {page.text}") if len(page.text) < _MAX_ERROR_CHARS else None
    if phrase is not None and (page.selected_chars or 0) < len(page.text) / 2:
        return Judgement("unexpected_answer", f'{said} with an error page that says "{phrase[0]}"')
    return Judgement("fetched", f"{said} with {len(answer.body)} bytes")


def _judge_refusal(answer: Answer, said: str) -> Judgement:
    if answer.status == HTTPStatus.NOT_MODIFIED and answer.asked_if_changed:
        return Judgement("not_modified", f"{said}: the snapshot of an earlier round is still the page")
    if answer.status in GONE:
        return Judgement("gone", said)
    if answer.status in REFUSED:
        return Judgement("refused", said)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Judgement("busy", said)
    if 500 <= answer.status < 600:
        return Judgement("server_error", said)
    return Judgement("unexpected_answer", f"{said}, which is no answer to a request for a page")


def _describe(seen: Recognition, wall: Wall) -> str:
    if seen.phrase is not None:
        return f'{_WALLS[wall]} that says "{seen.phrase}"'
    strongest = max(seen.signals, key=lambda signal: signal.weight)
    owner = f" of {strongest.owner}" if strongest.owner not in ("", "any") else ""
    return f"{_WALLS[wall]}{owner} ({strongest.kind}: {strongest.detail})"


def _cookies(headers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names of the cookies that an answer sets."""
    return tuple(value.partition("=")[0].strip() for name, value in headers if name == "set-cookie")
