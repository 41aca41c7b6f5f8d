"""Edits of a policy: what a marketplace changes, and the noise that its page makes by itself. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import singledispatch
from itertools import count

from demo import script_model as edits
from demo.move_section import move_section

COUNTER = re.compile(r"^\d[\d.,\u202f\u00a0 ]*k?[ \u00a0](?:vues|views)$", re.MULTILINE)
_ACCENTED = re.compile(r"[^\W\d_a-zA-Z]")
_WORD_END = re.compile(r"(?<=\w)(?= )")
_BLOCK_LINE = re.compile(r"(?:[-*+]|\d+\.) |\|")


class EditError(ValueError):
    """An edit has no target in the text, or more than one."""


@singledispatch
def apply_edit(edit: object, text: str) -> str:
    """The text after one edit.

    Raises:
        EditError: what the edit is about is absent, or occurs more often than it may.
    """
    raise TypeError(f"no such edit: {type(edit).__name__}")


@apply_edit.register
def _replace(edit: edits.Replace, text: str) -> str:
    _find_once(text, edit.old)
    return text.replace(edit.old, edit.new)


@apply_edit.register
def _insert_after(edit: edits.InsertAfter, text: str) -> str:
    start, end = _line_around(text, _find_once(text, edit.anchor))
    new = edit.text.strip("\n")
    # An item follows an item and a row a row; anything else is a paragraph of its own.
    is_tight = bool(_BLOCK_LINE.match(text[start:end])) and bool(_BLOCK_LINE.match(new))
    return text[:end] + ("\n" if is_tight else "\n\n") + new + text[end:]


@apply_edit.register
def _delete(edit: edits.Delete, text: str) -> str:
    start, end = _line_around(text, _find_once(text, edit.text))
    before, after = text[:start], text[end:].removeprefix("\n")
    # A paragraph takes one of the empty lines around it along.
    return before + (after.removeprefix("\n") if before.endswith("\n\n") else after)


@apply_edit.register
def _move(edit: edits.MoveSection, text: str) -> str:
    try:
        return move_section(text, edit.section, edit.before)
    except ValueError as error:
        raise EditError(str(error)) from None


@apply_edit.register
def _view_counter(edit: edits.ViewCounter, text: str) -> str:
    found = COUNTER.findall(text)
    if len(found) != 1 or not COUNTER.fullmatch(edit.to):
        raise EditError(f"{len(found)} lines count views, or {edit.to!r} does not")
    return COUNTER.sub(edit.to, text)


@apply_edit.register
def _date_stamp(edit: edits.DateStamp, text: str) -> str:
    lines = text.split("\n")
    stamped = [index for index, line in enumerate(lines) if line.startswith(edit.label)]
    if len(stamped) != 1:
        raise EditError(f"{len(stamped)} lines begin with {edit.label!r}")
    lines[stamped[0]] = f"{edit.label} {edit.to}"
    return "\n".join(lines)


@apply_edit.register
def _rotating_host(edit: edits.RotatingHost, text: str) -> str:
    target = re.compile(rf"(?<=\]\(https://){re.escape(edit.old)}(?=[/)])")
    if not target.search(text):
        raise EditError(f"no link leads to {edit.old}")
    return target.sub(edit.new, text)


@apply_edit.register
def _zero_width(edit: edits.ZeroWidth, text: str) -> str:
    return _touch_every(_WORD_END, edit.every, lambda _: "\u200b", text)


@apply_edit.register
def _replacement_characters(edit: edits.ReplacementCharacters, text: str) -> str:
    return _touch_every(_ACCENTED, edit.every, lambda _: "\ufffd", text)


@apply_edit.register
def _lose_accents(edit: edits.LoseAccents, text: str) -> str:
    return _touch_every(_ACCENTED, edit.every, lambda letter: unicodedata.normalize("NFD", letter)[0], text)


@apply_edit.register
def _translate_line(edit: edits.TranslateLine, text: str) -> str:
    lines = text.split("\n")
    if lines.count(edit.old) != 1:
        raise EditError(f"{lines.count(edit.old)} whole lines are {edit.old!r}")
    return "\n".join(edit.new if line == edit.old else line for line in lines)


@apply_edit.register
def _render_twice(_edit: edits.RenderTwice, text: str) -> str:
    return f"{text}\n{text}"


def _find_once(text: str, fragment: str) -> int:
    found = text.count(fragment)
    if found != 1:
        raise EditError(f"{fragment!r} occurs {found} times, not once")
    return text.index(fragment)


def _line_around(text: str, position: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end


def _touch_every(what: re.Pattern[str], every: int, touch: Callable[[str], str], text: str) -> str:
    number = count(1)
    touched = what.sub(lambda found: touch(found[0]) if next(number) % every == 0 else found[0], text)
    if touched == text:
        raise EditError(f"fewer than {every} places to touch")
    return touched
