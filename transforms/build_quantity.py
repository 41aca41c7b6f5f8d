"""A quantity with what its surroundings say: comparator, role, obligor."""

from __future__ import annotations

import re

from transforms.model import Quantity
from transforms.name_roles import name_obligor, name_role
from transforms.quantity_patterns import COMPARED, COMPARED_AFTER

OR_MORE_INSIDE = re.compile(r"\b(?:or|ou)\s+(?:(?P<more>more|plus)|fewer|less|moins)\b", re.IGNORECASE)


def name_comparator(text: str, start: int, end: int) -> str:
    """Comparator that governs a quantity ("" when none)."""
    before = text[max(0, start - 60) : start]
    if inside := OR_MORE_INSIDE.search(text[start:end]):
        return "at least" if inside["more"] else "at most"
    for name, form in COMPARED:
        if form.search(before):
            return name
    return next((name for name, form in COMPARED_AFTER if form.search(text[end : end + 20])), "")


def build_quantity(
    text: str, span: tuple[int, int], bounds: tuple[float, float], unit: str, calendar: str = ""
) -> Quantity:
    """A quantity with what its surroundings say."""
    start, end = span
    role = name_role(text, start, end, unit)
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        low=bounds[0],
        high=bounds[1],
        unit=unit,
        calendar=calendar,
        comparator="" if unit == "date" else name_comparator(text, start, end),
        role=role,
        obligor=name_obligor(text, start, end, role),
    )
