"""Faults of the demo's script and its base texts: each names file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from charter.errors import CharterError
from demo.build_history import ScriptError, read_script
from tests.demo.make_script import ROUNDS, STEP, write_script


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        ([{"edit": "explode"}], r"script\.yml:15: rounds\.1\.steps\.0\.edits\.0"),
        ([{"edit": "render_twice", "often": 3}], r"rounds\.1\.steps\.0\.edits\.0.*often: unknown key"),
        ([{"edit": "zero_width", "every": 0}], r"edits\.0.*every: "),
        ([], r"rounds\.1\.steps\.0\.edits: "),
    ],
)
def test_a_malformed_edit_names_file_line_and_key(
    tmp_path: Path, edits: list[dict[str, object]], problem: str
) -> None:
    with pytest.raises(CharterError, match=problem):
        read_script(write_script(tmp_path, edits))


@pytest.mark.parametrize(
    ("expect", "problem"),
    [
        ({"verdict": "changed", "alert": True}, "an alert is expected with its commitments"),
        (
            {
                "verdict": "cosmetic",
                "alert": True,
                "commitments": ["mediation"],
                "direction": "worse",
                "kind": "added",
            },
            "verdict cosmetic never alerts",
        ),
        ({"verdict": "suspicious"}, r"expect\.verdict"),
    ],
)
def test_an_expectation_that_makes_no_sense_is_refused(
    tmp_path: Path, expect: dict[str, object], problem: str
) -> None:
    step = {"service": "Bazar de Brume", "edits": [{"edit": "render_twice"}], "expect": expect}
    rounds = [{"at": ROUNDS[0], "title": "a"}, {"at": ROUNDS[1], "title": "b", "steps": [step]}]
    with pytest.raises(CharterError, match=problem):
        read_script(write_script(tmp_path, rounds=rounds))


def test_rounds_out_of_order_unknown_services_and_steps_in_the_first_round_are_refused(
    tmp_path: Path,
) -> None:
    late, early = ({"at": at, "title": at} for at in (ROUNDS[1], ROUNDS[0]))
    with pytest.raises(CharterError, match="is not after"):
        read_script(write_script(tmp_path, rounds=[late, early]))
    step = STEP | {"edits": [{"edit": "render_twice"}]}
    with pytest.raises(CharterError, match="has no steps"):
        read_script(write_script(tmp_path, rounds=[early | {"steps": [step]}]))
    stranger = step | {"service": "Bazar inconnu"}
    with pytest.raises(CharterError, match="Bazar inconnu is not among the marketplaces"):
        read_script(write_script(tmp_path, rounds=[early, late | {"steps": [stranger]}]))


def test_a_missing_or_empty_base_text_is_named(tmp_path: Path) -> None:
    path = write_script(tmp_path)
    base = tmp_path / "marketplaces" / "bazar-de-brume" / "base.md"
    base.write_text(" \n", encoding="utf-8")
    with pytest.raises(ScriptError, match=r"bazar-de-brume/base\.md: is empty"):
        read_script(path)
    base.unlink()
    with pytest.raises(ScriptError, match=r"bazar-de-brume/base\.md: cannot be read"):
        read_script(path)


def test_a_script_that_is_no_yaml_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "script.yml"
    path.write_text("rounds: [", encoding="utf-8")
    with pytest.raises(ScriptError, match=r"script\.yml: cannot be read"):
        read_script(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(ScriptError, match=r"script\.yml: is empty"):
        read_script(path)
