"""The lexicon is strict: a mistake names its file and key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transforms.compile_cues import Wording, compile_patterns, expand_groups
from transforms.find_cues import bind_pattern, find_pattern
from transforms.load_lexicon import (
    CommitmentFile,
    LexiconError,
    load_calibration,
    load_commitment_files,
    load_lexicon,
    read_yaml_model,
)
from transforms.read_terms import STEMMERS, TermReader, fold_word

GOOD = "commitment: x\ncues:\n  - {id: a, weight: 1.0, en: [fee]}\n"


def find_in(pattern: str, text: str, language: str = "en") -> str:
    """The words of a text that a pattern covers, "" when it does not match."""
    skipped = frozenset({"the", "of"})
    plain = TermReader(language, skipped, {})
    for compiled in compile_patterns(
        pattern, Wording({"party": frozenset({"s:seller"})}, plain.name_stem, skipped)
    ):
        reader = TermReader(language, skipped, {})
        bound = bind_pattern(compiled, 0, reader)
        reading = reader.read_text(text)
        places = find_pattern(bound, reading)
        if places:
            start, end = reading.locate(text, *places)
            return text[start:end]
    return ""


def test_every_commitment_has_a_file_with_french_and_english_cues() -> None:
    loaded = load_commitment_files()
    assert len(loaded) == 14
    for rules in loaded:
        for language in ("fr", "en"):
            assert any(getattr(cue, language) for cue in rules.cues if cue.where == "body"), (
                rules.commitment,
                language,
            )


def test_every_commitment_is_one_of_the_charter(corpus: Path) -> None:
    facts = json.loads((corpus / "facts" / "charter.json").read_text(encoding="utf-8"))
    assert {rules.commitment for rules in load_commitment_files()} == {
        item["id"] for item in facts["commitments"]
    }


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_the_lexicon_compiles_in_every_language(language: str) -> None:
    assert load_lexicon(language).indexes["body"].patterns


def test_calibration_grows_with_the_score_and_says_where_it_is_from() -> None:
    assert load_calibration().slope > 0
    assert len(load_calibration().source) > 20


def test_an_unknown_key_is_an_error_that_names_file_and_key() -> None:
    with pytest.raises(LexiconError, match=r"fees\.yml: cues\.0\.wieght"):
        read_yaml_model("fees.yml", CommitmentFile, GOOD.replace("weight", "wieght"))


def test_a_wrong_type_is_an_error_that_names_file_and_key() -> None:
    with pytest.raises(LexiconError, match=r"fees\.yml: cues\.0\.weight"):
        read_yaml_model("fees.yml", CommitmentFile, GOOD.replace("1.0", "heavy"))


def test_text_that_is_not_yaml_is_an_error_that_names_the_file() -> None:
    with pytest.raises(LexiconError, match=r"fees\.yml: not YAML"):
        read_yaml_model("fees.yml", CommitmentFile, "cues: [")


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [("(a b", "unbalanced"), ("<nobody>", "unknown word class"), ("x1y", "cannot read"), ("..", "empty")],
)
def test_a_pattern_that_cannot_be_read_is_an_error(pattern: str, wrong: str) -> None:
    wording = Wording({}, lambda word: "s:" + word, frozenset())
    with pytest.raises(ValueError, match=wrong):
        compile_patterns(pattern, wording)


def test_groups_of_several_words_are_written_out() -> None:
    assert expand_groups("x (a|b c|d) y") == ["x b c y", "x (a|d) y"]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("change terms", "We changed the terms.", "changed the terms"),
        ("change terms", "We change, as often as we please and without a word, terms.", ""),
        (
            "change .. terms",
            "We change as often as we please the terms.",
            "change as often as we please the terms",
        ),
        ("change .. terms", "We change. Terms stay.", ""),
        ("commi*", "A commission.", "commission"),
        ("=fee", "Two fees.", ""),
        ("# day", "Within 14 days.", "14 days"),
        ("<party> pay", "The seller pays.", "seller pays"),
        ("fee & notice", "Notice first. Then a fee.", "fee"),
        ("^ fee", "One two three four five fee.", ""),
        ("(late|overdue fee)", "An overdue fee.", "overdue fee"),
    ],
)
def test_patterns_mean_what_their_language_says(pattern: str, text: str, found: str) -> None:
    assert find_in(pattern, text) == found


def test_irregular_pairs_are_one_stem() -> None:
    reader = load_lexicon("fr").reader
    assert reader.name_stem("suspension") == reader.name_stem("suspendu") == reader.name_stem("suspendre")


def test_words_are_folded_to_plain_lower_case() -> None:
    assert fold_word("Œuvre") == "oeuvre"
    assert fold_word("Résilia(on") == "resiliation"
