"""The moment of a round, and the declaration that is in force then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.job import read_job
from pipeline.date_round import date_round, read_moment
from pipeline.plan_round import plan_round
from pipeline.settings import Settings

AT = datetime(2025, 2, 3, 6, tzinfo=UTC)
PLATFORM = """id: bazar-de-brume
name: Bazar de Brume
locale: fr-FR
charter_status:
  - {status: none, valid_from: 2019-03-26, source: invented}
allowed_hosts: [brume.example]
documents:
  - id: bazar-de-brume/seller_terms
    title: Conditions
    terms_type: Marketplace Sellers Conditions
    language: fr
    audience: seller
    format: html
    confidence: high
    state: active
    source: invented
    must_contain: [Vendeur, préavis]
    declarations:
      - {fetch: "https://brume.example/old", select: "#old", valid_from: 2024-01-01T00:00:00Z,
         validUntil: 2025-03-01T00:00:00Z}
      - {fetch: "https://brume.example/cgv", select: main, valid_from: 2025-03-01T00:00:00Z}
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:9000/2025-02-03T06:00:00Z", AT),
        ("http://127.0.0.1:9000/2025-02-03T07:00:00+01:00/", AT),
        ("http://archive.example/web/20250203060000", AT),
        ("http://archive.example/web/20250203060000id_", AT),
        ("http://archive.example/web/20259903060000", None),
        ("http://archive.example/live", None),
        ("", None),
    ],
)
def test_a_replay_address_may_end_with_its_moment(address: str, expected: datetime | None) -> None:
    assert read_moment(address) == expected


def test_a_round_without_a_moment_of_its_own_is_of_now(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    assert before <= date_round(Settings(home=tmp_path)) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-02-03T06:00:00Z", ["https://brume.example/old"]),
        ("2025-03-01T06:00:00Z", ["https://brume.example/cgv"]),
        ("2023-05-01T06:00:00Z", []),
        ("latest", ["https://brume.example/cgv"]),
    ],
)
def test_a_dated_round_fetches_by_the_declaration_in_force_at_its_moment(
    tmp_path: Path, moment: str, expected: list[str]
) -> None:
    platforms = tmp_path / "platforms"
    platforms.mkdir()
    (platforms / "bazar-de-brume.yml").write_text(PLATFORM, encoding="utf-8")
    home = Settings(home=tmp_path / "home", platforms=platforms, replay_url=f"http://127.0.0.1:9/{moment}")
    documents = [d for planned in plan_round(home, "run") for d in read_job(planned.job).documents]
    assert [d.declaration.fetch for d in documents] == expected
    assert all(d.must_contain == ("Vendeur", "préavis") for d in documents)
