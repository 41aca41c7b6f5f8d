"""A changed declaration or extractor: what the capture before gives in the new way is ours, the rest is not."""

from __future__ import annotations

from tests.transforms.seller_terms import (
    BOTH_CHANGED,
    EMPTIED,
    HIGHER_FEE,
    SHORTER_NOTICE,
    TERMS,
    at_day,
    fold,
    names,
    rules,
    show,
)
from transforms.folded import ClauseIdentity, FoldResult

# The new selector takes in one clause more, and leaves one out.
WIDER = TERMS.replace(
    "## Article 3", "2.3 Le Vendeur conserve une copie de chaque facture.\n\n## Article 3"
).replace("1.2 Le Vendeur reconnaît les avoir lues avant de mettre ses produits en vente.\n\n", "")
WIDER_SHORTER_NOTICE = WIDER.replace("préavis de 30 jours", "préavis de 15 jours")
# Its new clause stands where the wider extraction has its own.
WIDER_ADDED = WIDER.replace("2.3 Le", "2.25 La Place de marché propose deux médiateurs.\n\n2.3 Le")


def identities(result: FoldResult, version: int = -1) -> dict[str, ClauseIdentity]:
    """Identity of each clause of a version by its text."""
    found = result.versions[version]
    return {c.text: i for c, i in zip(found.clauses, found.identities, strict=True)}


def test_the_same_page_in_another_way_is_technical_and_silent() -> None:
    result = fold((0, TERMS), (1, show(WIDER, previous=WIDER)), (2, WIDER), live=True)
    assert names(result) == ["baseline", "technical", "unchanged"]
    assert result.verdicts[1].reason == "re-extracted under a changed declaration or extractor"
    assert [version.text_hash for version in result.versions] == [TERMS, WIDER]
    assert (result.alerts, result.unconfirmed) == ((), ())
    assert [(c.before_hash, c.after_hash) for c in result.comparisons] == [(TERMS, WIDER)]


def test_the_reason_of_a_re_extraction_is_the_recorded_one() -> None:
    result = fold((0, TERMS), (1, show(WIDER, previous=WIDER, technical="the declaration changed")))
    assert result.verdicts[1].reason == "the declaration changed"


def test_noise_beside_the_earlier_capture_is_technical_and_the_seen_text_is_in_force() -> None:
    seen = WIDER.replace("d'annulation", "d’annulation")
    result = fold((0, TERMS), (1, show(seen, previous=WIDER)), (2, WIDER), live=True)
    assert names(result) == ["baseline", "technical", "cosmetic"]
    assert result.versions[-1].text_hash == seen


def test_only_what_the_platform_changed_is_told() -> None:
    seen = show(WIDER_SHORTER_NOTICE, previous=WIDER, technical="the extractor changed")
    result = fold((0, TERMS), (1, seen), (2, WIDER_SHORTER_NOTICE), live=True)
    assert rules(result) == ["fold:baseline", "fold:changed", "fold:same-text"]
    (alert,) = result.alerts
    assert (alert.before_hash, alert.after_hash, alert.changed_after) == (
        WIDER,
        WIDER_SHORTER_NOTICE,
        at_day(0),
    )
    (comparison,) = result.comparisons
    assert (comparison.before_hash, comparison.after_hash) == (WIDER, WIDER_SHORTER_NOTICE)
    assert [len(assessed.change.before) for assessed in comparison.changes] == [1]
    assert result.verdicts[1].reference_hash == WIDER


def test_one_observation_opens_one_version_whatever_the_steps() -> None:
    result = fold((0, TERMS), (1, show(WIDER_SHORTER_NOTICE, previous=WIDER)))
    assert [(v.text_hash, v.valid_from, v.valid_until) for v in result.versions] == [
        (TERMS, at_day(0), at_day(1)),
        (WIDER_SHORTER_NOTICE, at_day(1), None),
    ]


def test_clauses_keep_their_identity_through_both_steps() -> None:
    result = fold((0, TERMS), (1, show(WIDER_ADDED, previous=WIDER)))
    first, second = identities(result, 0), identities(result)
    for text in first.keys() & second.keys():
        assert second[text] == first[text]
    new = set(second.values()) - set(first.values())
    assert len(new) == 2
    assert len(set(second.values())) == len(second)


