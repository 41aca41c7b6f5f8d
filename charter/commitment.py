"""What a commitment of the charter is: its topic, its edges, and the laws on the same subject.

The charter sets no figure. A threshold therefore lies inside a legal reference: it is the regulation's, never
the charter's. Article numbers are data because a repeal of the P2B regulation is proposed (COM(2025) 837).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictInt

from charter.strict import Slug, Strict, Text

LegalText = Literal["P2B", "DSA", "DMA", "DATA_ACT"]
EvidenceLevel = Literal["sourced", "topic-sourced", "inferred"]

LEGAL_TEXTS: dict[LegalText, str] = {
    "P2B": "Regulation (EU) 2019/1150",
    "DSA": "Regulation (EU) 2022/2065",
    "DMA": "Regulation (EU) 2022/1925",
    "DATA_ACT": "Regulation (EU) 2023/2854",
}


class Title(Strict):
    """A title in the two languages of alerts and reports."""

    fr: Text
    en: Text


class Threshold(Strict):
    """A figure that a regulation sets. `unit` is singular: day, month, person, mediator, EUR."""

    value: StrictInt
    unit: Text
    meaning: Text


class LegalReference(Strict):
    """One provision on the subject of a commitment. `article` is as cited ("3(2)"); `note` says what it
    covers.
    """

    text: LegalText
    article: Text
    note: Text | None = None
    threshold: Threshold | None = None


class Commitment(Strict):
    """One of the 14 points. `scope` says what belongs to it, `boundary` what does not and where that goes
    instead.

    `axis` is the chapter of the 2019 charter: 1 contract, 2 dialogue, 3 counterfeiting; `other_axes` also
    touched. `evidence` tells how we know that the charter has this point: `sourced` (described by a party to
    it), `topic-sourced` (only its topic is), `inferred` (from the regulation the 2020 charter is aligned on).
    """

    id: Slug
    axis: StrictInt = Field(ge=1, le=3)
    other_axes: tuple[StrictInt, ...] = ()
    title: Title
    scope: Text
    boundary: Text
    references: tuple[LegalReference, ...] = Field(min_length=1)
    evidence: EvidenceLevel


class CommitmentFile(Strict):
    """The whole of `commitments.yml`."""

    commitments: tuple[Commitment, ...] = Field(min_length=1)
