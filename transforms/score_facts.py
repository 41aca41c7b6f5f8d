"""Score read quantities and paired facts against labels. Pure; the command line reads the files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transforms.label_rows import Counts, rate_counts
from transforms.model import Quantity
from transforms.read_quantities import read_quantities

Row = Mapping[str, Any]
Key = tuple[object, ...]


def write_plainly(written: str) -> str:
    """A quantity as written, without what two readers may quote differently: case, spaces, a closing full stop."""
    return "".join(written.lower().split()).rstrip(".")


def key_label(fact: Row) -> Key:
    """What makes a labelled quantity the same as one that was read: value, unit and calendar; a date by its words."""
    if fact["unit"] == "date":
        return ("date", write_plainly(str(fact["text"])))
    return (float(fact["low"]), float(fact["high"]), fact["unit"], fact["calendar"])


def key_reading(quantity: Quantity) -> Key:
    """The same of a quantity that was read."""
    if quantity.unit == "date":
        return ("date", write_plainly(quantity.text))
    return (quantity.low, quantity.high, quantity.unit, quantity.calendar)


def count_keys(wanted: Iterable[Key], found: Iterable[Key]) -> Counts:
    """(hits, false hits, misses) of two multisets."""
    gold, got = Counter(wanted), Counter(found)
    hits = sum((gold & got).values())
    return hits, sum(got.values()) - hits, sum(gold.values()) - hits


def add_counts(counts: Iterable[Counts]) -> Counts:
    """Sum of counts."""
    listed = list(counts)
    return (sum(c[0] for c in listed), sum(c[1] for c in listed), sum(c[2] for c in listed))


def count_row(row: Row) -> Counts:
    """Counts of one row: the pairs of a change (`paired` are those found), or the quantities of a clause."""
    if "text" in row:
        quantities = read_quantities(str(row["text"]), "")
        return count_keys(map(key_label, row["facts"]), map(key_reading, quantities))
    return count_keys(
        ((write_plainly(old), write_plainly(new)) for old, new in row["facts"]),
        ((write_plainly(old), write_plainly(new)) for old, new in row["paired"]),
    )


def rate_attribute(rows: Sequence[Row], name: str) -> dict[str, float | int]:
    """Share of quantities whose attribute (role, obligor, comparator) is read as labelled, among those found."""
    right = total = 0
    for row in rows:
        read: dict[Key, list[Quantity]] = defaultdict(list)
        for quantity in read_quantities(str(row["text"]), ""):
            read[key_reading(quantity)].append(quantity)
        for fact in row["facts"]:
            if found := read[key_label(fact)]:
                total += 1
                right += getattr(found.pop(0), name) == fact[name]
    return {"right": right, "of": total, "share": round(right / total, 4) if total else 0.0}


def score_facts(rows: Sequence[Row]) -> dict[str, object]:
    """Precision, recall and F1 of facts over changes, of quantities over clauses, and of both; by service; the ids of
    rows with an error; how often comparator, role and obligor are read as labelled."""
    clauses = [row for row in rows if "text" in row]
    changes = [row for row in rows if "text" not in row]
    counts = {str(row["id"]): count_row(row) for row in rows}
    services: dict[str, list[Counts]] = defaultdict(list)
    for row in rows:
        services[str(row["doc"]).partition("/")[0]].append(counts[str(row["id"])])

    def rate(part: Iterable[Row]) -> dict[str, float | int]:
        return rate_counts(add_counts(counts[str(row["id"])] for row in part))

    return {
        "rows": len(rows),
        "both": rate(rows),
        "changes": rate(changes),
        "clauses": rate(clauses),
        "attributes": {name: rate_attribute(clauses, name) for name in ("comparator", "role", "obligor")},
        "services": {name: rate_counts(add_counts(each)) for name, each in sorted(services.items())},
        "wrong": [name for name, (_hits, false_hits, misses) in counts.items() if false_hits or misses],
    }