def test_an_announced_change_stays_as_it_is_through_a_re_extraction() -> None:
    steps = [(0, TERMS), (1, SHORTER_NOTICE), (2, SHORTER_NOTICE)]
    same = show(WIDER_SHORTER_NOTICE, previous=WIDER_SHORTER_NOTICE)
    assert [alert.state for alert in fold(*steps, (3, same), live=True).alerts] == ["in_force"]
    more = WIDER_SHORTER_NOTICE.replace("commission de 12 %", "commission de 14 %")
    result = fold(*steps, (3, show(more, previous=WIDER_SHORTER_NOTICE)), (4, more), live=True)
    assert [alert.state for alert in result.alerts] == ["in_force", "in_force"]


def test_a_change_seen_once_in_the_new_way_leaves_the_re_extraction_in_force() -> None:
    result = fold((0, TERMS), (1, show(WIDER_SHORTER_NOTICE, previous=WIDER)), (2, WIDER), live=True)
    assert rules(result) == ["fold:baseline", "fold:unconfirmed", "fold:same-text"]
    assert [(v.text_hash, v.opened_by) for v in result.versions] == [
        (TERMS, "baseline"),
        (WIDER, "technical"),
    ]
    assert result.alerts == ()


def test_a_doubtful_text_in_the_new_way_leaves_the_re_extraction_in_force() -> None:
    damaged = WIDER_SHORTER_NOTICE.replace("préavis", "pr\ufffdavis")
    result = fold((0, TERMS), (1, show(damaged, previous=WIDER)), (2, WIDER))
    assert names(result) == ["baseline", "quarantined", "unchanged"]
    assert result.verdicts[1].reference_hash == WIDER


def test_a_declaration_that_empties_the_text_is_an_incident_until_a_person_accepts_it() -> None:
    long = TERMS * 3
    result = fold((0, long), (1, show(EMPTIED, previous=EMPTIED)), (2, EMPTIED), live=True)
    assert rules(result)[1:] == ["quarantine:emptied", "quarantine:emptied"]
    accepted = show(EMPTIED, previous=EMPTIED, released=True)
    assert names(fold((0, long), (1, accepted), (2, EMPTIED), live=True))[1:] == ["technical", "unchanged"]


def test_an_earlier_capture_in_doubt_is_no_base_for_a_good_text() -> None:
    result = fold((0, TERMS * 3), (1, show(TERMS * 3 + "\n", previous=EMPTIED)))
    assert names(result)[-1] == "cosmetic"
    result = fold((0, TERMS * 3), (1, show(HIGHER_FEE * 3, previous=EMPTIED)))
    assert result.verdicts[1].reference_hash == TERMS * 3
    assert [version.opened_by for version in result.versions] == ["baseline", "changed"]


def test_a_text_that_reads_as_the_one_in_force_opens_no_version() -> None:
    result = fold((0, TERMS), (1, show(TERMS, previous=WIDER)))
    assert names(result) == ["baseline", "unchanged"]
    result = fold((0, TERMS), (1, show(TERMS.replace("d'ann", "d’ann"), previous=WIDER)))
    assert names(result) == ["baseline", "cosmetic"]


def test_a_changed_declaration_without_effect_does_not_hide_a_change() -> None:
    seen = show(SHORTER_NOTICE, previous=TERMS, technical="the declaration changed")
    assert len(fold((0, TERMS), (1, seen), (2, SHORTER_NOTICE), live=True).alerts) == 1


def test_the_first_sight_of_a_document_needs_no_earlier_capture() -> None:
    assert names(fold((0, show(TERMS, previous=WIDER)))) == ["baseline"]


def test_the_comparison_stays_with_the_earlier_capture_even_when_an_older_text_is_nearer() -> None:
    recut = "\n\n".join(f"Clause {number} : {line}" for number, line in enumerate(BOTH_CHANGED.split("\n\n")))
    result = fold((0, TERMS), (1, show(HIGHER_FEE, previous=recut)))
    assert (result.verdicts[1].rule_id, result.verdicts[1].reference_hash) == ("fold:changed", recut)


def test_a_change_undone_in_the_new_way_returns_to_the_re_extraction() -> None:
    result = fold((0, TERMS), (1, show(WIDER_SHORTER_NOTICE, previous=WIDER)), (2, WIDER))
    assert rules(result)[2] == "fold:oscillation"
    assert [alert.state for alert in result.alerts] == ["undone"]
