"""A small Slack on loopback, and an outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from alerts.build_message import build_message
from alerts.deliver import deliver
from alerts.outbox import DeliveryReport
from tests.alerts.ledger import Ledger
from tests.alerts.sample_alerts import alert_content
from tests.alerts.slack_server import CHANNEL, TOKEN, Workspace, run_slack

Run = Callable[..., DeliveryReport]


@pytest.fixture
def workspace() -> Workspace:
    """A Slack with one channel, empty."""
    return Workspace()


@pytest.fixture
def slack_url(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Base URL of that Slack; proxies of the environment are left aside."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with run_slack(workspace) as url:
        yield url


@pytest.fixture
def ledger() -> Ledger:
    """An outbox that owes one alert, number 1."""
    ledger = Ledger()
    ledger.owe(1, build_message(alert_content(alert_id=1)))
    return ledger


@pytest.fixture
def run_delivery(ledger: Ledger, slack_url: str) -> Run:
    """One run of delivery over the ledger."""

    def run(token: str = TOKEN, channel: str = CHANNEL) -> DeliveryReport:
        return deliver(ledger, channel, token, base_url=slack_url)

    return run
