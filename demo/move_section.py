"""Moving a numbered section of a policy: it and its neighbours get new numbers, and references follow."""

from __future__ import annotations

import re

# "## Article 4 - Durée", "## 4. Fees"; the clauses below carry the section's number ("4.1 ...").
_HEADING = re.compile(
    r"^(?P<marks>#+ )(?P<word>Article |Section )?(?P<number>\d+)(?P<rest>\b.*)$", re.MULTILINE
)
_CLAUSE = re.compile(r"^(?P<number>\d+)(?=\.\d)", re.MULTILINE)
# A reference to a section of the document itself; one to a law says so right after its number.
_REFERENCE = re.compile(
    r"(?P<word>\b(?:[Aa]rticles?|[Ss]ections?) )(?P<number>\d+)\b"
    r"(?! (?:du (?:règlement|code|décret)|de la loi|of (?:the )?(?:Regulation|Act)))"
)


def move_section(text: str, section: int, before: int) -> str:
    """The text with one section moved before another and everything renumbered; no other word changes.

    Raises:
        ValueError: one of the sections does not exist, or nothing would move.
    """
    headings = list(_HEADING.finditer(text))
    starts = [heading.start() for heading in headings]
    numbers = [int(heading["number"]) for heading in headings]
    for number in (section, before):
        if numbers.count(number) != 1:
            raise ValueError(f"{numbers.count(number)} sections have the number {number}")
    ends = [*starts[1:], len(text)]
    bodies = {
        number: text[start:end].strip("\n") for number, start, end in zip(numbers, starts, ends, strict=True)
    }
    order = [number for number in numbers if number != section]
    order.insert(order.index(before), section) if section != before else order.append(section)
    if order == numbers:
        raise ValueError(f"section {section} already stands before section {before}")
    renamed = dict(zip(order, sorted(numbers), strict=True))
    moved = "\n\n".join(_renumber(bodies[number], renamed) for number in order)
    return f"{_refer(text[: starts[0]], renamed)}{moved}\n"


def _renumber(body: str, renamed: dict[int, int]) -> str:
    heading, _, rest = body.partition("\n")
    title = _HEADING.sub(
        lambda found: _with_number(found, renamed, ("marks", "word")) + found["rest"], heading
    )
    clauses = _CLAUSE.sub(lambda found: _with_number(found, renamed, ()), rest)
    return f"{title}\n{_refer(clauses, renamed)}"


def _refer(text: str, renamed: dict[int, int]) -> str:
    return _REFERENCE.sub(lambda found: _with_number(found, renamed, ("word",)), text)


def _with_number(found: re.Match[str], renamed: dict[int, int], before: tuple[str, ...]) -> str:
    number = int(found["number"])
    return "".join(found[name] or "" for name in before) + str(renamed.get(number, number))
