"""The fold over observations: every verdict of the closed list, and the rules on time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from transforms.fold_observations import fold_observations
from transforms.folded import FoldResult
from transforms.model import DocumentContext, Seen

CONTEXT = DocumentContext("Marketplace Sellers Conditions", "fr", "seller", "Bazar d'Essai")
START = datetime(2025, 1, 6, 6, tzinfo=UTC)

TERMS = """# Conditions applicables aux vendeurs professionnels

## Article 1 - Objet

1.1 Les présentes conditions régissent la relation entre la Place de marché et le Vendeur professionnel.

1.2 Le Vendeur reconnaît les avoir lues avant de mettre ses produits en vente.

## Article 2 - Suspension et résiliation

2.1 La Place de marché peut résilier le contrat du Vendeur moyennant un préavis de 30 jours notifié par courriel.

2.2 La Place de marché peut suspendre le compte du Vendeur lorsque son taux d'annulation dépasse 5 %.

## Article 3 - Commissions

3.1 La Place de marché prélève sur chaque vente du Vendeur une commission de 12 % du prix toutes taxes comprises.

3.2 Les sommes dues au Vendeur lui sont versées deux fois par mois, déduction faite des commissions.
"""
SHORTER_NOTICE = TERMS.replace("préavis de 30 jours", "préavis de 15 jours")
HIGHER_FEE = TERMS.replace("commission de 12 %", "commission de 14 %")
QUOTES = TERMS.replace("d'annulation", "d’annulation")


def fold(*steps: tuple[float, str | Seen], context: DocumentContext = CONTEXT) -> FoldResult:
    """Fold texts seen at days after the start."""
    texts: dict[str, str] = {}
    seen = []
    for number, (day, step) in enumerate(steps):
        at = START + timedelta(days=day)
        if isinstance(step, Seen):
            seen.append(
                Seen(number, at, step.text_hash, step.failure, step.failure_reason, step.technical_reason)
            )
            texts.setdefault(step.text_hash or "", step.text_hash or "")
        else:
            texts[step] = step
            seen.append(Seen(number, at, step))
    return fold_observations(seen, texts.__getitem__, context)


def names(result: FoldResult) -> list[str]:
    """Verdict names in order."""
    return [verdict.verdict for verdict in result.verdicts]


def test_first_sight_is_a_baseline_and_never_an_alert() -> None:
    result = fold((0, TERMS))
    assert names(result) == ["baseline"]
    assert result.alerts == ()
    assert result.versions[0].valid_until is None


def test_the_same_text_is_unchanged() -> None:
    assert names(fold((0, TERMS), (1, TERMS))) == ["baseline", "unchanged"]


def test_typography_is_cosmetic_and_opens_no_version() -> None:
    result = fold((0, TERMS), (1, QUOTES))
    assert names(result) == ["baseline", "cosmetic"]
    assert result.verdicts[1].noise_classes == ("typography",)
    assert len(result.versions) == 1


def test_a_shortened_notice_is_changed_and_owed_an_alert() -> None:
    result = fold((0, TERMS), (7, SHORTER_NOTICE))
    assert names(result) == ["baseline", "changed"]
    (alert,) = result.alerts
    assert alert.changed_after == START
    assert alert.changed_before == START + timedelta(days=7)
    assert alert.state == "in_force"
    (comparison,) = result.comparisons
    assert {m.commitment_id for a in comparison.alerting for m in a.matches} >= {"suspension-process"}


def test_a_text_back_within_fourteen_days_is_an_oscillation_and_undoes_the_alert() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (9, TERMS))
    assert names(result) == ["baseline", "changed", "oscillation"]
    (alert,) = result.alerts
    assert (alert.state, alert.state_since) == ("undone", START + timedelta(days=9))


def test_an_undone_change_that_takes_effect_again_is_the_same_alert() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, TERMS), (3, SHORTER_NOTICE))
    assert names(result) == ["baseline", "changed", "oscillation", "oscillation"]
    (alert,) = result.alerts
    assert alert.state == "in_force_again"


def test_a_near_identical_return_of_the_new_text_raises_one_alert_not_three() -> None:
    near = SHORTER_NOTICE.replace("d'annulation", "d’annulation")
    result = fold((0, TERMS), (0.25, SHORTER_NOTICE), (0.5, TERMS), (0.75, near))
    assert names(result) == ["baseline", "changed", "oscillation", "oscillation"]
    assert len(result.alerts) == 1


def test_a_later_return_is_a_restoration_with_an_alert_of_its_own() -> None:
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (40, TERMS))
    assert names(result) == ["baseline", "changed", "changed"]
    assert result.verdicts[2].rule_id == "fold:restored"
    first, second = result.alerts
    assert (first.state, second.state) == ("undone", "in_force")


def test_a_text_that_has_alternated_three_times_stays_an_oscillation_whenever_it_returns() -> None:
    days = [0, 1, 2, 3, 4, 5, 6, 7, 100, 200]
    steps = [(day, TERMS if number % 2 == 0 else SHORTER_NOTICE) for number, day in enumerate(days)]
    assert names(fold(*steps))[-2:] == ["oscillation", "oscillation"]


def test_a_return_after_a_real_change_is_judged_against_the_nearest_recent_text() -> None:
    both = SHORTER_NOTICE.replace("commission de 12 %", "commission de 14 %")
    result = fold((0, TERMS), (1, SHORTER_NOTICE), (2, TERMS), (3, both))
    assert result.verdicts[3].rule_id == "fold:changed-since-recent"
    told = [a.change.before_text for c in result.comparisons if c.after_hash == both for a in c.alerting]
    assert len(told) == 1
    assert "commission" in told[0]


def test_a_re_extraction_by_the_archive_is_technical_and_silent() -> None:
    refiltered = Seen(0, START, HIGHER_FEE, technical_reason="re-extraction by the archive: Refilter")
    result = fold((0, TERMS), (1, refiltered), (2, HIGHER_FEE))
    assert names(result) == ["baseline", "technical", "unchanged"]
    assert result.alerts == ()


def test_an_emptied_page_is_quarantined_and_the_version_stays() -> None:
    result = fold((0, TERMS * 3), (1, "# Conditions\n\nPage en cours de mise à jour."), (2, TERMS * 3))
    assert names(result) == ["baseline", "quarantined", "unchanged"]


def test_another_language_is_quarantined() -> None:
    english = """# Terms for professional sellers

