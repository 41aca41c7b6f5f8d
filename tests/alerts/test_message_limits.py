"""Whatever the content, the message is one that Slack accepts, and it never claims what Vigie cannot know."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.build_message import build_message
from alerts.choose_wording import choose_wording
from alerts.model import AlertContent, Language, Message
from tests.alerts.any_content import contents
from tests.alerts.read_message import read_quote, read_text
from tests.alerts.sample_alerts import alert_content, notice_shortened, penalty_added
from tests.alerts.slack_rules import check_blocks, count_units, find_text_error
from transforms.model import Edit, Fact

LANGUAGES = st.sampled_from(["fr", "en"])
relaxed = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def complain(message: Message) -> list[str]:
    error = find_text_error(message.payload)
    return check_blocks(message.blocks) + ([error] if error else [])


@relaxed
@given(content=contents(), language=LANGUAGES)
def test_any_content_gives_a_message_within_slack_limits(content: AlertContent, language: Language) -> None:
    message = build_message(content, language)
    assert complain(message) == []
    assert 0 < count_units(message.text) <= 4000
    assert count_units(json.dumps(message.blocks, ensure_ascii=False)) <= 12_000
    assert build_message(content, language).payload_hash == message.payload_hash


@relaxed
@given(content=contents())
def test_no_mention_or_markup_gets_through_where_slack_parses_text(content: AlertContent) -> None:
    message = build_message(content)
    parsed = [message.text]
    for block in message.blocks:
        if block["type"] == "header":
            parsed.append(block["text"]["text"])
        if block["type"] == "context":
            parsed.extend(element["text"] for element in block["elements"])
    for text in parsed:
        assert "<" not in text
        assert ">" not in text
        assert not re.search(r"&(?!amp;|lt;|gt;)", text.removesuffix("…"))


@relaxed
@given(content=contents())
def test_no_control_or_direction_character_reaches_the_channel(content: AlertContent) -> None:
    sent = json.dumps(build_message(content).payload, ensure_ascii=False)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", sent)


def test_the_heaviest_message_still_fits() -> None:
    heavy = notice_shortened(
        heading="Titre & sous-titre > " * 40,
        facts=tuple(
            Fact("3" * 200 + " jours", "2" * 200 + " jours", "day", "notice", note="n" * 500)
            for _ in range(9)
        ),
        edits=tuple(
            edit
            for number in range(80)
            for edit in (
                Edit("equal", f"Phrase {number} sans rien. ", f"Phrase {number} sans rien. "),
                Edit("replace", "ancien👩‍⚖️" * 20, "nouveau👩‍⚖️" * 20),
            )
        ),
    )
    message = build_message(alert_content(changes=(heavy,) * 5, document_title="T" * 5000))
    assert complain(message) == []
    assert count_units(json.dumps(message.blocks, ensure_ascii=False)) <= 12_000


def test_a_clause_that_fits_is_quoted_in_full() -> None:
    text = "Le vendeur répond sous 48 heures. " * 10
    edits = (Edit("equal", text, text), Edit("insert", "", "Sans exception."))
    quoted = read_quote(
        build_message(alert_content(changes=(notice_shortened(before=text, after=text, edits=edits),)))
    )
    assert "".join(run for _, run in quoted) == text + "Sans exception."


FORBIDDEN = re.compile(
    r"violat|infraction|non-respect|non respect|manquement|enfrein|contrevien|illégal|breach|infring"
    r"|non-complian|unlawful",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_sentence_of_ours_speaks_of_a_breach(language: Language) -> None:
    wording = choose_wording(language)
    for field in fields(wording):
        value = getattr(wording, field.name)
        for sentence in [value] if isinstance(value, str) else value.values():
            assert not FORBIDDEN.search(sentence), sentence


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("direction", ["better", "worse"])
def test_no_message_speaks_of_a_breach(language: Language, direction: str) -> None:
    content = alert_content(
        changes=(notice_shortened(direction=direction), penalty_added(direction=direction))
    )
    message = build_message(content, language)
    assert not FORBIDDEN.search(read_text(message) + message.text)


def test_both_languages_name_the_same_cases() -> None:
    french, english = choose_wording("fr"), choose_wording("en")
    for field in fields(french):
        ours, theirs = getattr(french, field.name), getattr(english, field.name)
        slots = [sorted(re.findall(r"{\w+}", str(value))) for value in (ours, theirs)]
        assert slots[0] == slots[1], field.name
        if not isinstance(ours, str):
            assert ours.keys() == theirs.keys(), field.name
