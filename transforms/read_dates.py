"""Read the dates of a clause: a date inside a rule is a fact, one in a stamp line is not."""

from __future__ import annotations

import re
from datetime import date

from transforms.build_quantity import build_quantity
from transforms.mask_template import read_stamp
from transforms.model import Quantity
from transforms.name_parties import cut_sentence
from transforms.quantity_patterns import DATE, DAY_OF_MONTH, MONTHS


def read_dates(text: str) -> list[Quantity]:
    """Dates of a text; impossible ones ("31.02.2024") are left out."""
    found: list[Quantity] = []
    for match in DATE.finditer(text):
        parts = match.groupdict()
        day = next(parts[key] for key in ("day", "day2", "day3", "day4") if parts[key])
        year = next(parts[key] for key in ("year", "year2", "year3", "year4") if parts[key])
        name = parts["month"] or parts["month2"]
        month = parts["month3"] or parts["month4"]
        if name:
            month = str(
                next(i for i, forms in enumerate(MONTHS, 1) if re.fullmatch(forms, name, re.IGNORECASE))
            )
        try:
            ordinal = float(date(int(year), int(month or 0), int(day)).toordinal())
        except ValueError:
            continue
        found.append(build_quantity(text, match.span(), (ordinal, ordinal), "date"))
    return found


def read_days_of_month(text: str) -> list[Quantity]:
    """ "The 15th of each month": dates without month and year, whose value is the day."""
    return [
        build_quantity(text, match.span(), (float(match["day"]), float(match["day"])), "date")
        for match in DAY_OF_MONTH.finditer(text)
    ]


def is_stamp(text: str, item: Quantity) -> bool:
    """Whether the sentence of a date is a stamp ("Last updated on ...")."""
    before, after = cut_sentence(text, item.start, item.end)
    return read_stamp(before + item.text + after) == "date stamp"
