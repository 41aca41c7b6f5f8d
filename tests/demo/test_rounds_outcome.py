"""What the engine makes of the demo's pages is what its rounds declare: rendered, extracted, folded; no DAG."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import pytest

from charter.declaration import Declaration
from demo.expect_rounds import Expected, expect_rounds
from demo.page_archive import PageArchive
from demo.read_rounds import Rounds, WatchedDocument, read_rounds
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, rules_from_declaration
from transforms.fold_observations import fold_observations
from transforms.folded import FoldResult, Verdict
from transforms.model import DocumentContext, Seen
from transforms.normalise_text import text_hash
from transforms.spot_challenge import spot_challenge
from transforms.text_library import ComparedTexts


@dataclass(frozen=True)
class Judged:
    expected: Expected
    verdict: Verdict
    compared: ComparedTexts | None

    @property
    def where(self) -> str:
        return f"round {self.expected.round_number}, {self.expected.document_id}, {self.expected.part}"


@pytest.fixture(scope="module")
def rounds() -> Rounds:
    return read_rounds()


@pytest.fixture(scope="module")
def folded(rounds: Rounds) -> dict[str, tuple[list[Judged], FoldResult]]:
    archive = PageArchive(rounds)
    by_document: dict[str, list[Expected]] = defaultdict(list)
    for one in expect_rounds(rounds):
        by_document[one.document_id].append(one)
    return {name: fold_pages(archive, rounds.documents[name], listed) for name, listed in by_document.items()}


@pytest.fixture(scope="module")
def judged(folded: dict[str, tuple[list[Judged], FoldResult]]) -> list[Judged]:
    return [one for listed, _ in folded.values() for one in listed]


def fold_pages(
    archive: PageArchive, document: WatchedDocument, expected: list[Expected]
) -> tuple[list[Judged], FoldResult]:
    """Every observation of a document that its rounds declare, seen as a crawl would see it."""
    texts: dict[str, str] = {}
    seen = [see(archive, document, number, one, texts) for number, one in enumerate(expected)]
    declared = document.declared
    context = DocumentContext(declared.terms_type or "", declared.language, "seller", document.platform.name)
    result = fold_observations(seen, texts.__getitem__, context, needs_confirmation=True)
    compared = {(found.before_hash, found.after_hash): found for found in result.comparisons}
    return [
        Judged(one, verdict, compared.get((verdict.reference_hash or "", verdict.text_hash or "")))
        for one, verdict in zip(expected, result.verdicts, strict=True)
    ], result


def see(
    archive: PageArchive, document: WatchedDocument, number: int, one: Expected, texts: dict[str, str]
) -> Seen:
    index, request = one.round_number - 1, 2 if one.part == "confirm" else 1
    at = archive.moments[index] + timedelta(seconds=request - 1)
    if one.expect.verdict in ("unreachable", "policy_blocked"):
        return Seen(number, at, None, failure=one.expect.verdict, failure_reason="not fetched")
    answers = [archive.answer(page.address, index, request) for page in document.pages]
    assert {answer.status for answer in answers} == {200}
    declaration = document.declared.declaration
    assert isinstance(declaration, Declaration)
    try:
        text = extract_text([answer.body for answer in answers], rules_from_declaration(declaration)).markdown
    except ExtractionError as error:
        return Seen(number, at, None, failure="quarantined", failure_reason=f"no text: {error}")
    marker = spot_challenge(text)
    if marker:
        return Seen(number, at, None, failure="quarantined", failure_reason=f"challenge page: {marker}")
    texts[text_hash(text)] = text
    return Seen(number, at, text_hash(text))


def test_every_verdict_and_alert_is_the_declared_one(judged: list[Judged]) -> None:
    told = {one.where: (one.verdict.verdict, one.verdict.is_alert) for one in judged}
    declared = {one.where: (one.expected.expect.verdict, one.expected.expect.alert) for one in judged}
    assert told == declared


def test_every_declared_class_of_noise_is_told(judged: list[Judged]) -> None:
    for one in judged:
        if one.expected.expect.noise:
            assert set(one.verdict.noise_classes) == set(one.expected.expect.noise), one.where


def test_every_announced_change_has_its_kind_direction_and_commitments(judged: list[Judged]) -> None:
    for one in judged:
        expect = one.expected.expect
        if expect.alert:
            assert one.compared is not None
            found = {
                (
                    change.change.kind,
                    change.direction,
                    frozenset(match.commitment_id for match in change.matches),
                )
                for change in one.compared.alerting
            }
            wanted = (expect.kind, expect.direction, set(expect.commitments))
            assert any(
                (kind, direction) == wanted[:2] and commitments >= wanted[2]
                for kind, direction, commitments in found
            ), (one.where, found)


def test_every_change_declared_editorial_is_judged_so(judged: list[Judged]) -> None:
    declared = [one for one in judged if one.expected.expect.nature]
    assert declared
    for one in declared:
        assert one.compared is not None
        natures = {change.nature.nature for change in one.compared.changes} - {"noise"}
        assert natures == {one.expected.expect.nature}, one.where


def test_a_text_that_a_page_shows_once_leaves_no_alert(
    rounds: Rounds, folded: dict[str, tuple[list[Judged], FoldResult]]
) -> None:
    shown_once = {step.document for current in rounds.rounds for step in current.steps if step.once}
    assert shown_once
    for name in shown_once:
        _, result = folded[name]
        assert result.alerts == ()


def test_every_incident_that_the_pages_alone_decide_says_why(judged: list[Judged]) -> None:
    for one in judged:
        incident = one.expected.expect.incident
        is_for_the_crawl = one.expected.expect.outcome != "fetched"
        if incident and one.verdict.verdict == "quarantined" and not is_for_the_crawl:
            assert incident in one.verdict.reason, one.where
