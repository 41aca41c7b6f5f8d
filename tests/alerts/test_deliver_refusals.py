"""Delivery when Slack refuses: each failure is recorded, and only a refused token stops the run."""

from __future__ import annotations

import pytest

from alerts.build_message import build_message
from alerts.deliver import deliver
from alerts.model import Message
from alerts.outbox import DeliveryReport
from tests.alerts.conftest import Run
from tests.alerts.ledger import Ledger
from tests.alerts.sample_alerts import alert_content, undone_content
from tests.alerts.slack_server import CHANNEL, TOKEN, BadMoment, Workspace


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


def test_blocks_that_slack_rejects_are_recorded_as_such(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.owe(1, Message("texte", [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]))
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].error == "invalid_blocks"
    assert workspace.messages == []


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
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


def test_a_token_revoked_midway_stops_the_run(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.owe(2, build_message(alert_content(alert_id=2)))
    workspace.break_once("chat.postMessage", BadMoment(error="token_revoked"))
    report = run_delivery()
    assert (report.ids("refused"), report.stopped_by, report.left_count) == ((1,), "token_revoked", 1)
    assert workspace.messages == []


def test_a_message_deleted_by_a_person_is_not_posted_again(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    run_delivery()
    workspace.messages.clear()
    ledger.owe(1, build_message(undone_content()))
    assert run_delivery().ids("refused") == (1,)
    assert ledger.rows[1].error == "message_not_found"
    assert workspace.messages == []


def test_an_edit_cut_off_is_simply_done_again(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    run_delivery()
    ledger.owe(1, build_message(undone_content()))
    workspace.break_once("chat.update", BadMoment(cut="after"))
    assert run_delivery().ids("later") == (1,)
    assert run_delivery().ids("updated") == (1,)
    assert len(workspace.messages) == 1


def test_an_alert_claimed_by_another_process_is_left_to_it(
    workspace: Workspace, ledger: Ledger, run_delivery: Run
) -> None:
    ledger.claimed_elsewhere.add(1)
    assert run_delivery().ids("skipped") == (1,)
    assert workspace.messages == []


def test_a_slack_that_cannot_be_reached_stops_the_run_with_nothing_claimed(ledger: Ledger) -> None:
    report = deliver(ledger, CHANNEL, TOKEN, base_url="http://127.0.0.1:9/api/")
    assert "refused" in report.stopped_by.lower()
    assert ledger.rows[1].unresolved_since is None


def test_a_channel_name_is_refused_for_its_id(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="'#alertes' is not an id"):
        deliver(ledger, "#alertes", TOKEN)
