"""The demo's recorded history: what a script yields, what is written, and what the real script holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from charter.load import load_commitments, load_platforms
from charter.status import signatories_on
from crawlers.read_dataset import read_folder
from demo.build_history import Recorded, ScriptError, build_texts, read_script, write_history
from tests.demo.make_script import BASE, write_script

DEMO = Path(__file__).resolve().parents[2] / "demo"
MARKETPLACES = 11
SIGNATORIES = 9


@pytest.fixture(scope="module")
def recorded() -> list[Recorded]:
    return build_texts(read_script(DEMO / "script.yml"))


def test_restore_gives_the_text_of_an_earlier_round_even_one_without_a_step(tmp_path: Path) -> None:
    path = write_script(
        tmp_path, [{"edit": "replace", "old": "12 %", "new": "14 %"}], [{"edit": "restore", "round": 1}]
    )
    versions = build_texts(read_script(path))
    assert [version.text for version in versions] == [BASE, BASE.replace("12 %", "14 %"), BASE]
    assert [version.round_number for version in versions] == [1, 2, 3]


def test_edits_of_a_step_apply_in_order(tmp_path: Path) -> None:
    edits: list[dict[str, object]] = [
        {"edit": "replace", "old": "12 %", "new": "14 %"},
        {"edit": "replace", "old": "14 %", "new": "16 %"},
    ]
    version = build_texts(read_script(write_script(tmp_path, edits)))[-1]
    assert version.text == BASE.replace("12 %", "16 %")
    assert version.edits == ("replace", "replace")
    assert version.observed_at == datetime(2025, 3, 10, 6, tzinfo=UTC)


def test_a_step_that_changes_nothing_is_an_error(tmp_path: Path) -> None:
    path = write_script(tmp_path, [{"edit": "restore", "round": 1}])
    with pytest.raises(ScriptError, match=r"script\.yml:\d+: the step on Bazar de Brume changes nothing"):
        build_texts(read_script(path))


def test_the_written_history_is_the_same_bytes_each_time_and_reads_back(
    tmp_path: Path, recorded: list[Recorded]
) -> None:
    trees = []
    for name in ("one", "two"):
        assert write_history(tmp_path / name, build_texts(read_script(DEMO / "script.yml"))) == len(recorded)
        files = sorted((tmp_path / name).rglob("*.md"))
        trees.append({str(file.relative_to(tmp_path / name)): file.read_bytes() for file in files})
    assert trees[0] == trees[1]
    assert "Bazar de Brume/Marketplace Sellers Conditions/2025-02-03T06-00-00Z.md" in trees[0]
    count, versions = read_folder(tmp_path / "one")
    read = {(version.service, version.observed_at): version.body.decode() for version in versions}
    assert count == len(recorded)
    assert read == {(version.service, version.observed_at): version.text for version in recorded}


def test_a_version_is_never_overwritten(tmp_path: Path, recorded: list[Recorded]) -> None:
    write_history(tmp_path, recorded[:1])
    with pytest.raises(FileExistsError):
        write_history(tmp_path, recorded[:1])


def test_the_demo_has_eleven_marketplaces_and_nine_signatories() -> None:
    platforms = load_platforms(DEMO / "platforms")
    script = read_script(DEMO / "script.yml")
    assert len(platforms) == len(script.marketplaces) == MARKETPLACES
    assert len(signatories_on(platforms, date(2025, 2, 3))) == SIGNATORIES
    assert {platform.id: platform.ota_names for platform in platforms} == {
        entry.id: (entry.service,) for entry in script.marketplaces
    }
    assert {entry.id for entry in script.marketplaces} == {
        path.name for path in (DEMO / "marketplaces").iterdir()
    }
    hosts = {host for platform in platforms for host in platform.allowed_hosts}
    assert all(host.endswith(".example") for host in hosts)


def test_the_demo_shows_every_kind_of_edit_and_announces_something_on_every_commitment(
    recorded: list[Recorded],
) -> None:
    kinds = {kind for version in recorded for kind in version.edits}
    assert kinds == {
        "replace", "insert_after", "delete", "move_section", "view_counter", "date_stamp", "rotating_host",
        "zero_width", "replacement_characters", "lose_accents", "translate_line", "render_twice", "restore",
    }  # fmt: skip
    announced = {commitment for version in recorded for commitment in version.expect.commitments}
    assert announced == {commitment.id for commitment in load_commitments()}


def test_one_round_of_the_demo_is_noise_only(recorded: list[Recorded]) -> None:
    rounds = {version.round_number for version in recorded}
    quiet = {
        number
        for number in rounds
        if {version.expect.verdict for version in recorded if version.round_number == number} == {"cosmetic"}
    }
    assert quiet == {2}
