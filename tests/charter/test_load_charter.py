"""Platform and commitment files: what loads, and what each fault says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from charter.load import load_commitments, load_platform, load_platforms
from charter.models import CharterError

Writer = Callable[..., Path]


def test_a_platform_file_loads_as_it_is_written(platform_text: str, write_platform: Writer) -> None:
    (platform,) = load_platforms(write_platform(platform_text))
    terms, fees = platform.documents
    assert (platform.id, platform.name, platform.ota_names) == ("halle-test", "Halle Test", ("Halle Test",))
    assert platform.charter_status[1].valid_from == date(2020, 12, 7)
    assert terms.declaration is not None
    assert terms.declaration.select == ("#conditions",)
    assert (fees.terms_type, fees.kind, fees.state) == (None, "fees", "to_verify")


def test_a_platform_allows_its_own_hosts_only(platform_text: str, write_platform: Writer) -> None:
    (platform,) = load_platforms(write_platform(platform_text))
    assert platform.allows("https://halle.example/other?page=1")
    assert not platform.allows("https://halle.example.evil.example/vendeurs")
    assert not platform.allows("https://www.halle.example/vendeurs")


def test_every_fault_of_every_file_is_told_at_once(platform_text: str, write_platform: Writer) -> None:
    write_platform(
        platform_text.replace("locale: fr-FR", "locale: french").replace("format: html", "format: odt")
    )
    folder = write_platform("id: other\n", "other.yml")
    with pytest.raises(CharterError) as caught:
        load_platforms(folder)
    told = str(caught.value)
    for place in (
        "halle-test.yml: locale",
        "halle-test.yml: documents.0.format",
        "other.yml: name: is missing",
    ):
        assert place in told


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name: [unclosed\n", "line 2"),
        (b"a: b: c\n", "line 1"),
        (b"- one\n- two\n", "a mapping of keys to values is expected"),
        (b"", "a mapping of keys to values is expected"),
        (b"just words\n", "a mapping of keys to values is expected"),
        (b"a: 1\n---\nb: 2\n", "not YAML"),
        (b"\xff\xfen\x00a\x00", r"not UTF-8 text \(byte 0 is 0xff\)"),
        ("name: Élan\n".encode("latin-1"), "not UTF-8 text"),
        (b"name: !!python/object/apply:os.getcwd []\n", "not YAML"),
    ],
)
def test_what_is_no_yaml_mapping_in_utf8_is_refused(
    data: bytes, message: str, write_platform: Writer
) -> None:
    with pytest.raises(CharterError, match=r"^halle-test\.yml: .*" + message):
        load_platforms(write_platform(data))


def test_a_name_in_the_archive_belongs_to_one_platform(platform_text: str, write_platform: Writer) -> None:
    write_platform(platform_text)
    other = platform_text.replace("id: halle-test\n", "id: autre\n")
    folder = write_platform(other, "autre.yml")
    with pytest.raises(CharterError) as caught:
        load_platforms(folder)
    told = str(caught.value)
    assert "autre.yml, halle-test.yml: ota_names: Halle Test is claimed 2 times" in told
    assert "autre.yml, halle-test.yml: documents.id: halle-test/fees is claimed 2 times" in told


def test_a_page_that_is_never_fetched_may_lie_on_any_host(platform_text: str, write_platform: Writer) -> None:
    text = platform_text.replace("https://halle.example/tarifs", "https://login.example/").replace(
        "to_verify", "behind_login"
    )
    (platform,) = load_platforms(write_platform(text))
    assert platform.documents[1].state == "behind_login"


def test_the_other_spelling_of_the_file_ending_is_an_error(
    platform_text: str, write_platform: Writer
) -> None:
    write_platform(platform_text)
    folder = write_platform(platform_text, "second.yaml")
    with pytest.raises(CharterError, match=r"second\.yaml: platform files end in \.yml"):
        load_platforms(folder)


def test_a_folder_without_platform_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CharterError, match="no platform file"):
        load_platforms(tmp_path)
    with pytest.raises(CharterError, match="no such folder"):
        load_platforms(tmp_path / "absent")


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CharterError, match=r"absent\.yml: cannot be read"):
        load_platform(tmp_path / "absent.yml")


COMMITMENT_FAULTS = [
    ("evidence: inferred", "evidence: guessed", "commitments.0.evidence: Input should be"),
    ("axis: 1", "axis: 4", "commitments.0.axis: Input should be less"),
    ("text: P2B", "text: CHARTER", "commitments.0.references.0.text: Input should be 'P2B'"),
    ('        article: "3(2)"\n', "", "commitments.0.references.0.article: is missing"),
    ("value: 15", "value: fifteen", "commitments.0.references.0.threshold.value: Input"),
    (", en: Notice", "", "commitments.0.title.en: is missing"),
    ("    boundary: Not what is changed.\n", "", "commitments.0.boundary: is missing"),
]


@pytest.mark.parametrize(("before", "after", "message"), COMMITMENT_FAULTS)
def test_a_fault_of_a_commitment_names_its_key(
    before: str, after: str, message: str, commitments_text: str, tmp_path: Path
) -> None:
    assert before in commitments_text
    file = tmp_path / "points.yml"
    file.write_text(commitments_text.replace(before, after), encoding="utf-8")
    with pytest.raises(CharterError, match=r"points\.yml: " + re.escape(message)):
        load_commitments(file)


def test_a_commitment_without_references_is_refused(commitments_text: str, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    file.write_text(commitments_text.partition("    references:")[0], encoding="utf-8")
    with pytest.raises(CharterError, match=r"points\.yml: commitments\.0\.references: is missing"):
        load_commitments(file)


def test_a_commitment_given_twice_is_refused(commitments_text: str, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    entry = commitments_text.removeprefix("commitments:\n")
    file.write_text(commitments_text + entry, encoding="utf-8")
    with pytest.raises(CharterError, match=r"commitments\.1\.id: terms-change-notice is given twice"):
        load_commitments(file)
