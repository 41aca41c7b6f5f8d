"""Speed of comparison on real consecutive versions, as ratios to public alternatives timed in the same run.

What is timed for Vigie is everything done to a pair whose older version is stored: segmentation of the newer text,
alignment, nature, commitments, facts, direction. Beside it: `difflib` over lines, redlines (words and paragraphs), and
a plain paragraph alignment with rapidfuzz, the reference of the ratios. The pairs are drawn from the recorded history
of the shared corpus (VIGIE_CORPUS): consecutive distinct texts of one document, 50-300 KB.

    python -m benchmarks.compare [--pairs 100]
"""

from __future__ import annotations

import argparse
import difflib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process
from redlines import Redlines

from crawlers.read_history import read_history
from transforms.assess_changes import assess_changes
from transforms.compare_versions import compare_versions
from transforms.model import Clause, DocumentContext
from transforms.split_clauses import split_clauses

SMALLEST, LARGEST = 50_000, 300_000


def real_pairs(corpus: Path, wanted: int) -> list[tuple[str, str, str]]:
    """Document type and two consecutive distinct texts, spread evenly over the history."""
    bundle = corpus / "histories" / "p2b-dev.bundle"
    with tempfile.TemporaryDirectory() as cache:
        latest: dict[tuple[str, str], str] = {}
        seen: set[tuple[str, str]] = set()
        pairs = []
        for record in read_history(str(bundle), Path(cache))[1]:
            name = (record.service, record.terms_type)
            text = record.body.decode("utf-8", "replace")
            before = latest.get(name)
            latest[name] = text
            if before is None or before == text or (before, text) in seen:
                continue
            seen.add((before, text))
            if SMALLEST <= len(before) <= LARGEST and SMALLEST <= len(text) <= LARGEST:
                pairs.append((record.terms_type, before, text))
    step = max(1, len(pairs) // wanted)
    return pairs[::step][:wanted]


def align_lines(before: str, after: str) -> None:
    """difflib over lines."""
    list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm=""))


def align_words(before: str, after: str) -> None:
    """redlines: words and paragraphs through difflib."""
    list(Redlines(before, after).redlines)


def align_paragraphs(before: str, after: str) -> None:
    """Plain rapidfuzz: every paragraph that is not found again is matched to its nearest, then compared by words."""
    old, new = ([p for p in text.split("\n\n") if p.strip()] for text in (before, after))
    left, right = [p for p in old if p not in set(new)], [p for p in new if p not in set(old)]
    for paragraph in right:
        best = process.extractOne(paragraph, left, scorer=fuzz.ratio, score_cutoff=60)
        if best:
            difflib.SequenceMatcher(None, best[0].split(), paragraph.split(), autojunk=False).get_opcodes()


def judge(before: tuple[Clause, ...], after: str, terms_type: str) -> None:
    """All that Vigie does to the newer text."""
    clauses = split_clauses(after)
    comparison = compare_versions(before, clauses)
    assess_changes(comparison, before, clauses, DocumentContext(terms_type, "en"))


def timed(function: Callable[..., None], *arguments: object) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def main() -> int:
    """Print mean and 95th percentile per pair and the ratios; 0, or 2 where the corpus is absent."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pairs", type=int, default=100)
    wanted = parser.parse_args().pairs
    corpus = Path(os.environ.get("VIGIE_CORPUS", "../shared"))
    if not (corpus / "histories").is_dir():
        print(f"skipped: no shared corpus at {corpus} (set VIGIE_CORPUS)")
        return 2
    pairs = real_pairs(corpus, wanted)
    split_clauses(pairs[0][1])  # rule files are read once per process
    names = ("difflib, lines", "redlines", "rapidfuzz, paragraphs", "Vigie")
    times: dict[str, list[float]] = {name: [] for name in names}
    for terms_type, before, after in pairs:
        stored = split_clauses(before)
        times["difflib, lines"].append(timed(align_lines, before, after))
        times["redlines"].append(timed(align_words, before, after))
        times["rapidfuzz, paragraphs"].append(timed(align_paragraphs, before, after))
        times["Vigie"].append(timed(judge, stored, after, terms_type))
    reference = times["rapidfuzz, paragraphs"]
    print(f"{len(pairs)} real pairs, mean {statistics.mean(len(after) for *_, after in pairs) / 1000:.0f} KB")
    for name, values in times.items():
        mean_ratio, p95_ratio = (
            statistics.mean(values) / statistics.mean(reference),
            p95(values) / p95(reference),
        )
        ratios = f"x{mean_ratio:.2f} mean, x{p95_ratio:.2f} p95"
        print(
            f"{name:24} mean {statistics.mean(values) * 1000:7.1f} ms   p95 {p95(values) * 1000:7.1f} ms   {ratios}"
        )
    print(f"slowest pair for Vigie: {max(times['Vigie']):.2f} s")
    return 0


def p95(values: list[float]) -> float:
    """95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    sys.exit(main())
