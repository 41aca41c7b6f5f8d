"""Fidelity of extraction on the recorded pages, and the versions we would record over all of them.

Words are compared with the versions that Open Terms Archive drew from the same pages, structure (headings, list items,
table rows) with the selected HTML.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from tests.transforms.read_structure import (
    KINDS,
    Structure,
    count_kept,
    read_html,
    read_markdown,
    recall,
    words,
)
from tests.transforms.recorded_pages import RecordedPages
from transforms.decode_page import decode_page
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, ExtractionRules
from transforms.fold_observations import fold_observations
from transforms.model import DocumentContext, Seen
from transforms.normalise_text import text_hash
from transforms.select_html import remove_content, select_content

WORDS_KEPT = 0.995
PAIRS_KEPT = 0.95


def select_structure(page: bytes, rules: ExtractionRules) -> Structure:
    """Headings, list items and table rows of what the rules select."""
    tree = LexborHTMLParser(decode_page(page)[0])
    remove_content(tree, rules.remove)
    return read_html(select_content(tree, rules.select)[0])


def add_kept(total: Counter[str], kept: dict[str, tuple[int, int]]) -> None:
    """Add what was found and what was wanted, by kind."""
    for kind, (found, wanted) in kept.items():
        total[kind] += found
        total[f"{kind} wanted"] += wanted


def share(total: Counter[str], kind: str) -> float:
    """Share of a kind that was kept, in percent."""
    return 100 * total[kind] / max(1, total[f"{kind} wanted"])


def check_pairs(recorded: RecordedPages) -> bool:
    """Print the pairs that lose words or structure, then the totals; whether enough pairs keep enough words."""
    total: Counter[str] = Counter()
    recalls = []
    for pair in recorded.read_pairs():
        rules = recorded.rules(pair.service, pair.terms_type)
        text = extract_text([pair.page], rules).markdown
        recalls.append(recall(words(text), words(pair.reference)))
        wanted, found = select_structure(pair.page, rules[0]), read_markdown(text)
        kept = count_kept(found, wanted)
        add_kept(total, kept)
        lost = {kind: f"{number} of {of} kept" for kind, (number, of) in kept.items() if number < of}
        if recalls[-1] < WORDS_KEPT or lost:
            print(
                f"{pair.service} / {pair.terms_type}, {pair.date}: words {100 * recalls[-1]:.2f} %, {lost or ''}"
            )
            for (kind, missed), _ in list((wanted - found).items())[:3]:
                print(f"    lost {kind}: {' '.join(missed)[:100]}")
    good = sum(value >= WORDS_KEPT for value in recalls)
    print(
        f"{good} of {len(recalls)} pairs keep {100 * WORDS_KEPT} % of the words; least {100 * min(recalls):.2f} %"
    )
    print(", ".join(f"{kind}s {share(total, kind):.2f} % of {total[f'{kind} wanted']}" for kind in KINDS))
    return good / len(recalls) >= PAIRS_KEPT


@dataclass
class Series:
    """One document over time: texts by hash, what was seen when, captures that gave no text."""

    texts: dict[str, str] = field(default_factory=dict)
    by_page: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[datetime, str]] = field(default_factory=list)
    without_text: Counter[str] = field(default_factory=Counter)


def count_versions(recorded: RecordedPages) -> None:
    """Extract every capture, fold each document, and print the versions beside the reference's."""
    series: defaultdict[tuple[str, str], Series] = defaultdict(Series)
    for capture in recorded.read_snapshots():
        name = (capture.service, capture.terms_type)
        one = series[name]
        if capture.key not in one.by_page:
            try:
                text = extract_text([capture.page], recorded.rules(*name)).markdown
            except ExtractionError as error:
                one.without_text[str(error)] += 1
                continue
            one.by_page[capture.key] = text_hash(text)
            one.texts[text_hash(text)] = text
        one.seen.append((capture.at, one.by_page[capture.key]))
    reference = recorded.count_reference_versions()
    columns = ("captures", "without text", "texts", "changes of text", "versions", "reference")
    print(f"{'':42}" + "".join(f"{column:>17}" for column in columns))
    totals = [0] * len(columns)
    for name, one in sorted(series.items()):
        changes = sum(left[1] != right[1] for left, right in zip(one.seen, one.seen[1:], strict=False))
        observations = [Seen(number, at, hashed) for number, (at, hashed) in enumerate(one.seen)]
        folded = fold_observations(observations, one.texts.__getitem__, DocumentContext(name[1], "en"))
        lost = sum(one.without_text.values())
        row = [len(one.seen) + lost, lost, len(one.texts), changes, len(folded.versions), reference[name]]
        totals = [sum(both) for both in zip(totals, row, strict=True)]
        print(f"{' / '.join(name):42}" + "".join(f"{value:17}" for value in row))
        for reason, number in one.without_text.items():
            print(f"    {number} captures: {reason}")
    print(f"{'all':42}" + "".join(f"{value:17}" for value in totals))
