"""Speed, memory and fidelity of extraction on real pages, beside public alternatives timed in the same run.

    python -m benchmarks.extract [--pages 120] [--runs 3]   pages a second, peak memory, fidelity; engines alternate
    python -m benchmarks.extract --pairs                    every pair of page and reference version, with exceptions
    python -m benchmarks.extract --versions                 versions we would record over all captures (minutes)

Seconds are those of the processor: none of the engines waits for anything, and other work on the machine counts less.
The pages are those of the shared corpus (VIGIE_CORPUS), spread evenly over its captures. Fidelity is the share of the
headings, list items and table rows of the selected HTML that stand in the Markdown as such, word for word.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.check_pages import add_kept, check_pairs, count_versions, select_structure, share
from benchmarks.extract_engines import ENGINES, missing_libraries
from tests.transforms.read_structure import KINDS, Structure, count_kept, read_markdown
from tests.transforms.recorded_pages import RecordedPages

CAPTURES = 7_855
FASTER, HALF_A_POINT = 5.0, 0.5
OURS, BASIS = "Vigie", "lxml + markdownify"


def choose_pages(recorded: RecordedPages, folder: Path, wanted: int) -> list[Structure]:
    """Write pages with their rules into a folder; their structure as selected."""
    pages, structures = [], []
    for number, capture in enumerate(recorded.read_snapshots(every=max(1, CAPTURES // wanted))):
        rules = recorded.rules(capture.service, capture.terms_type)[0]
        file = f"{number:05d}.html"
        (folder / file).write_bytes(capture.page)
        pages.append({"file": file, "select": rules.select, "remove": rules.remove, "url": rules.base_url})
        structures.append(select_structure(capture.page, rules))
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    return structures


def run_engine(name: str, folder: Path) -> dict[str, Any]:
    """One engine over all pages in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.extract_engines", name, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure_fidelity(texts: Sequence[str], structures: Sequence[Structure]) -> Counter[str]:
    """What of the structure an engine kept, and what there was."""
    total: Counter[str] = Counter()
    for text, structure in zip(texts, structures, strict=True):
        add_kept(total, count_kept(read_markdown(text), structure))
    return total


def compare_engines(recorded: RecordedPages, wanted: int, runs: int) -> bool:
    """Time the engines in turn and print the table; whether ours is as fast and as faithful as it has to be."""
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in ENGINES}
    with tempfile.TemporaryDirectory() as place:
        structures = choose_pages(recorded, Path(place), wanted)
        for _ in range(runs):
            for name in ENGINES:
                results[name].append(run_engine(name, Path(place)))
        kept = {
            name: measure_fidelity(json.loads(Path(found[-1]["texts"]).read_text("utf-8")), structures)
            for name, found in results.items()
        }
    rates = {name: [run["pages"] / run["seconds"] for run in found] for name, found in results.items()}
    memory = {name: statistics.median(run["memory"] for run in found) for name, found in results.items()}
    # Of the runs of one round, which met the machine in the same state.
    ratios = {
        name: statistics.median(mine / basis for mine, basis in zip(found, rates[BASIS], strict=True))
        for name, found in rates.items()
    }
    print(f"{len(structures)} pages, median of {runs} runs, engines alternating")
    print(
        f"{'':20} {'pages/s':>8} {'ratio':>7} {'peak MB':>8}"
        + "".join(f"{kind + 's %':>12}" for kind in KINDS)
    )
    for name in ENGINES:
        figures = "".join(f"{share(kept[name], kind):12.2f}" for kind in KINDS)
        print(
            f"{name:20} {statistics.median(rates[name]):8.1f} {ratios[name]:6.1f}x {memory[name]:8.0f}{figures}"
        )
    is_fast = ratios[OURS] >= FASTER
    is_faithful = all(share(kept[OURS], kind) >= share(kept[BASIS], kind) - HALF_A_POINT for kind in KINDS)
    print(f"at least {FASTER:.0f} times {BASIS}: {is_fast}; within half a point of it: {is_faithful}")
    return is_fast and is_faithful


def main() -> int:
    """0 when the targets are met, 1 when not, 2 where corpus or engines are absent."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--versions", action="store_true")
    wanted = parser.parse_args()
    corpus = Path(os.environ.get("VIGIE_CORPUS", "../shared"))
    if not (corpus / "pages" / "pairs.csv").is_file():
        print(f"skipped: no recorded pages at {corpus}/pages (set VIGIE_CORPUS)")
        return 2
    with tempfile.TemporaryDirectory() as cache:
        recorded = RecordedPages(corpus, Path(cache))
        if wanted.versions:
            count_versions(recorded)
            return 0
        if wanted.pairs:
            return 0 if check_pairs(recorded) else 1
        if missing := missing_libraries():
            print(f"skipped: {', '.join(missing)} not installed (they are in the dev dependencies)")
            return 2
        return 0 if compare_engines(recorded, wanted.pages, wanted.runs) else 1


if __name__ == "__main__":
    sys.exit(main())