## 1. Purpose

1.1 These terms govern the relationship between the marketplace and the professional seller, and nothing else.

1.2 The seller acknowledges having read them before offering any product for sale to the public on this website.
"""
    result = fold((0, TERMS), (1, english))
    assert names(result) == ["baseline", "quarantined"]
    assert result.verdicts[1].rule_id == "quarantine:wrong-language"


def test_a_real_change_seen_through_damage_waits_for_a_clean_capture() -> None:
    damaged = SHORTER_NOTICE.replace("préavis", "pr\ufffdavis")
    result = fold((0, TERMS), (1, damaged), (2, SHORTER_NOTICE))
    assert names(result) == ["baseline", "quarantined", "changed"]
    assert len(result.alerts) == 1


def test_a_failed_observation_keeps_its_failure_as_verdict() -> None:
    failed = Seen(0, START, None, "unreachable", "HTTP 503")
    result = fold((0, TERMS), (1, failed), (2, TERMS))
    assert names(result) == ["baseline", "unreachable", "unchanged"]
    assert result.verdicts[1].reason == "HTTP 503"


def test_an_observation_without_text_or_failure_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="neither a text nor a failure"):
        fold_observations([Seen(1, START, None)], str, CONTEXT)


def test_clauses_keep_their_identity_when_reworded_and_moved() -> None:
    result = fold((0, TERMS), (7, SHORTER_NOTICE))
    first, second = result.versions
    by_text = {c.text: i for c, i in zip(first.clauses, first.identities, strict=True)}
    for clause, identity in zip(second.clauses, second.identities, strict=True):
        old = clause.text.replace("15 jours", "30 jours")
        assert identity == by_text[old]


VARIANTS = [TERMS, SHORTER_NOTICE, HIGHER_FEE, QUOTES, TERMS + "\n" + TERMS]


@hypothesis_settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 30)), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_fold_depends_on_dates_only_not_on_arrival(
    steps: list[tuple[int, float]], random: object
) -> None:
    day, seen = 0.0, []
    for number, (variant, gap) in enumerate(steps):
        day += gap
        seen.append(Seen(number, START + timedelta(days=day), VARIANTS[variant]))
    expected = fold_observations(seen, str, CONTEXT)
    shuffled = list(seen)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    result = fold_observations(shuffled, str, CONTEXT)
    assert result.verdicts == expected.verdicts
    assert len(result.verdicts) == len(seen)
    assert all(verdict.reason for verdict in result.verdicts)
    ends = [version.valid_until for version in result.versions]
    assert ends[:-1] == [version.valid_from for version in result.versions[1:]]
    assert ends[-1] is None
