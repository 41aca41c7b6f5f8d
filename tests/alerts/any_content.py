"""Hypothesis strategies for alert contents: very long clauses, markup, emojis, control characters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from alerts.model import AlertContent, AlertedChange, AlertState, Signatory, TouchedCommitment
from transforms.model import Edit, Fact

_ODD = st.sampled_from(
    [
        "<!channel>",
        "<@U123>",
        "&amp;",
        "&",
        "*a*",
        "~b~",
        "`",
        "\x00",
        "\u202e",
        "\ud83d",
        "👩‍⚖️",
        "🇫🇷",
        "\r\n",
        "\n\n",
        "…",
        "e\u0301",
        "{platform}",
        "]]>",
    ]
)
_WORDS = st.text(max_size=30) | _ODD
LINES = st.lists(_WORDS, max_size=6).map(" ".join)
CLAUSES = st.builds(lambda text, times: text * times, LINES, st.sampled_from([1, 1, 3, 400]))


def _make_edit(op: str, before: str, after: str) -> Edit:
    match op:
        case "equal":
            return Edit("equal", before, before)
        case "insert":
            return Edit("insert", "", after)
        case "delete":
            return Edit("delete", before, "")
        case _:
            return Edit("replace", before, after)


EDITS = st.lists(
    st.builds(_make_edit, st.sampled_from(["equal", "insert", "delete", "replace"]), CLAUSES, CLAUSES),
    max_size=12,
).map(tuple) | st.builds(
    lambda edit, times: (edit, Edit("equal", "x y z. ", "x y z. ")) * times,
    st.builds(_make_edit, st.just("replace"), LINES, LINES),
    st.integers(1, 60),
)
STATES: tuple[AlertState, ...] = ("in_force", "undone", "in_force_again")
FACTS = st.builds(
    Fact, LINES, LINES, st.just("day"), st.sampled_from(["notice", "cap", "", "odd"]), note=LINES
)
COMMITMENTS = st.builds(
    TouchedCommitment,
    st.sampled_from([f"commitment-{number}" for number in range(14)]),
    LINES,
    LINES,
    st.sampled_from(["sourced", "topic-sourced", "inferred"]),
    st.floats(0, 1),
    LINES,
)


@st.composite
def changes(draw: st.DrawFn) -> AlertedChange:
    """A change whose two sides are those of its edits, or two unrelated texts."""
    edits = draw(EDITS)
    joined = draw(st.booleans())
    return AlertedChange(
        kind=draw(
            st.sampled_from(
                ["moved", "renumbered", "split", "merged", "modified", "added", "removed", "restored"]
            )
        ),
        heading=draw(CLAUSES),
        number=draw(LINES),
        before="".join(edit.before for edit in edits) if joined else draw(CLAUSES),
        after="".join(edit.after for edit in edits) if joined else draw(CLAUSES),
        edits=edits,
        facts=tuple(draw(st.lists(FACTS, max_size=8))),
        direction=draw(st.sampled_from(["better", "worse", "neutral", "unclear"])),
        direction_rule=draw(LINES),
        commitments=tuple(draw(st.lists(COMMITMENTS, max_size=8))),
    )


@st.composite
def contents(draw: st.DrawFn) -> AlertContent:
    """Any content that an alert could hold."""
    after = draw(st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
    state = draw(st.sampled_from(STATES))
    signatory = st.builds(Signatory, LINES, st.sampled_from(["signatory-2019", "joined-2020"]))
    return AlertContent(
        alert_id=draw(st.integers(0, 2**63 - 1)),
        platform_name=draw(LINES),
        platform_status=draw(st.sampled_from(["signatory-2019", "joined-2020", "none", "unknown"])),
        document_title=draw(CLAUSES),
        document_url=draw(st.none() | LINES | LINES.map(lambda path: f"https://vendeurs.example/{path}")),
        origin=draw(st.sampled_from(["live", "ota:essai"])),
        attribution=draw(LINES) + "Archive Exemple",
        changed_after=after,
        changed_before=after + draw(st.timedeltas(timedelta(0), timedelta(days=90))),
        stated_effective_date=draw(st.none() | st.dates(date(2019, 1, 1), date(2030, 1, 1))),
        state=state,
        state_since=None if state == "in_force" else after,
        changes=tuple(draw(st.lists(changes(), min_size=1, max_size=5))),
        signatories=tuple(draw(st.lists(signatory, max_size=20))),
    )
