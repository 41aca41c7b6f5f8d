"""Data Docs: what they show, what they never show, and how results on disk come and go."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from expectations.build_docs import build_docs
from expectations.find_suite import SUITES
from expectations.outcome import ValidationOutcome
from expectations.validate import validate_table
from tests.expectations.staged_samples import KEYS, PARAMETERS, good_frame


def validate(table: str, frame: pd.DataFrame, docs: Path, run_id: str = "run-1") -> ValidationOutcome:
    return validate_table(
        table, frame, key_column=KEYS[table], run_id=run_id, docs_dir=docs, parameters=PARAMETERS
    )


def stored(docs: Path) -> list[Path]:
    return sorted((docs / "store" / "validations").rglob("*.json"))


def pages(docs: Path) -> list[Path]:
    return sorted((docs / "site" / "validations").rglob("*.html"))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return tmp_path / "docs"


@pytest.fixture
def broken_verdicts() -> pd.DataFrame:
    frame = good_frame("verdict")
    frame.loc[3, "reason"] = " "
    return frame


def test_the_site_has_an_index_a_page_per_suite_and_a_page_per_result(
    docs: Path, broken_verdicts: pd.DataFrame
) -> None:
    good = validate("verdict", good_frame("verdict"), docs, "run-1")
    bad = validate("verdict", broken_verdicts, docs, "run-2")
    index = build_docs(docs)
    assert index == docs / "site" / "index.html"
    text = index.read_text(encoding="utf-8")
    for table in SUITES:
        assert f'href="expectations/{table}.html"' in text
        assert table in (docs / "site" / "expectations" / f"{table}.html").read_text(encoding="utf-8")
    assert text.index("run-2") < text.index("run-1")
    assert text.count("✗ lignes refusées") == 1
    assert text.count("✓ conforme") == 1
    for outcome in (good, bad):
        assert outcome.docs_path in pages(docs)
        assert str(outcome.docs_path.relative_to(index.parent)) in text


def test_the_page_of_a_result_names_rule_and_key_of_the_row_that_failed(
    docs: Path, broken_verdicts: pd.DataFrame
) -> None:
    outcome = validate("verdict", broken_verdicts, docs)
    build_docs(docs)
    assert outcome.docs_path is not None
    text = outcome.docs_path.read_text(encoding="utf-8")
    assert "verdict:reason-not-blank : refus si reason est vide" in text
    assert str(broken_verdicts.loc[3, "verdict_id"]) in text


def test_links_between_pages_lead_to_pages_that_exist(docs: Path, broken_verdicts: pd.DataFrame) -> None:
    validate("verdict", broken_verdicts, docs, "manual__2026-11-24T00:00:00+00:00")
    build_docs(docs)
    found = 0
    for page in (docs / "site").rglob("*.html"):
        for target in re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / target).resolve().is_file(), f"{page.name} -> {target}"
            found += 1
    assert found > len(SUITES)


def test_no_page_loads_or_links_anything_from_the_internet(docs: Path, broken_verdicts: pd.DataFrame) -> None:
    validate("verdict", broken_verdicts, docs)
    build_docs(docs)
    for page in (docs / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "//" not in re.sub(r"\s//\s", "", text).replace("<!DOCTYPE html>", ""), page
        assert "<script" not in text
    assert not (docs / "site" / "static").exists()


def test_a_value_that_looks_like_markup_is_shown_as_text(docs: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    observations = good_frame("observation")
    observations.loc[0, "outcome"] = hostile
    observations.loc[1, "text_hash"] = hostile
    documents = good_frame("document")
    documents.loc[[0, 4], "service"] = hostile
    results = [validate("observation", observations, docs), validate("document", documents, docs)]
    build_docs(docs)
    assert results[1].failed_rules == ("document:document-name-unique",)
    for outcome in results:
        assert outcome.docs_path is not None
        text = outcome.docs_path.read_text(encoding="utf-8")
        assert "onerror" in text
        assert "<img" not in text


def test_text_of_the_library_is_not_escaped_twice(docs: Path, broken_verdicts: pd.DataFrame) -> None:
    validate("verdict", broken_verdicts, docs)
    build_docs(docs)
    for page in (docs / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace("&lt;DATAFRAME&gt;", "")
        assert not re.search(r"&(amp|lt|gt);", text), page


def test_texts_and_clauses_stay_out_of_results_and_pages(docs: Path) -> None:
    secret = "phrase confidentielle du vendeur"
    bodies = good_frame("text_body")
    bodies.loc[2, "body"] = f"{secret}\0" * 40
    observations = good_frame("observation")
    observations.loc[2, "body_preview"] = f"{secret}\0" * 40
    changes = good_frame("change")
    changes.loc[0, ["kind", "clause_before", "clause_after"]] = ["removed", secret, secret]
    changes.loc[1, "edits"] = f'["{secret}'
    assert not validate("text_body", bodies, docs).success
    assert not validate("observation", observations, docs).success
    assert not validate("change", changes, docs).success
    build_docs(docs)
    for path in docs.rglob("*.*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_the_same_rows_again_in_the_same_run_replace_their_result(
    docs: Path, broken_verdicts: pd.DataFrame
) -> None:
    first = validate("verdict", broken_verdicts, docs)
    build_docs(docs)
    again = validate("verdict", good_frame("verdict"), docs)
    build_docs(docs)
    assert again.docs_path == first.docs_path
    assert len(stored(docs)) == len(pages(docs)) == 1
    text = pages(docs)[0].read_text(encoding="utf-8")
    assert str(broken_verdicts.loc[3, "verdict_id"]) not in text


def test_other_rows_or_another_run_are_kept_beside(docs: Path) -> None:
    frame = good_frame("verdict")
    validate("verdict", frame, docs, "run-1")
    validate("verdict", frame.iloc[:3], docs, "run-1")
    validate("verdict", frame, docs, "run-2")
    build_docs(docs)
    assert len(stored(docs)) == len(pages(docs)) == 3


def test_only_the_newest_results_are_kept_and_no_empty_folder_stays(docs: Path) -> None:
    outcomes = [validate("match", good_frame("match"), docs, f"run-{number}") for number in range(4)]
    build_docs(docs)
    assert len(pages(docs)) == 4
    index = build_docs(docs, keep=2)
    assert pages(docs) == sorted(outcome.docs_path for outcome in outcomes[2:] if outcome.docs_path)
    assert len(stored(docs)) == 2
    text = index.read_text(encoding="utf-8")
    assert "run-1<" not in text
    assert "run-3<" in text
    for part in ("store", "site"):
        folders = [path for path in (docs / part).rglob("*") if path.is_dir()]
        assert all(any(folder.iterdir()) for folder in folders)


def test_pages_that_are_up_to_date_are_not_written_again(docs: Path) -> None:
    validate("match", good_frame("match"), docs, "run-1")
    build_docs(docs)
    before = pages(docs)[0].stat().st_mtime_ns
    validate("match", good_frame("match"), docs, "run-2")
    build_docs(docs)
    times = {path.parts[-3]: path.stat().st_mtime_ns for path in pages(docs)}
    assert times["run-1"] == before
    assert times["run-2"] > before


@pytest.mark.parametrize(
    "run_id", ["profiling-1", "../../escape", "a/b", "manual__2026-11-24T00:00:00+00:00", ""]
)
def test_a_run_of_any_name_is_in_the_index_and_inside_the_folder(run_id: str, docs: Path) -> None:
    outcome = validate("match", good_frame("match"), docs, run_id)
    index = build_docs(docs)
    assert outcome.docs_path is not None
    assert outcome.docs_path.resolve().is_relative_to(docs.resolve() / "site" / "validations" / "match")
    assert str(outcome.docs_path.relative_to(index.parent)) in index.read_text(encoding="utf-8")
    assert outcome.run_id == run_id


def test_docs_of_two_folders_do_not_mix(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    validate("match", good_frame("match"), one, "first")
    validate("alert", good_frame("alert"), other, "second")
    validate("version", good_frame("version"), one, "third")
    assert {path.parts[-4] for path in stored(one)} == {"match", "version"}
    assert {path.parts[-4] for path in stored(other)} == {"alert"}
    assert "second" not in build_docs(one).read_text(encoding="utf-8")


def test_docs_can_be_built_before_anything_was_validated(docs: Path) -> None:
    assert "Aucun contrôle" in build_docs(docs).read_text(encoding="utf-8")
