"""The table of `vigie platforms`."""

from __future__ import annotations

from datetime import date
from io import StringIO

from rich.console import Console

from charter.load import load_platforms
from charter.platforms import Platform
from pipeline.list_platforms import count_states, list_platforms


def make_platform(name: str, states: list[str], joined: str | None = None) -> Platform:
    documents = [
        {
            "id": f"{name.lower()}/{number}",
            "title": "Conditions",
            "kind": "seller_terms",
            "language": "fr",
            "audience": "seller",
            "format": "pdf",
            "confidence": "high",
            "state": state,
            "state_reason": "invented for a test",
            "source": "invented for a test",
            "declarations": [{"fetch": "https://halle.example/terms.pdf"}],
        }
        for number, state in enumerate(states)
    ]
    status = {
        "status": "joined-2020" if joined else "none",
        "valid_from": joined or "2019-03-26",
        "source": "test",
    }
    return Platform.model_validate(
        {
            "id": name.lower(),
            "name": name,
            "locale": "fr-FR",
            "charter_status": [status],
            "ota_names": [f"{name}.example"] if states else [],
            "documents": documents,
        }
    )


def printed_rows(platforms: list[Platform], day: date | None) -> list[list[str]]:
    """Cells of each row as a reader sees them."""
    out = StringIO()
    Console(file=out, width=400).print(list_platforms(platforms, day))
    rows = [
        line.strip("│┃ \n").replace("┃", "│").split("│")
        for line in out.getvalue().splitlines()
        if "│" in line
    ]
    return [[cell.strip() for cell in row] for row in rows]


def test_each_platform_has_a_row_and_the_last_one_counts() -> None:
    halle = make_platform("Halle", ["active", "active", "to_verify"], joined="2020-12-07")
    bazar = make_platform("Bazar", [])
    assert printed_rows([halle, bazar], date(2024, 1, 1)) == [
        ["Halle", "joined-2020", "2 active, 1 to_verify", "2", "Halle.example"],
        ["Bazar", "none", "none known", "0", "-"],
        ["Total: 2", "1 signed or joined", "3 documents: 2 active, 1 to_verify", "2", "1 in all"],
    ]


def test_the_status_is_that_of_the_day_asked_for() -> None:
    halle = make_platform("Halle", ["active"], joined="2020-12-07")
    assert printed_rows([halle], date(2020, 12, 6))[0][1] == "none"
    assert printed_rows([halle], date(2020, 12, 7))[0][1] == "joined-2020"


def test_without_a_day_the_table_is_of_today() -> None:
    halle = make_platform("Halle", ["active"], joined="2020-12-07")
    assert printed_rows([halle], None)[0][1] == "joined-2020"


def test_the_totals_of_the_project_files_cover_every_document() -> None:
    platforms = list(load_platforms())
    rows = printed_rows(platforms, date(2026, 11, 24))
    states = count_states(platforms)
    assert rows[-1][0] == f"Total: {len(platforms)}"
    assert rows[-1][1] == "13 signed or joined"
    assert rows[-1][2].startswith(f"{sum(len(platform.documents) for platform in platforms)} documents: ")
    assert sum(int(row[3]) for row in rows[:-1] if row[0]) == states["active"] == int(rows[-1][3])
