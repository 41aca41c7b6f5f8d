"""Delivery against a small Slack: each alert once, edited in place, failures recorded one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alerts.build_message import build_message
from alerts.outbox import DeliveryReport
from tests.alerts.conftest import Run
from tests.alerts.ledger import CrashError, Ledger
from tests.alerts.sample_alerts import alert_content, undone_content
from tests.alerts.slack_server import BadMoment, Workspace


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses that slack-sdk took for rate limits, taken in no time."""
    taken: list[float] = []
    monkeypatch.setattr("slack_sdk.http_retry.builtin_handlers.time.sleep", taken.append)
    return taken


def test_an_alert_is_posted_with_its_blocks_and_found_again_by_its_metadata(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    message = ledger.rows[1].message
    assert run_delivery().ids("posted") == (1,)
    [stored] = workspace.messages
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
    first_ts = workspace.messages[0]["ts"]
    ledger.owe(1, build_message(undone_content()))
    assert run_delivery().ids("updated") == (1,)
    [stored] = workspace.messages
    assert stored["ts"] == first_ts
    assert stored["edits"] == 1
    assert "Annulé le 9 mars 2024" in stored["text"]


def test_a_crash_between_post_and_record_leaves_one_message(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    assert len(workspace.messages) == 1
    assert run_delivery().ids("recovered") == (1,)
    assert len(workspace.messages) == 1
    assert ledger.rows[1].message_ts == workspace.messages[0]["ts"]


def test_a_crash_before_the_post_still_gets_the_alert_out(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "network"
    with pytest.raises(CrashError):
        run_delivery()
    assert workspace.messages == []
    assert run_delivery().ids("posted") == (1,)
    assert len(workspace.messages) == 1


def test_a_message_recovered_after_its_state_changed_is_brought_up_to_date(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    ledger.owe(1, build_message(undone_content()))
    assert run_delivery().ids("recovered") == (1,)
    [stored] = workspace.messages
    assert "Annulé" in stored["text"]
    assert ledger.rows[1].sent_hash == build_message(undone_content()).payload_hash


def test_a_recovered_message_that_cannot_be_edited_is_not_posted_again(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    ledger.owe(1, build_message(undone_content()))
    workspace.break_once("chat.update", BadMoment(error="edit_window_closed"))
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].message_ts == workspace.messages[0]["ts"]
    ledger.owe(1, build_message(alert_content(alert_id=1, document_title="Autre titre")))
    assert run_delivery().ids("updated") == (1,)
    assert len(workspace.messages) == 1


def test_a_lost_message_is_found_behind_many_others(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.crash_before = "mark_sent"
    with pytest.raises(CrashError):
        run_delivery()
    first = float(workspace.messages[0]["ts"])
    for number in range(1, 8):
        workspace.messages.append({"ts": f"{first + number:.6f}", "bot_id": "B0OTHER001", "text": "bonjour"})
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
    workspace.messages.append({"ts": now, "bot_id": "B0OTHER001", "metadata": metadata, "edits": 0})
    assert run_delivery().ids("posted") == (1,)


def test_a_connection_cut_after_slack_took_the_post_is_settled_in_the_same_run(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(cut="after"))
    assert run_delivery().ids("recovered") == (1,)
    assert len(workspace.messages) == 1
    assert workspace.calls.count("chat.postMessage") == 1
    assert run_delivery() == DeliveryReport()


def test_a_connection_cut_before_the_post_is_settled_in_the_next_run(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(cut="before"))
    assert run_delivery().ids("unknown") == (1,)
    assert workspace.messages == []
    assert run_delivery().ids("posted") == (1,)
    assert len(workspace.messages) == 1


def test_a_server_error_is_in_doubt_and_tried_again_without_a_duplicate(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(status=500))
    report = run_delivery()
    assert [(failure.action, failure.error) for failure in report.failures] == [("unknown", "internal_error")]
    assert run_delivery().ids("posted") == (1,)
    assert len(workspace.messages) == 1


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
    assert len(workspace.messages) == 2
    assert run_delivery().ids("recovered") == (1,)


def test_a_rate_limit_is_waited_out_as_long_as_slack_says(
    workspace: Workspace, run_delivery: Run, waits: list[float]
) -> None:
    workspace.break_once("chat.postMessage", BadMoment(429, "ratelimited", retry_after=30))
    assert run_delivery().ids("posted") == (1,)
    assert len(workspace.messages) == 1
    assert [30 <= wait < 32 for wait in waits] == [True]


def test_several_alerts_pass_a_channel_that_takes_one_message_a_second(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    workspace.one_a_second = True
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    assert run_delivery().ids("posted") == (1, 2)
    assert len(workspace.messages) == 2
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
