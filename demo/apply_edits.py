"""The edits of one step, in order, on the text last seen; faults are told with file and line."""

from __future__ import annotations

from collections.abc import Sequence

from demo.edit_text import EditError, apply_edit
from demo.read_numbered import ScriptError
from demo.script_model import Edit, Restore


def apply_edits(file: str, name: str, edits: Sequence[Edit], past: Sequence[str]) -> str:
    """The text after the edits. `past` holds the text after each round so far; `name` is who is edited, for errors.

    Raises:
        ScriptError: an edit has no target, or the edits change nothing; the line of the file is named.
    """
    text = past[-1]
    for edit in edits:
        try:
            text = _restore(edit, past) if isinstance(edit, Restore) else apply_edit(edit, text)
        except EditError as error:
            raise ScriptError(f"{file}:{edit.line}: {edit.edit} on {name}: {error}") from None
    if edits and text == past[-1]:
        raise ScriptError(f"{file}:{edits[0].line}: the step on {name} changes nothing")
    return text


def _restore(edit: Restore, past: Sequence[str]) -> str:
    if edit.round > len(past):
        raise EditError(f"round {edit.round} is not in the past")
    return past[edit.round - 1]
