"""Fidelity on real pages: our words against the version that Open Terms Archive drew from the same page."""

from __future__ import annotations

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from charter.ota import load_ota_declaration
from transforms.extract_text import extract_text
from transforms.extraction_rules import rules_from_declaration

# The first captures of one service were drawn under other selectors than its declaration holds now.
REDECLARED_BEFORE = "2023-05-01"
EVERY = 5
WORDS_KEPT = 0.995
PAIRS_KEPT = 0.95


@dataclass(frozen=True)
class Pair:
    """One raw page and the version drawn from it."""

    service: str
    terms_type: str
    page: bytes
    reference: str


@pytest.fixture(scope="module")
def pairs(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    folder = corpus / "pages"
    if not (folder / "pairs.csv").is_file():
        pytest.skip(f"no recorded pages at {folder}")
    place = tmp_path_factory.mktemp("pages")
    for name in ("snapshots", "versions"):
        command = ["git", "clone", "--quiet", "--mirror", str(folder / f"{name}.bundle"), str(place / name)]
        subprocess.run(command, check=True, capture_output=True)
    with (folder / "pairs.csv").open(encoding="utf-8") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if not row["subject"].startswith("Apply technical") and row["date"] >= REDECLARED_BEFORE
        ]
    return list(_read_pairs(rows[::EVERY], place))


def _read_pairs(rows: list[dict[str, str]], place: Path) -> Iterator[Pair]:
    for row in rows:
        service, terms_type = row["version_path"].removesuffix(".md").split("/")
        page = _show(place / "snapshots", row["snapshot_commit"], row["snapshot_path"])
        reference = _show(place / "versions", row["version_commit"], row["version_path"])
        yield Pair(service, terms_type, page, reference.decode("utf-8"))


def _show(repository: Path, commit: str, path: str) -> bytes:
    command = ["git", "-C", str(repository), "show", f"{commit}:{path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def words(markdown: str) -> Counter[str]:
    """Words without emphasis, line breaks, escapes and table rules."""
    text = re.sub(r"<br\s*/?>", " ", markdown)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = re.sub(r"^[\s|:=-]*-{2,}[\s|:=-]*|^=+$", " ", text, flags=re.MULTILINE)
    return Counter(re.sub(r"[*_`#|~]+", " ", text).split())


def test_nearly_every_word_of_the_reference_versions_is_extracted(pairs: list[Pair], corpus: Path) -> None:
    recalls = []
    for pair in pairs:
        declared = load_ota_declaration(corpus / "pages" / f"{pair.service}.json").declaration_at(
            pair.terms_type
        )
        ours = words(extract_text([pair.page], rules_from_declaration(declared)).markdown)
        reference = words(pair.reference)
        recalls.append(sum((ours & reference).values()) / sum(reference.values()))
    assert len(recalls) == len(pairs) > 0
    good = sum(recall >= WORDS_KEPT for recall in recalls)
    assert good / len(recalls) >= PAIRS_KEPT, sorted(recalls)[:5]
