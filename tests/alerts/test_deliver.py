"""Delivery against a small Slack: each alert once, edited in place, failures recorded one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.http_retry import builtin_handlers

from alerts.build_message import build_message
from alerts.deliver import deliver
from alerts.model import Message
from alerts.outbox import DeliveryReport
from tests.alerts.ledger import CrashError, Ledger
from tests.alerts.sample_alerts import alert_content
from tests.alerts.slack_server import CHANNEL, TOKEN, BadMoment, Workspace

Run = Callable[..., DeliveryReport]


def posted(workspace: Workspace) -> list[dict[str, Any]]:
    return workspace.channels[CHANNEL]


def undone_message() -> Message:
    since = datetime(2024, 3, 9, tzinfo=UTC)
    return build_message(alert_content(alert_id=1, state="undone", state_since=since))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses that slack-sdk took for rate limits, taken in no time."""
    taken: list[float] = []
    monkeypatch.setattr(builtin_handlers.time, "sleep", taken.append)
    return taken


def test_an_alert_is_posted_with_its_blocks_and_found_again_by_its_metadata(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    message = ledger.rows[1].message
    assert run_delivery().ids("posted") == (1,)
    [stored] = posted(workspace)
    assert (stored["text"], stored["blocks"]) == (message.text, message.blocks)
    assert stored["metadata"] == {
        "event_type": "vigie_alert",
        "event_payload": {"alert_id": "1", "payload_hash": message.payload_hash},
    }
    assert ledger.rows[1].message_ts == stored["ts"]


def test_a_second_run_sends_nothing_and_asks_slack_nothing(workspace: Workspace, run_delivery: Run) -> None:
    run_delivery()
    calls = len(workspace.calls)
    assert run_delivery() == DeliveryReport()
    assert len(workspace.calls) == calls


def test_an_undone_change_edits_the_message_and_posts_nothing(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    run_delivery()
    first_ts = posted(workspace)[0]["ts"]
    ledger.owe(1, undone_message())
    assert run_delivery().ids("updated") == (1,)
    [stored] = posted(workspace)
    assert stored["ts"] == first_ts
    assert stored["edits"] == 1
    assert "Annulé le 9 mars 2024" in stored["text"]


def test_a_crash_between_post_and_record_leaves_one_message(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    assert len(posted(workspace)) == 1
    assert run_delivery().ids("recovered") == (1,)
    assert len(posted(workspace)) == 1
    assert ledger.rows[1].message_ts == posted(workspace)[0]["ts"]


def test_a_crash_before_the_post_still_gets_the_alert_out(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "network"
    with pytest.raises(CrashError):
        run_delivery()
    assert posted(workspace) == []
    assert run_delivery().ids("posted") == (1,)
    assert len(posted(workspace)) == 1


def test_a_message_recovered_after_its_state_changed_is_brought_up_to_date(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    ledger.owe(1, undone_message())
    assert run_delivery().ids("recovered") == (1,)
    [stored] = posted(workspace)
    assert "Annulé" in stored["text"]
    assert ledger.rows[1].sent_hash == undone_message().payload_hash


def test_a_recovered_message_that_cannot_be_edited_is_not_posted_again(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    ledger.owe(1, undone_message())
    workspace.break_once("chat.update", BadMoment(error="edit_window_closed"))
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].message_ts == posted(workspace)[0]["ts"]
    ledger.owe(1, build_message(alert_content(alert_id=1, document_title="Autre titre")))
    assert run_delivery().ids("updated") == (1,)
    assert len(posted(workspace)) == 1


def test_a_lost_message_is_found_behind_many_others(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    first = float(posted(workspace)[0]["ts"])
    for number in range(1, 8):
        posted(workspace).append({"ts": f"{first + number:.6f}", "bot_id": "B0OTHER001", "text": "bonjour"})
    workspace.page_size = 2
    assert run_delivery().ids("recovered") == (1,)
    assert workspace.calls.count("conversations.history") == 4


def test_the_same_metadata_from_another_application_is_not_taken_for_ours(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "network"
    with pytest.raises(CrashError):
        run_delivery()
    metadata = {"event_type": "vigie_alert", "event_payload": {"alert_id": "1"}}
    now = f"{datetime.now(UTC).timestamp():.6f}"
    posted(workspace).append({"ts": now, "bot_id": "B0OTHER001", "metadata": metadata, "edits": 0})
    assert run_delivery().ids("posted") == (1,)


def test_a_connection_cut_after_slack_took_the_post_is_settled_in_the_same_run(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(cut="after"))
    assert run_delivery().ids("recovered") == (1,)
    assert len(posted(workspace)) == 1
    assert workspace.calls.count("chat.postMessage") == 1
    assert run_delivery() == DeliveryReport()


def test_a_connection_cut_before_the_post_is_settled_in_the_next_run(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(cut="before"))
    assert run_delivery().ids("unknown") == (1,)
    assert posted(workspace) == []
    assert run_delivery().ids("posted") == (1,)
    assert len(posted(workspace)) == 1


def test_a_server_error_is_in_doubt_and_tried_again_without_a_duplicate(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(status=500))
    report = run_delivery()
    assert [(failure.action, failure.error) for failure in report.failures] == [("unknown", "internal_error")]
    assert run_delivery().ids("posted") == (1,)
    assert len(posted(workspace)) == 1


def test_where_the_channel_cannot_be_read_an_alert_in_doubt_waits_and_the_others_go_out(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    workspace.break_once("conversations.history", BadMoment(error="missing_scope"))
    report = run_delivery()
    assert report.ids("unknown") == (1,)
    assert report.ids("posted") == (2,)
    assert ledger.rows[1].error == "conversations.history: missing_scope"
    assert len(posted(workspace)) == 2
    assert run_delivery().ids("recovered") == (1,)


def test_a_rate_limit_is_waited_out_as_long_as_slack_says(
    workspace: Workspace, run_delivery: Run, waits: list[float]
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(429, "ratelimited", retry_after=30))
    assert run_delivery().ids("posted") == (1,)
    assert len(posted(workspace)) == 1
    assert [30 <= wait < 32 for wait in waits] == [True]


def test_several_alerts_pass_a_channel_that_takes_one_message_a_second(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.one_a_second = True
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    assert run_delivery().ids("posted") == (1, 2)
    assert len(posted(workspace)) == 2
    assert workspace.calls.count("chat.postMessage") > 2


def test_a_rate_limit_that_does_not_lift_stops_the_run_and_leaves_the_rest_due(
    workspace: Workspace, ledger: Ledger, run_delivery: Run, waits: list[float]
) -> None:
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    for _ in range(6):
        workspace.break_once("chat.postMessage", BadMoment(429, "ratelimited", retry_after=1))
    report = run_delivery()
    assert (report.ids("later"), report.stopped_by, report.left_count) == ((1,), "ratelimited", 1)
    assert run_delivery().ids("posted") == (1, 2)


@pytest.mark.parametrize("error", ["msg_too_long", "restricted_action", "channel_not_found", "is_archived"])
def test_a_refused_alert_is_recorded_and_does_not_stop_the_others(
    workspace: Workspace, ledger: Ledger, run_delivery: Run, error: str
) -> None:
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    workspace.break_once("chat.postMessage", BadMoment(error=error))
    report = run_delivery()
    assert (report.ids("refused"), report.ids("posted"), report.stopped_by) == ((1,), (2,), "")
    assert ledger.rows[1].error == error
    assert run_delivery() == DeliveryReport()


def test_blocks_that_slack_rejects_are_recorded_as_such(workspace: Workspace, ledger: Ledger, run_delivery: Run) -> None:
    ledger.owe(1, Message("texte", [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]))
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].error == "invalid_blocks"
    assert posted(workspace) == []


def test_a_message_without_content_is_recorded_as_such(ledger: Ledger, run_delivery: Run) -> None:
    ledger.owe(1, Message("", []))
    run_delivery()
    assert ledger.rows[1].error == "no_text"


def test_a_channel_that_the_application_has_not_joined_is_recorded(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.foreign_channels.add(CHANNEL)
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].error == "not_in_channel"


def test_a_refused_token_stops_the_run_before_anything_is_claimed(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    report = run_delivery(token="xoxb-wrong")
    assert (report.stopped_by, report.left_count, report.deliveries) == ("invalid_auth", 1, ())
    assert ledger.rows[1].unresolved_since is None
    assert run_delivery().ids("posted") == (1,)


def test_a_token_revoked_midway_stops_the_run(workspace: Workspace, ledger: Ledger, run_delivery: Run) -> None:
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    workspace.break_once("chat.postMessage", BadMoment(error="token_revoked"))
    report = run_delivery()
    assert (report.ids("refused"), report.stopped_by, report.left_count) == ((1,), "token_revoked", 1)
    assert posted(workspace) == []


def test_a_message_deleted_by_a_person_is_not_posted_again(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    run_delivery()
    posted(workspace).clear()
    ledger.owe(1, undone_message())
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].error == "message_not_found"
    assert posted(workspace) == []


def test_an_edit_cut_off_is_simply_done_again(workspace: Workspace, ledger: Ledger, run_delivery: Run) -> None:
    run_delivery()
    ledger.owe(1, undone_message())
    workspace.break_once("chat.update", BadMoment(cut="after"))
    assert run_delivery().ids("later") == (1,)
    assert run_delivery().ids("updated") == (1,)
    assert len(posted(workspace)) == 1


def test_an_alert_claimed_by_another_process_is_left_to_it(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.claimed_elsewhere.add(1)
    assert run_delivery().ids("skipped") == (1,)
    assert posted(workspace) == []


def test_a_slack_that_cannot_be_reached_stops_the_run_with_nothing_claimed(ledger: Ledger) -> None:
    report = deliver(ledger, CHANNEL, TOKEN, base_url="http://127.0.0.1:9/api/")
    assert "refused" in report.stopped_by.lower()
    assert ledger.rows[1].unresolved_since is None


def test_a_channel_name_is_refused_for_its_id(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="'#alertes' is not an id"):
        deliver(ledger, "#alertes", TOKEN)
