"""Measures that replace long text in a staged frame before it is checked and shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from expectations.limits import PREVIEW_LENGTH

REPLACEMENT_CHARACTER = "\ufffd"


def measure_body(frame: pd.DataFrame) -> pd.DataFrame:
    """Measure `body`, then cut it to its first characters; a missing body has no measures.

    Adds `measured_count` (characters), `visible_count` (without surrounding white space), `nul_count` and
    `replacement_share` (0 to 1; replaces a staged one).
    """
    bodies = [body if isinstance(body, str) else None for body in frame["body"]]
    shares = [
        None if body is None else body.count(REPLACEMENT_CHARACTER) / max(1, len(body)) for body in bodies
    ]
    return frame.assign(
        measured_count=_integers([None if body is None else len(body) for body in bodies], frame),
        visible_count=_integers([None if body is None else len(body.strip()) for body in bodies], frame),
        nul_count=_integers([None if body is None else body.count("\0") for body in bodies], frame),
        replacement_share=pd.Series(shares, index=frame.index, dtype="float64"),
        body=_previews(bodies, frame),
    )


def measure_preview(frame: pd.DataFrame) -> pd.DataFrame:
    """Measure `body_preview`, then cut it: a whole text staged by mistake must not reach a report.

    Adds `preview_length` (characters) and `nul_count`; a missing preview has no measures.
    """
    previews = [text if isinstance(text, str) else None for text in frame["body_preview"]]
    return frame.assign(
        preview_length=_integers([None if text is None else len(text) for text in previews], frame),
        nul_count=_integers([None if text is None else text.count("\0") for text in previews], frame),
        body_preview=_previews(previews, frame),
    )


def measure_change(frame: pd.DataFrame) -> pd.DataFrame:
    """Measure the clauses of a change and read its JSON columns, then cut all four to their first characters.

    Adds `before_length`, `after_length` (characters, 0 when missing), `either_length` (their sum),
    `edits_readable` and `facts_readable`.
    """
    before = _integers([_length(text) for text in frame["clause_before"]], frame)
    after = _integers([_length(text) for text in frame["clause_after"]], frame)
    readable = {
        f"{name}_readable": pd.Series(
            [_is_json(text) for text in frame[name]], index=frame.index, dtype="bool"
        )
        for name in ("edits", "facts")
    }
    cut = {
        name: _previews(frame[name], frame) for name in ("clause_before", "clause_after", "edits", "facts")
    }
    return frame.assign(
        before_length=before, after_length=after, either_length=before + after, **readable, **cut
    )


def _previews(texts: Iterable[object], frame: pd.DataFrame) -> pd.Series[Any]:
    cut = [text[:PREVIEW_LENGTH] if isinstance(text, str) else None for text in texts]
    return pd.Series(cut, index=frame.index, dtype="object")


def _integers(values: list[int | None], frame: pd.DataFrame) -> pd.Series[Any]:
    return pd.Series(values, index=frame.index, dtype="Int64")


def _length(text: object) -> int:
    return len(text.strip()) if isinstance(text, str) else 0


def _is_json(text: object) -> bool:
    """Whether a JSON column can be read back; missing or empty stands for nothing to say."""
    if not isinstance(text, str) or not text:
        return True
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
