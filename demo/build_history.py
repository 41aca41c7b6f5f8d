"""The demo's recorded history: invented texts, edited round by round by its script, as an archive writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from demo.apply_edits import apply_edits
from demo.read_numbered import ScriptError
from demo.read_script import Script, read_script
from demo.script_model import Expect

__all__ = ["Recorded", "Script", "ScriptError", "build_texts", "read_script", "write_history"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded version: when (UTC) and in which round (from 1) it was seen, and what must come of it."""

    service: str
    terms_type: str
    observed_at: datetime
    text: str
    expect: Expect
    round_number: int
    edits: tuple[str, ...] = ()


def build_texts(script: Script) -> list[Recorded]:
    """Every recorded version, by round, then in the order of the script.

    The first round records the base text of every marketplace; later ones only what a step changed.

    Raises:
        ScriptError: an edit has no target, or a step changes nothing; the line of the script is named.
    """
    terms_types = {entry.service: entry.terms_type for entry in script.marketplaces}
    # By service, its text after each round so far.
    past = {service: [base] for service, base in script.bases.items()}
    first = script.rounds[0].at.astimezone(UTC)
    recorded = [
        Recorded(service, terms_type, first, script.bases[service], Expect(verdict="baseline"), 1)
        for service, terms_type in terms_types.items()
    ]
    for number, current in enumerate(script.rounds[1:], start=2):
        for step in current.steps:
            text = apply_edits(script.file, step.service, step.edits, past[step.service])
            names = tuple(edit.edit for edit in step.edits)
            at = current.at.astimezone(UTC)
            recorded.append(
                Recorded(step.service, terms_types[step.service], at, text, step.expect, number, names)
            )
            past[step.service].append(text)
        for texts in past.values():
            if len(texts) < number:
                texts.append(texts[-1])
    return recorded


def write_history(folder: Path, recorded: Iterable[Recorded]) -> int:
    """Write versions as `<Service>/<Terms type>/<YYYY-MM-DDTHH-MM-SSZ>.md`, an archive's dataset; count them.

    Raises:
        OSError: the folder cannot be written, or already holds one of the versions.
    """
    count = 0
    for version in recorded:
        place = folder / version.service / version.terms_type
        place.mkdir(parents=True, exist_ok=True)
        with (place / f"{version.observed_at:%Y-%m-%dT%H-%M-%SZ}.md").open("xb") as file:
            file.write(version.text.encode("utf-8"))
        count += 1
    return count
