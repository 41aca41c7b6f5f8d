"""Real pages that are unstable by themselves: what separates their recorded texts."""

from __future__ import annotations

import subprocess
import time
from itertools import pairwise

import pytest

from transforms.compare_versions import compare_versions
from transforms.judge_nature import judge_nature
from transforms.split_clauses import split_clauses


@pytest.fixture(scope="module")
def recorded_pairs(recorded_repository):
    """Distinct consecutive texts of three documents that real pages made unstable."""
    paths = (
        "Boulanger/Marketplace Sellers Conditions.md",
        "Amazon/Complaints Policy.md",
        "TikTok Shop/Marketplace Sellers Conditions.md",
    )
    found = {}
    for path in paths:
        log = [
            "git",
            "-C",
            str(recorded_repository),
            "log",
            "--reverse",
            "--format=",
            "--raw",
            "--no-abbrev",
            "--",
            path,
        ]
        lines = subprocess.run(log, check=True, capture_output=True, text=True).stdout.splitlines()
        blobs = [line.split()[3] for line in lines if line.startswith(":")]
        pairs = sorted({(one, two) for one, two in pairwise(blobs) if one != two})
        found[path] = [tuple(read_blob(recorded_repository, blob) for blob in pair) for pair in pairs[:24]]
    return found


def read_blob(repository, blob):
    shown = subprocess.run(
        ["git", "-C", str(repository), "cat-file", "blob", blob], check=True, capture_output=True
    )
    return shown.stdout.decode("utf-8")


def judge_pair(before_text, after_text):
    before, after = split_clauses(before_text), split_clauses(after_text)
    hashes = [frozenset(clause.text_hash for clause in side) for side in (before, after)]
    changes = compare_versions(before, after).changes
    return [(c, judge_nature(c, before_hashes=hashes[0], after_hashes=hashes[1])) for c in changes]


def test_a_real_page_that_alternates_between_one_and_two_copies_is_all_noise(recorded_pairs):
    pairs = recorded_pairs["Boulanger/Marketplace Sellers Conditions.md"]
    assert pairs
    for before, after in pairs:
        assert {judged.nature for _, judged in judge_pair(before, after)} <= {"noise"}


def test_a_real_line_that_flips_its_language_hides_no_change(recorded_pairs):
    """The one real change of this history is the contracting entity inside the clause on eligible disputes."""
    substantive = [
        change.after_text
        for before, after in recorded_pairs["Amazon/Complaints Policy.md"]
        for change, judged in judge_pair(before, after)
        if judged.nature != "noise"
    ]
    assert len(substantive) == 1
    assert "Amazon EU" in substantive[0]


def test_no_real_pair_takes_two_seconds(recorded_pairs):
    for pairs in recorded_pairs.values():
        for before, after in pairs:
            start = time.perf_counter()
            judge_pair(before, after)
            assert time.perf_counter() - start < 2
