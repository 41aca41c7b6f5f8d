"""Read the quantities of a clause: value, unit, calendar, comparator, role and obligor, in French and
English.

Clock times, ages, article numbers and telephone numbers are not facts (issue 5, point 6); a date inside a
clause is a quantity of unit and role "date" whose value is its proleptic ordinal."""

from __future__ import annotations

import re

from text_to_num import text2num

from transforms.build_quantity import build_quantity, name_comparator
from transforms.model import Quantity
from transforms.quantity_patterns import (
    AGE,
    AGE_AFTER,
    AMOUNT,
    CALENDARS,
    CURRENCIES,
    DIGITS,
    MEASURE,
    NO_FACT,
    UNITS,
)
from transforms.read_dates import is_stamp, read_dates, read_days_of_month

THOUSANDS = re.compile(r"[ \u00a0\u202f'’]|[.,](?=\d{3}(?:\D|$))")
SCALES = {
    "million": 1e6,
    "thousand": 1e3,
    "millier": 1e3,
    "milliard": 1e9,
    "billion": 1e9,
    "k": 1e3,
    "m": 1e6,
}
# A capitalised word right before a figure, not at the start of a sentence.
NAMED = re.compile(r"\w[,;]?\s(?:[\"'“«(]\s?)?[A-Z]\w+\s$")
ARTICLES = frozenset({"un", "une", "a", "one"})


def read_digits(written: str) -> float:
    """Value of digits as printed: "500,000", "1 000", "12,5", "1.5"."""
    grouped = re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?", written)
    plain = THOUSANDS.sub("", written) if grouped else written
    return float(plain.replace(",", "."))


def read_words(written: str) -> float | None:
    """Value of number words, French or English; None when they are none ("et", "and a")."""
    words = written.lower().replace("-", " ").split()
    half = words[-3:] == ["and", "a", "half"]
    for language in ("fr", "en"):
        try:
            return float(text2num(" ".join(words[:-3] if half else words), language)) + 0.5 * half
        except ValueError:
            continue
    return None


def read_value(written: str) -> float | None:
    """Value of "30", "trente (30)", "30 (trente)": figures win over words."""
    digits = re.search(DIGITS, written)
    if digits:
        return read_digits(digits.group())
    if written.lower() == "a":
        return 1.0
    return read_words(written.split("(", maxsplit=1)[0].strip())


def name_unit(found: re.Match[str]) -> str:
    """Unit whose group took part in a match."""
    return next(name for name in UNITS if found.groupdict().get(name))


def name_calendar(found: re.Match[str]) -> str:
    """Calendar type of a duration, "" when the clause names none."""
    qualifier = found["before"] or found["after"] or ""
    return next(
        (name for name, forms in CALENDARS.items() if re.fullmatch(forms, qualifier, re.IGNORECASE)), ""
    )


def read_scale(written: str) -> float:
    """Factor of "million", "thousand", ... after digits; 1 when there is none."""
    scale = re.search(r"million|thousand|millier|milliard|billion|(?<![a-z])[km](?![a-z])", written.lower())
    return SCALES[scale.group()] if scale else 1.0


def is_age(text: str, found: re.Match[str], unit: str) -> bool:
    """Whether a number of years is somebody's age."""
    if unit != "year":
        return False
    return bool(
        AGE.search(text[max(0, found.start() - 60) : found.start()]) or AGE_AFTER.match(text[found.end() :])
    )


def is_article(found: re.Match[str], unit: str) -> bool:
    """Whether "un"/"une"/"one" is an article rather than a number ("un jour" may be, "un mois" is a
    duration)."""
    written = found["low"].lower()
    if written not in ARTICLES:
        return False
    if name_comparator(found.string, *found.span()):
        return False
    return unit not in ("week", "month", "year", "hour") and not (found["before"] or found["after"])


def is_name(found: re.Match[str], unit: str) -> bool:
    """Whether a counted thing is part of a name: "Proposition 65 warning", "Level 3 sellers"."""
    return unit == "item" and bool(NAMED.search(found.string[max(0, found.start() - 30) : found.start()]))


def read_measures(text: str) -> list[Quantity]:
    """Numbers with a unit after them: durations, shares, amounts, counts."""
    found: list[Quantity] = []
    for match in MEASURE.finditer(text):
        unit = name_unit(match)
        low = read_value(match["low"])
        if low is None or is_age(text, match, unit) or is_article(match, unit) or is_name(match, unit):
            continue
        high = read_value(match["high"]) if match["high"] else low
        scale = read_scale(text[match.end("high" if match["high"] else "low") : match.start(unit)])
        bounds = (low * scale, (high if high is not None else low) * scale)
        span = match.start(), match.start() + len(match.group().rstrip("'’ "))
        found.append(build_quantity(text, span, bounds, unit, name_calendar(match)))
    return found


def read_amounts(text: str) -> list[Quantity]:
    """Amounts with the currency in front: "€500,000", "PLN 2,250,000"."""
    found: list[Quantity] = []
    for match in AMOUNT.finditer(text):
        unit = next(
            n for n in CURRENCIES if re.fullmatch(UNITS[n].replace(r"\b", ""), match["currency"].lower())
        )
        value = read_digits(match["low"]) * read_scale(match["scale"])
        found.append(build_quantity(text, match.span(), (value, value), unit))
    return found


def keep_apart(candidates: list[Quantity]) -> list[Quantity]:
    """Of overlapping readings the first and longest, in order."""
    kept: list[Quantity] = []
    for quantity in sorted(candidates, key=lambda item: (item.start, -item.end)):
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def join_repeated(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Join an amount with its repetition in parentheses ("Five Thousand Euros (€5,000)"); figures give the
    value."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        between = text[last.end : quantity.start] if last else ""
        closes = text[quantity.end : quantity.end + 2].lstrip().startswith(")")
        if last and last.unit == quantity.unit and re.fullmatch(r"\s*\(\s*", between) and closes:
            end = text.index(")", quantity.end) + 1
            value = last if last.text[0].isdigit() else quantity
            joined[-1] = build_quantity(
                text, (last.start, end), (value.low, value.high), last.unit, last.calendar
            )
        else:
            joined.append(quantity)
    return joined


def read_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Quantities of a clause in the order of the text. `language` is that of the document; French and English
    forms are both read whatever it is, for documents mix them, and unit names of German, Dutch, Italian and
    Spanish are known."""
    del language
    blocked = [found.span() for found in NO_FACT.finditer(text)]
    # A line that says when the page was written states no rule (design: a date is cosmetic in a stamp line).
    dates = [item for item in read_dates(text) if not is_stamp(text, item)]
    candidates = keep_apart([*dates, *read_days_of_month(text), *read_amounts(text), *read_measures(text)])
    free = [
        item
        for item in candidates
        if item.unit == "date" or not any(start <= item.start < end for start, end in blocked)
    ]
    return tuple(join_repeated(text, free))
