"""What a message says, in situations that happen."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from alerts.build_message import build_message
from alerts.model import Signatory
from tests.alerts.read_message import read_french, read_quote, read_text
from tests.alerts.sample_alerts import FEE_COMMITMENT, alert_content, notice_shortened, penalty_added


def test_the_header_names_the_platform_and_the_commitment() -> None:
    first_line = read_french().split("\n")[0]
    assert first_line == "Galerie Mirabelle : Information préalable sur les modifications"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("signatory-2019", "Galerie Mirabelle a signé la charte du 26 mars 2019."),
        (
            "joined-2020",
            "Galerie Mirabelle aurait rejoint la charte renouvelée en décembre 2020 (selon la presse).",
        ),
        ("none", "Galerie Mirabelle n\u2019avait pas signé la charte à la date du changement."),
        ("unknown", "Le statut de Galerie Mirabelle au regard de la charte n\u2019est pas renseigné."),
    ],
)
def test_who_signed_is_said_in_one_sentence_as_of_the_change(status: str, sentence: str) -> None:
    assert sentence in read_french(platform_status=status)


def test_a_press_report_is_never_told_as_a_signature() -> None:
    text = read_french(platform_status="joined-2020", signatories=(Signatory("Halle Verte", "joined-2020"),))
    assert "a signé" not in text
    assert "Selon la presse, ont aussi rejoint la charte : Halle Verte." in text


def test_old_words_are_struck_through_and_new_ones_bold() -> None:
    assert read_quote(build_message(alert_content())) == [
        ("", "Les conditions changent après un préavis de "),
        ("old", "30 jours"),
        ("", " "),
        ("new", "10 jours"),
        ("", ", notifié par courriel."),
    ]


def test_a_changed_quantity_reads_old_arrow_new_with_its_reference_attributed() -> None:
    text = read_french()
    assert "préavis : 30 jours → 10 jours — passe sous les 15 jours (article 3" in text
    assert "Les seuils cités relèvent du règlement (UE) 2019/1150 (P2B), pas de la charte." in text


def test_without_a_reference_the_regulation_is_not_mentioned() -> None:
    assert "2019/1150" not in read_french(changes=(penalty_added(),))


def test_the_direction_is_told_only_when_better_or_worse() -> None:
    assert "Moins favorable au vendeur professionnel : préavis, à la charge de la plateforme" in read_french()
    for direction in ("neutral", "unclear"):
        assert "favorable" not in read_french(changes=(notice_shortened(direction=direction),))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("fact:commission:seller", "commission, à la charge du vendeur"),
        ("fact:commission:", "commission"),
        ("presence:mediation", "clause ou termes ajoutés sur ce thème"),
        ("presence:mediation:dropped", "clause ou termes retirés sur ce thème"),
        ("words:relief:dropped", "garantie retirée"),
        ("a-rule-to-come", "règle a-rule-to-come"),
    ],
)
def test_the_reason_of_a_direction_is_told_in_words(rule: str, reason: str) -> None:
    told = read_french(changes=(notice_shortened(direction_rule=rule),)).split("\n")
    assert f"Moins favorable au vendeur professionnel : {reason}" in told


def test_each_commitment_carries_its_evidence_level_and_its_rule() -> None:
    text = read_french(changes=(notice_shortened(), penalty_added()))
    assert "(niveau de preuve : thème seulement ; règle change-notice, confiance 92 %)" in text
    assert "(niveau de preuve : inféré ; règle fees, confiance 70 %)" in text


def test_days_are_those_of_paris_and_form_an_interval() -> None:
    text = read_french(
        changed_after=datetime(2024, 2, 29, 23, 30, tzinfo=UTC),
        changed_before=datetime(2024, 3, 2, 23, 30, tzinfo=UTC),
    )
    assert "Constaté entre le 1er mars 2024 et le 3 mars 2024." in text


def test_an_interval_within_one_day_is_told_as_that_day() -> None:
    text = read_french(
        changed_after=datetime(2023, 12, 28, 6, 48, tzinfo=UTC),
        changed_before=datetime(2023, 12, 28, 12, 48, tzinfo=UTC),
    )
    assert "Constaté le 28 décembre 2023." in text


def test_the_stated_effective_date_is_told_where_known() -> None:
    assert "Date d\u2019effet annoncée dans le document : 1er avril 2024." in read_french()
    assert "Date d\u2019effet" not in read_french(stated_effective_date=None)


def test_an_undone_change_says_that_the_earlier_text_is_in_force() -> None:
    since = datetime(2024, 3, 9, 8, 0, tzinfo=UTC)
    text = read_french(state="undone", state_since=since)
    assert text.startswith("Annulé · Galerie Mirabelle")
    assert "Annulé le 9 mars 2024 au plus tard : le texte antérieur est de nouveau en vigueur." in text


def test_a_change_in_force_again_says_so() -> None:
    text = read_french(state="in_force_again", state_since=datetime(2024, 3, 12, 8, 0, tzinfo=UTC))
    assert "De nouveau en vigueur le 12 mars 2024 au plus tard" in text


def test_three_changes_are_told_in_full_and_the_others_are_counted() -> None:
    several = tuple(penalty_added(number=str(number)) for number in range(7))
    assert "… et 4 autres changements" in read_french(changes=several)
    assert "… et 1 autre changement\n" in read_french(changes=several[:4])
    assert "autre" not in read_french(changes=several[:3])


def test_the_change_with_the_best_evidence_comes_first() -> None:
    text = read_french(changes=(penalty_added(), penalty_added(), penalty_added(), notice_shortened()))
    assert text.index("Clause modifiée") < text.index("Clause ajoutée")
    assert text.startswith("Galerie Mirabelle : Information préalable sur les modifications (et 1 de plus)")


def test_an_alert_on_inferred_commitments_only_is_marked_for_the_digest() -> None:
    message = build_message(alert_content(changes=(penalty_added(),)))
    assert message.is_digest
    assert "récapitulatif" in read_text(message)
    assert not build_message(alert_content(changes=(penalty_added(), notice_shortened()))).is_digest


def test_imported_text_is_attributed_to_its_source() -> None:
    text = read_french(origin="ota:essai", attribution="Archive Exemple, ODC-BY 1.0")
    assert "Source du texte : Archive Exemple, ODC-BY 1.0 (série importée : essai)." in text


def test_the_alert_id_closes_the_message() -> None:
    assert read_french().endswith("Alerte n° 8412345678901234567")


def test_french_punctuation_is_preceded_by_no_break_spaces() -> None:
    changes = (notice_shortened(), penalty_added())
    for state in ("in_force", "undone", "in_force_again"):
        since = datetime(2024, 3, 9, tzinfo=UTC)
        message = build_message(alert_content(changes=changes, state=state, state_since=since))
        for text in (read_text(message), html.unescape(message.text)):
            assert not re.search(r"[ \n][:;!?%»]|[^\s\u00a0\u202f][;!?»]|« |'", text), text


def test_the_english_message_says_the_same() -> None:
    text = read_text(build_message(alert_content(), "en"))
    assert text.startswith("Galerie Mirabelle: Prior notice of changes to terms\n")
    assert "Seen between 2 March 2024 and 5 March 2024." in text
    assert "notice: 30 jours → 10 jours" in text
    assert "does not judge whether the charter is honoured" in text


def test_the_same_content_gives_the_same_payload_hash_and_a_new_state_another() -> None:
    since = datetime(2024, 3, 9, tzinfo=UTC)
    first = build_message(alert_content()).payload_hash
    assert build_message(alert_content()).payload_hash == first
    assert build_message(alert_content(state="undone", state_since=since)).payload_hash != first


def test_a_commitment_matched_twice_is_told_once() -> None:
    changes = (penalty_added(), penalty_added(number="9.5", commitments=(FEE_COMMITMENT,)))
    assert read_french(changes=changes).count("règle fees") == 1


@pytest.mark.parametrize(
    ("overrides", "complaint"),
    [
        ({"changes": ()}, "no change"),
        ({"origin": "ota:essai", "attribution": " "}, "without attribution"),
        ({"state": "undone"}, "without state_since"),
        ({"changed_before": datetime(2024, 3, 5)}, "no time zone"),
        ({"changed_after": datetime(2024, 3, 6, tzinfo=UTC)}, "later than"),
    ],
)
def test_content_that_would_mislead_is_refused_with_the_alert_named(
    overrides: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=rf"alert 8412345678901234567: .*{complaint}"):
        alert_content(**overrides)
