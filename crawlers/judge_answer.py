"""What an answer means for the page that was asked for: one outcome of the closed list, with its reason. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from selectolax.lexbor import LexborHTMLParser

from crawlers.decode_body import BodyTooLarge, UndecodableBody
from crawlers.manifest import Outcome
from transforms.decode_page import decode_page
from transforms.spot_challenge import spot_challenge

GONE = (404, 410)
REFUSED = (401, 403, 406, 451)
_READ_AS_TEXT = ("", "text/html", "application/xhtml+xml", "text/plain")
_NOT_SHOWN = ["script", "style", "template"]
# Below this a page says so little that what it tells browsers without JavaScript is its message.
_NEARLY_EMPTY_CHARS = 200
# These phrases name a status. Beside that status they add nothing; beside 200 they are an error page.
_NAMES_A_STATUS = re.compile(r"\b[45]\d\d\b|page not found|page introuvable", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is judged. `body` is content-decoded, `asked_if_changed` whether the request was conditional, `damage` why
    the body could not be decoded (it is empty then)."""

    host: str
    status: int
    media_type: str
    body: bytes
    asked_if_changed: bool = False
    damage: UndecodableBody | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome, and why in a short sentence that names status and host."""

    outcome: Outcome
    reason: str


def judge_answer(answer: Answer) -> Judgement:
    """The outcome of an answer that is not followed as a redirect."""
    said = f"{answer.host} answered {name_status(answer.status)}"
    phrase = _spot_challenge(answer)
    if phrase is not None and not _NAMES_A_STATUS.search(phrase):
        return Judgement("challenged", f'{said} with a challenge page that says "{phrase}"')
    if 200 <= answer.status < 300:
        return _judge_success(answer, said, phrase)
    return _judge_refusal(answer, said)


def name_status(status: int) -> str:
    """A status as people read it: `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _judge_success(answer: Answer, said: str, phrase: str | None) -> Judgement:
    if isinstance(answer.damage, BodyTooLarge):
        return Judgement("too_large", f"{said}, but {answer.damage}")
    if answer.damage is not None:
        return Judgement("unexpected_answer", f"{said}, but {answer.damage}")
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        return Judgement("unexpected_answer", f"{said}: a part of the page only, and none was asked for")
    if not answer.body.strip():
        return Judgement("unexpected_answer", f"{said} without a body")
    if phrase is not None:
        return Judgement("unexpected_answer", f'{said} with an error page that says "{phrase}"')
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


def _spot_challenge(answer: Answer) -> str | None:
    if answer.media_type not in _READ_AS_TEXT or not answer.body:
        return None
    text = _visible_text(answer.body, [*_NOT_SHOWN, "noscript"])
    # Applications answer 404 with their empty shell, whose hint about JavaScript is no challenge.
    if len(text) < _NEARLY_EMPTY_CHARS and answer.status not in GONE:
        text = _visible_text(answer.body, _NOT_SHOWN)
    return spot_challenge(text)


def _visible_text(body: bytes, hidden: list[str]) -> str:
    tree = LexborHTMLParser(decode_page(body)[0])
    tree.strip_tags(hidden)
    # The title is part of it: some challenge pages say what they are only there.
    return tree.root.text(separator=" ", strip=True) if tree.root else ""
