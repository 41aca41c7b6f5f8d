"""Label rows of the code book's files and score predictions against them. Pure functions; the command line
reads the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transforms.match_commitments import match_commitments
from transforms.model import DocumentContext
from transforms.name_audience import name_audience

Row = Mapping[str, Any]
Counts = tuple[int, int, int]


def describe_row(row: Row) -> DocumentContext:
    """Context of a labelled row: `doc` is "<service>/<terms type>". Raises ValueError naming the row
    otherwise."""
    service, mark, terms_type = str(row.get("doc", "")).partition("/")
    if not mark:
        raise ValueError(f"row {row.get('id', '?')}: doc {row.get('doc')!r} is not '<service>/<terms type>'")
    return DocumentContext(terms_type, str(row.get("lang") or "unknown"), name_audience(terms_type), service)


def label_clause(row: Row) -> dict[str, object]:
    """Prediction for one row of a clauses file, in the format of the code book; `lead` may be an item's lead-in."""
    for key in ("id", "text"):
        if key not in row:
            raise ValueError(f"row {row.get('id', '?')}: key {key!r} is missing")
    matches = match_commitments(
        str(row["text"]), str(row.get("heading") or ""), describe_row(row), lead_in=str(row.get("lead") or "")
    )
    return {"id": row["id"], "commitments": [match.commitment_id for match in matches]}


def rate_counts(counts: Counts) -> dict[str, float | int]:
    """Precision, recall and F1 of (hits, false hits, misses); a figure without a denominator is 0."""
    hits, false_hits, misses = counts
    precision = hits / (hits + false_hits) if hits + false_hits else 0.0
    recall = hits / (hits + misses) if hits + misses else 0.0
    total = 2 * hits + false_hits + misses
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * hits / total, 4) if total else 0.0,
        "hits": hits,
        "false_hits": false_hits,
        "misses": misses,
    }


def count_flags(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    """(hits, false hits, misses) of (gold, predicted) flags."""
    listed = list(pairs)
    return (
        sum(gold and predicted for gold, predicted in listed),
        sum(predicted and not gold for gold, predicted in listed),
        sum(gold and not predicted for gold, predicted in listed),
    )


def match_rows(gold: Sequence[Row], predicted: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows paired by id. Raises ValueError naming ids that are missing, unknown or repeated."""
    answers = {row["id"]: row for row in predicted}
    wanted = [row["id"] for row in gold]
    if len(answers) != len(predicted) or len(set(wanted)) != len(wanted):
        raise ValueError("an id occurs twice")
    if missing := [name for name in wanted if name not in answers]:
        raise ValueError(f"no prediction for {missing[:5]}")
    if unknown := sorted(set(answers) - set(wanted)):
        raise ValueError(f"prediction for unknown {unknown[:5]}")
    return [(row, answers[row["id"]]) for row in gold]


def score_commitments(pairs: Sequence[tuple[Row, Row]]) -> dict[str, object]:
    """Micro, macro and per-commitment figures with the ids of misses and false hits."""
    misses: dict[str, list[str]] = defaultdict(list)
    false_hits: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, answer in pairs:
        wanted, got = set(row["commitments"]), set(answer["commitments"])
        for name in wanted | got:
            kind = 0 if name in wanted & got else 1 if name in got else 2
            counts[name][kind] += 1
            if kind:
                (false_hits if kind == 1 else misses)[name].append(str(row["id"]))
    each = {name: rate_counts((c[0], c[1], c[2])) for name, c in sorted(counts.items())}
    known = [figures["f1"] for name, figures in each.items() if figures["hits"] or figures["misses"]]
    total: Counts = (
        sum(c[0] for c in counts.values()),
        sum(c[1] for c in counts.values()),
        sum(c[2] for c in counts.values()),
    )
    return {
        "micro": rate_counts(total),
        "macro_f1": round(sum(known) / len(known), 4) if known else 0.0,
        "commitments": each,
        "misses": dict(sorted(misses.items())),
        "false_hits": dict(sorted(false_hits.items())),
    }


def is_alert(row: Row) -> bool:
    """The alert decision of issue 5: substantive, and a commitment is touched."""
    return row["nature"] == "substantive" and bool(row["commitments"])


def count_facts(pairs: Sequence[tuple[Row, Row]]) -> Counts:
    """Old -> new pairs found, invented and missed, as written."""
    hits = false_hits = misses = 0
    for row, answer in pairs:
        wanted = [tuple(fact) for fact in row.get("facts", ())]
        got = [tuple(fact) for fact in answer.get("facts", ())]
        found = sum(fact in wanted for fact in got)
        hits, false_hits, misses = hits + found, false_hits + len(got) - found, misses + len(wanted) - found
    return hits, false_hits, misses


def score_changes(pairs: Sequence[tuple[Row, Row]]) -> dict[str, object]:
    """Figures of issue 5 for changes: noise against the rest, substantive, alert decision, facts,
    direction."""
    wrong = {
        key: [str(row["id"]) for row, answer in pairs if row[key] != answer[key]]
        for key in ("nature", "direction")
    }
    return {
        "noise": rate_counts(count_flags((r["nature"] == "noise", a["nature"] == "noise") for r, a in pairs)),
        "substantive": rate_counts(
            count_flags((r["nature"] == "substantive", a["nature"] == "substantive") for r, a in pairs)
        ),
        "alert": rate_counts(count_flags((is_alert(r), is_alert(a)) for r, a in pairs)),
        "alert_wrong": [str(r["id"]) for r, a in pairs if is_alert(r) != is_alert(a)],
        "facts": rate_counts(count_facts(pairs)),
        "direction_accuracy": round(1 - len(wrong["direction"]) / len(pairs), 4) if pairs else 0.0,
        "nature_wrong": wrong["nature"],
        "direction_wrong": wrong["direction"],
    }


def score_rows(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[str, object]:
    """Score predictions against labelled rows, paired by id; rows with a `nature` are scored as changes
    too."""
    pairs = match_rows(gold, predicted)
    figures: dict[str, object] = {"rows": len(pairs), **score_commitments(pairs)}
    if pairs and "nature" in pairs[0][0]:
        figures["changes"] = score_changes(pairs)
    return figures
