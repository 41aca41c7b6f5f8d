"""Faults of the demo's rounds: each names the file and the line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from charter.errors import CharterError
from demo.build_pages import build_pages
from demo.expect_rounds import expect_rounds
from demo.read_rounds import ScriptError, read_rounds
from tests.demo.make_rounds import CHANGE, DOCUMENT, SAME, TERMS, read, step, write_rounds

ALERT = {
    "verdict": "changed", "alert": True, "commitments": ["fees-charges"], "direction": "worse", "kind": "modified",
}  # fmt: skip


def line_of(path: Path, fragment: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    (found,) = [number for number, text in enumerate(lines, start=1) if fragment in text]
    return found


@pytest.mark.parametrize(
    ("what", "at", "problem"),
    [
        ({"answer": "explode"}, "answer:", "answer"),
        ({"edits": [{"edit": "explode"}]}, "edit: explode", "edits"),
        ({"edits": [CHANGE], "once": True}, "document: brume/seller_terms", "the verdict oscillation"),
        ({"left": "Bientôt", "answer": "gone"}, "document: brume/seller_terms", "only an emptied page"),
        ({"expect": {"verdict": "unreachable"}}, "verdict:", "wording of its reason"),
        ({"expect": SAME | {"incident": "captcha"}}, "verdict:", "wording of its reason"),
        ({"expect": SAME | {"outcome": "lost"}}, "outcome: lost", "outcome"),
        ({"sometimes": True}, "sometimes:", "unknown key"),
    ],
)
def test_a_malformed_step_names_file_and_line(
    tmp_path: Path, what: dict[str, Any], at: str, problem: str
) -> None:
    path = write_rounds(tmp_path, step(**what))
    with pytest.raises(CharterError, match=problem) as caught:
        read(path)
    assert str(caught.value).startswith(f"rounds.yml:{line_of(path, at)}: rounds.1.steps.0")


@pytest.mark.parametrize(
    ("what", "at", "problem"),
    [
        ({"document": "brume/fees"}, "document: brume/fees", "brume/fees is not among the documents"),
        ({"page": 3}, "- document: brume", "has no page 3"),
    ],
)
def test_a_step_about_nothing_names_file_and_line(
    tmp_path: Path, what: dict[str, Any], at: str, problem: str
) -> None:
    path = write_rounds(tmp_path, step(**what))
    with pytest.raises(ScriptError, match=rf"rounds\.yml:{line_of(path, at)}: .*{problem}"):
        read(path)


def test_edits_without_target_or_effect_name_file_and_line(tmp_path: Path) -> None:
    path = write_rounds(tmp_path, step(edits=[CHANGE]), step(edits=[CHANGE]))
    line = max(
        number
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if "edit: replace" in text
    )
    with pytest.raises(ScriptError, match=rf"rounds\.yml:{line}: replace on {DOCUMENT}: .*occurs 0 times"):
        build_pages(read(path))
    back = CHANGE | {"old": "14 %", "new": "12 %"}
    path = write_rounds(tmp_path, step(edits=[CHANGE, back]))
    with pytest.raises(ScriptError, match=rf"rounds\.yml:\d+: the step on {DOCUMENT} changes nothing"):
        build_pages(read(path))


def test_documents_and_platform_files_must_agree(tmp_path: Path) -> None:
    one_page = [{"id": DOCUMENT, "pages": [{"text": "brume/base.md"}]}]
    with pytest.raises(ScriptError, match=rf"{DOCUMENT} has 2 declared pages"):
        read(write_rounds(tmp_path, documents=one_page))
    stranger = {"id": "halle/fees", "pages": [{"text": "brume/base.md"}]}
    both = [{"id": DOCUMENT, "pages": [{"text": "brume/base.md"}] * 2}, stranger]
    with pytest.raises(ScriptError, match="no platform file has active halle/fees"):
        read(write_rounds(tmp_path, documents=both))
    path = write_rounds(tmp_path)
    (tmp_path / "marketplaces" / "brume" / "annexe.md").unlink()
    with pytest.raises(ScriptError, match=r"brume/annexe\.md: cannot be read"):
        read(path)


def test_rounds_out_of_order_two_steps_for_a_document_and_steps_in_the_first_round_are_refused(
    tmp_path: Path,
) -> None:
    early, late = {"at": "2026-03-02T06:00:00Z", "title": "a"}, {"at": "2026-03-09T06:00:00Z", "title": "b"}
    with pytest.raises(CharterError, match=r"rounds\.yml:\d+: rounds: .*is not after"):
        read(write_rounds(tmp_path, rounds=[late, early]))
    with pytest.raises(CharterError, match="has no steps"):
        read(write_rounds(tmp_path, rounds=[early | {"steps": [step(edits=[CHANGE])]}]))
    with pytest.raises(CharterError, match=f"more than one step for {DOCUMENT}"):
        read(write_rounds(tmp_path, [step(), step()]))


def test_what_is_announced_or_shown_once_is_expected_twice(tmp_path: Path) -> None:
    once = step(edits=[CHANGE], once=True, expect={"verdict": "oscillation"})
    change = step(page=2, edits=[{"edit": "replace", "old": "5 euros", "new": "9 euros"}], expect=ALERT)
    listed = expect_rounds(read(write_rounds(tmp_path, once, change)))
    assert [(one.round_number, one.part, one.expect.verdict, one.outcomes) for one in listed] == [
        (1, "watch", "baseline", ("fetched", "fetched")),
        (2, "watch", "oscillation", ("fetched", "not_modified")),
        (2, "confirm", "unchanged", ("fetched", "fetched")),
        (3, "watch", "changed", ("not_modified", "fetched")),
        (3, "confirm", "unchanged", ("fetched", "fetched")),
    ]


def test_a_text_shown_once_is_gone_in_the_next_round_and_an_edit_stays(tmp_path: Path) -> None:
    once = step(edits=[CHANGE], once=True, expect={"verdict": "oscillation"})
    states = build_pages(read(write_rounds(tmp_path, once)))[TERMS]
    assert [("14 %" in state.text, state.first_text is not None) for state in states] == [
        (False, False),
        (False, True),
    ]
    states = build_pages(read(write_rounds(tmp_path, step(edits=[CHANGE]), None)))[TERMS]
    assert ["14 %" in state.text for state in states] == [False, True, True]
    assert states[2].changed_at == states[1].changed_at > states[0].changed_at


def test_the_demo_covers_what_it_is_there_to_show() -> None:
    rounds = read_rounds()
    baselines, quiet, changes = (current.steps for current in rounds.rounds)
    assert baselines == ()
    assert {step.answer for step in quiet} >= {"challenge", "emptied", "unavailable", "robots_forbids"}
    assert not any(step.expect.alert for step in quiet)
    assert any(step.once for step in quiet)
    due = [step.expect for step in changes if step.expect.alert]
    assert len({commitment for expect in due for commitment in expect.commitments}) >= 6
    assert {expect.direction for expect in due} >= {"worse", "better", "neutral"}
    assert {expect.kind for expect in due} == {"added", "removed", "modified"}
    languages = {rounds.documents[step.document].declared.language for step in changes if step.expect.alert}
    assert languages == {"fr", "en"}
    assert not any(step.answer for step in changes)
    platforms = [document.platform.id for document in rounds.documents.values()]
    assert len(set(platforms)) == 11
    assert max(map(platforms.count, platforms)) == 2
    assert {len(document.pages) for document in rounds.documents.values()} == {1, 2}
    assert {document.frame for document in rounds.documents.values()} == {"still", "living"}
