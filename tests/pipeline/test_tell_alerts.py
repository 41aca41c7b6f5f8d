"""From alert rows to people: previews always, Slack once per alert and only for live documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from pipeline.detect_changes import detect_changes
from pipeline.import_history import import_history
from pipeline.settings import Settings
from pipeline.tell_alerts import deliver_alerts, prepare_alerts, preview_alerts, why_preview_only
from tests.alerts.slack_server import CHANNEL, TOKEN, Workspace, run_slack
from tests.pipeline.conftest import TERMS, WriteHistory
from warehouse.connect import open_build

SHORTER = TERMS.replace("30 jours", "15 jours")


@pytest.fixture
def workspace() -> Workspace:
    """A Slack with one channel, empty."""
    return Workspace()


@pytest.fixture
def connected(home: Settings, workspace: Workspace) -> Iterator[Settings]:
    """Settings that post to the local Slack."""
    with run_slack(workspace) as url:
        yield home.model_copy(
            update={"slack_token": SecretStr(TOKEN), "slack_channel": CHANNEL, "slack_url": url}
        )


def record(home: Settings, write_history: WriteHistory, texts: list[str | bytes], *, origin: str) -> None:
    """Record texts as a history, as if crawled when `origin` is live."""
    import_history(home, str(write_history({"Bazar d'Essai": texts})), f"import {len(texts)}")
    with open_build(home.location, "set the origin") as con:
        con.execute("UPDATE document SET origin = ?", [origin])
    detect_changes(home, f"judge {len(texts)}")


def test_an_imported_alert_is_previewed_and_never_sent(
    connected: Settings, workspace: Workspace, write_history: WriteHistory
) -> None:
    record(connected, write_history, [TERMS, SHORTER], origin="ota:demo-history")
    index = preview_alerts(connected)
    (alert,) = prepare_alerts(connected)
    assert str(alert.content.alert_id) in index.read_text(encoding="utf-8")
    report = deliver_alerts(connected)
    assert report is not None
    assert report.deliveries == ()
    assert workspace.messages == []


def test_a_message_says_commitment_before_after_and_who_signed(
    home: Settings, write_history: WriteHistory
) -> None:
    record(home, write_history, [TERMS, SHORTER], origin="ota:demo-history")
    (alert,) = prepare_alerts(home)
    told = str(alert.message.payload)
    for expected in ("30", "15 jours", "Notification, motivation et délais", "charte", "2019/1150"):
        assert expected in told
    for forbidden in ("violation", "infraction", "non-respect"):
        assert forbidden not in told.lower()


def test_a_live_alert_is_posted_once_and_edited_when_it_is_undone(
    connected: Settings, workspace: Workspace, write_history: WriteHistory
) -> None:
    record(connected, write_history, [TERMS, SHORTER, SHORTER], origin="live")
    first, again = deliver_alerts(connected), deliver_alerts(connected)
    assert first is not None
    assert again is not None
    assert len(first.ids("posted")) == 1
    assert again.deliveries == ()
    with open_build(connected.location, "as imported") as con:
        con.execute("UPDATE document SET origin = 'ota:demo-history'")
    record(connected, write_history, [TERMS, SHORTER, SHORTER, TERMS], origin="live")
    edited = deliver_alerts(connected)
    assert edited is not None
    assert len(edited.ids("updated")) == 1
    (message,) = workspace.messages
    assert "Annulé" in str(message)


def test_a_live_change_that_no_second_fetch_confirmed_is_not_sent(
    connected: Settings, workspace: Workspace, write_history: WriteHistory
) -> None:
    record(connected, write_history, [TERMS, SHORTER], origin="live")
    report = deliver_alerts(connected)
    assert report is not None
    assert report.deliveries == ()
    assert workspace.messages == []


def test_what_a_replay_showed_is_not_posted_to_a_real_workspace(connected: Settings) -> None:
    replayed = connected.model_copy(update={"replay_url": "http://127.0.0.1:1", "slack_url": ""})
    assert deliver_alerts(replayed) is None
    assert "VIGIE_REPLAY_URL" in why_preview_only(replayed)


def test_a_change_undone_before_anybody_was_told_stays_untold(
    connected: Settings, workspace: Workspace, write_history: WriteHistory
) -> None:
    record(connected, write_history, [TERMS, SHORTER, SHORTER, TERMS], origin="live")
    report = deliver_alerts(connected)
    assert report is not None
    assert report.deliveries == ()
    assert workspace.messages == []


def test_without_a_token_nothing_is_sent_and_without_a_channel_it_is_an_error(home: Settings) -> None:
    assert deliver_alerts(home) is None
    with pytest.raises(ValueError, match="VIGIE_SLACK_CHANNEL"):
        deliver_alerts(home.model_copy(update={"slack_token": SecretStr("xoxb-1")}))
