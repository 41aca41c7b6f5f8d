"""Recorded histories of every kind, and what is wrong with broken ones."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.read_history import collection_of, read_history
from crawlers.recorded import HistoryError, Recorded

MEMBER = "Bazar d'Essai/Marketplace Sellers Conditions/2025-01-06T06-00-00Z.md"


def git(folder: Path, *args: str, day: int = 6, author: str = "Archive Bot") -> str:
    """Run git with a fixed identity and date."""
    when = f"2025-01-{day:02d}T06:00:00Z"
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_EMAIL": "author@bazar.example",
        "GIT_COMMITTER_NAME": author,
        "GIT_COMMITTER_EMAIL": "author@bazar.example",
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", "-C", str(folder), *args], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A small versions repository: two records, a re-extraction, a note by a person."""
    folder = tmp_path / "demo-versions"
    (folder / "Bazar d'Essai").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    terms = folder / "Bazar d'Essai" / "Seller Terms.md"

    def commit(text: str, subject: str, day: int, author: str = "Archive Bot") -> None:
        terms.write_text(text, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", subject, day=day, author=author)

    commit("un", "Start tracking Bazar d'Essai Seller Terms", 6)
    commit("deux", "Record new changes of Bazar d'Essai Seller Terms", 7)
    commit("trois", "Refilter Bazar d'Essai Seller Terms", 8)
    commit("quatre", "Fix a typo by hand", 9, author="Someone")
    (folder / "README.md").write_text("About", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Add readme", day=10)
    return folder


def read(source: Path | str, cache: Path) -> list[Recorded]:
    """All recorded versions of a source."""
    return list(read_history(str(source), cache)[1])


def test_commits_become_dated_versions_and_other_files_are_left_out(versions: Path, tmp_path: Path) -> None:
    records = read(versions, tmp_path / "cache")
    assert [r.body for r in records] == [b"un", b"deux", b"trois", b"quatre"]
    assert records[0].observed_at == datetime(2025, 1, 6, 6, tzinfo=UTC)
    assert {(r.service, r.terms_type) for r in records} == {("Bazar d'Essai", "Seller Terms")}


def test_re_extractions_and_commits_by_people_are_technical(versions: Path, tmp_path: Path) -> None:
    reasons = [r.technical_reason for r in read(versions, tmp_path / "cache")]
    assert reasons[:2] == ["", ""]
    assert reasons[2].startswith("re-extraction")
    assert reasons[3] == "commit by a person (Someone): Fix a typo by hand"


@pytest.mark.parametrize("make", [["HEAD", "main"], ["main"]], ids=["with HEAD", "without HEAD"])
def test_a_bundle_and_a_file_url_read_like_the_repository(
    make: list[str], versions: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "demo.bundle"
    git(versions, "bundle", "create", "-q", str(bundle), *make)
    expected = read(versions, tmp_path / "cache")
    assert read(bundle, tmp_path / "cache") == expected
    assert read(f"file://{versions}", tmp_path / "cache") == expected


def test_a_renamed_document_goes_on_under_its_new_name(versions: Path, tmp_path: Path) -> None:
    git(versions, "mv", "Bazar d'Essai/Seller Terms.md", "Bazar d'Essai/Fees.md")
    git(versions, "commit", "-q", "-m", "Rename terms", day=11, author="Someone")
    newest = read(versions, tmp_path / "cache")[-1]
    assert (newest.terms_type, newest.technical_reason != "") == ("Fees", True)


def write_zip(path: Path, names: list[str], prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(prefix + name, f"text of {name}")
    return path


@pytest.mark.parametrize("prefix", ["", "dataset-2025/"])
def test_a_dataset_zip_reads_by_date_with_or_without_its_leading_folder(prefix: str, tmp_path: Path) -> None:
    later = MEMBER.replace("01-06", "01-07")
    archive = write_zip(tmp_path / "d.zip", [later, MEMBER, "README.md"], prefix)
    records = read(archive, tmp_path)
    assert [r.source_id for r in records] == [MEMBER, later]


def test_a_dataset_folder_reads_like_its_zip(tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    (folder / MEMBER).parent.mkdir(parents=True)
    (folder / MEMBER).write_text(f"text of {MEMBER}", encoding="utf-8")
    assert read(folder, tmp_path) == read(write_zip(tmp_path / "d.zip", [MEMBER]), tmp_path)


def test_a_damaged_member_is_kept_with_its_damage(tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "d.zip", [MEMBER, MEMBER.replace("01-06", "01-07")])
    data = bytearray(archive.read_bytes())
    at = data.index(b"text of")
    data[at : at + 4] = b"TEXT"
    archive.write_bytes(bytes(data))
    first, second = read(archive, tmp_path)
    assert "cannot be unpacked" in first.damage
    assert second.damage == ""


def broken_zip(tmp_path: Path) -> Path:
    path = write_zip(tmp_path / "broken.zip", [MEMBER])
    path.write_bytes(path.read_bytes()[:40])
    return path


def empty_repository(tmp_path: Path) -> Path:
    folder = tmp_path / "empty-versions"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def empty_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "nothing"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (broken_zip, "not a readable zip archive"),
        (empty_repository, "the history is empty"),
        (empty_folder, "neither a git repository nor a dataset folder"),
        (lambda folder: folder / "missing.bundle", "no such file, folder or git URL"),
        (lambda folder: write_zip(folder / "other.zip", ["README.md"]), "no recorded version"),
        (lambda folder: write_zip(folder / "bad.zip", [MEMBER.replace("01-06", "13-45")]), "not a date"),
    ],
)
def test_a_source_that_cannot_be_read_is_named_in_a_clear_error(
    make: Callable[[Path], Path], message: str, tmp_path: Path
) -> None:
    source = make(tmp_path)
    with pytest.raises(HistoryError, match=message) as caught:
        read(source, tmp_path / "cache")
    assert str(source) in str(caught.value)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("x/p2b-dev.bundle", "p2b-dev"),
        ("https://host.example/org/france-versions.git", "france"),
        ("folder/demo-versions/", "demo"),
        ("set.zip", "set"),
    ],
)
def test_the_collection_is_named_after_its_source(source: str, name: str) -> None:
    assert collection_of(source) == name
