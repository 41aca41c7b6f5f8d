"""What the engine makes of the demo's history is what its script declares; no warehouse, no Airflow."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from charter.load import load_platforms
from demo.build_history import Recorded, build_texts, read_script
from transforms.fold_observations import fold_observations
from transforms.folded import FoldResult, Verdict
from transforms.model import DocumentContext, Seen
from transforms.normalise_text import text_hash
from transforms.text_library import ComparedTexts

DEMO = Path(__file__).resolve().parents[2] / "demo"
Judged = tuple[Recorded, Verdict, ComparedTexts | None, FoldResult]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Every recorded version of the demo with its verdict and the comparison behind it."""
    platforms = {
        name: platform for platform in load_platforms(DEMO / "platforms") for name in platform.ota_names
    }
    by_service: dict[str, list[Recorded]] = defaultdict(list)
    for version in build_texts(read_script(DEMO / "script.yml")):
        by_service[version.service].append(version)
    outcome: list[Judged] = []
    for service, versions in by_service.items():
        platform = platforms[service]
        context = DocumentContext(
            versions[0].terms_type, platform.documents[0].language, "seller", platform.name
        )
        texts = {text_hash(version.text): version.text for version in versions}
        seen = [Seen(index, one.observed_at, text_hash(one.text)) for index, one in enumerate(versions)]
        result = fold_observations(seen, texts.__getitem__, context)
        compared = {(found.before_hash, found.after_hash): found for found in result.comparisons}
        for version, verdict in zip(versions, result.verdicts, strict=True):
            pair = (verdict.reference_hash or "", verdict.text_hash or "")
            outcome.append((version, verdict, compared.get(pair), result))
    return outcome


def test_every_verdict_and_alert_is_the_declared_one(judged: list[Judged]) -> None:
    told = [
        (one.round_number, one.service, verdict.verdict, verdict.is_alert) for one, verdict, _, _ in judged
    ]
    declared = [
        (one.round_number, one.service, one.expect.verdict, one.expect.alert) for one, _, _, _ in judged
    ]
    assert told == declared


def test_every_declared_class_of_noise_is_told(judged: list[Judged]) -> None:
    for version, verdict, _, _ in judged:
        if version.expect.noise:
            assert set(verdict.noise_classes) == set(version.expect.noise), (
                version.round_number,
                version.service,
            )


def test_every_announced_change_has_its_kind_direction_and_commitments(judged: list[Judged]) -> None:
    for version, _, compared, _ in judged:
        if version.expect.alert:
            assert compared is not None
            found = {
                (one.change.kind, one.direction, frozenset(match.commitment_id for match in one.matches))
                for one in compared.alerting
            }
            expect = version.expect
            wanted = (expect.kind, expect.direction, frozenset(expect.commitments))
            assert wanted in found, (version.round_number, version.service)


def test_every_change_declared_editorial_is_judged_so(judged: list[Judged]) -> None:
    declared = [(one, compared) for one, _, compared, _ in judged if one.expect.nature]
    assert declared
    for version, compared in declared:
        assert compared is not None
        natures = {one.nature.nature for one in compared.changes} - {"noise"}
        assert natures == {version.expect.nature}, (version.round_number, version.service)


def test_an_announced_change_that_is_undone_leaves_its_alert_undone(judged: list[Judged]) -> None:
    undone = [(one, result) for one, _, _, result in judged if one.expect.alert_state == "undone"]
    assert undone
    for version, result in undone:
        assert "undone" in {alert.state for alert in result.alerts}, version.service
