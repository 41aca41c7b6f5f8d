"""What the data team sees: the launcher over the demo's archive, looked at with a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from plugins.airflow_api import AirflowApi
from plugins.airflow_environment import password_file
from plugins.keep_secrets import read_password
from tests.plugins.launched_airflow import STOP_SECONDS, Launched, free_port

pytestmark = pytest.mark.slow
WATCH = "watch_seller_policies"
ROUND_SECONDS = 300
# Milliseconds: the machine may be busy with the round itself.
PATIENCE = 60_000


@pytest.fixture(scope="module")
def chromium() -> str:
    """Path of a Chromium of this machine."""
    named = os.environ.get("VIGIE_CHROMIUM")
    found = shutil.which(named) if named else shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip(f"no Chromium {f'at {named}' if named else 'on PATH'}: run `make setup-browser`")
    return found


@pytest.fixture(scope="module")
def running(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    """Airflow over the demo's archive, its DAGs unpaused, and so its first round begun."""
    launched = Launched(tmp_path_factory.mktemp("demo"), None, free_port(), "--demo")
    try:
        launched.await_text("  running   ")
        yield launched
    finally:
        if launched.process.poll() is None:
            launched.process.send_signal(signal.SIGTERM)
            launched.process.wait(STOP_SECONDS * 2)


@pytest.fixture(scope="module")
def api(running: Launched) -> AirflowApi:
    client = AirflowApi(f"http://127.0.0.1:{running.port}")
    client.log_in("admin", read_password(password_file(running.home), "admin"))
    return client


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The sandbox needs rights that a container or a root shell does not give.
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, running: Launched, tmp_path: Path) -> Iterator[Page]:
    """A page of somebody who has logged in with the password that the terminal shows; kept as a picture."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{running.port}", viewport={"width": 1440, "height": 1000}
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    shown = re.search(r"password  (\S+)", running.read())
    assert shown
    try:
        page.goto("/")
        page.get_by_label("Username").fill("admin")
        page.get_by_label("Password").fill(shown[1])
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Dags").first.wait_for()
        yield page
    finally:
        # A picture for whoever looks into a failure; a browser that cannot give one proves nothing.
        with suppress(BrowserError):
            page.screenshot(path=tmp_path / "last-seen.png")
        context.close()


def await_round(api: AirflowApi, kind: str) -> dict[str, Any]:
    """The first round that the clock ("scheduled") or a person ("manual") started, once it has ended."""
    deadline = time.monotonic() + ROUND_SECONDS
    while time.monotonic() < deadline:
        runs = api._call("GET", f"/api/v2/dags/{WATCH}/dagRuns?order_by=run_after")["dag_runs"]
        for run in runs:
            if run["run_type"] == kind and run["state"] in {"success", "failed"}:
                return dict(run)
        time.sleep(1)
    raise AssertionError(f"no {kind} round ended within {ROUND_SECONDS} s: {runs}")


def test_over_the_demo_all_but_maintenance_runs_and_nothing_listens_beyond_loopback(
    running: Launched, api: AirflowApi
) -> None:
    paused = {state.dag_id for state in api.list_dags() if state.is_paused}
    assert paused == {"thin_old_captures", "verify_declarations"}
    assert WATCH in {state.dag_id for state in api.list_dags()}
    running.await_process("demo.serve_pages")
    listening = {
        connection.laddr
        for process in [psutil.Process(running.process.pid), *running.look()]
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert len(listening) == 2


def test_the_first_round_begins_with_the_launch_and_names_its_platforms(api: AirflowApi, page: Page) -> None:
    finished = await_round(api, "scheduled")
    assert finished["state"] == "success"
    page.goto(f"/dags/{WATCH}")
    page.get_by_role("link", name="crawl [ ]").first.wait_for()
    page.goto(f"/dags/{WATCH}/runs/{finished['dag_run_id']}/tasks/crawl/mapped")
    expect(page.get_by_role("link", name="Bazar de Brume - 1 document")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r" - \d documents?$"))).to_have_count(11)
    page.get_by_role("link", name="Bazar de Brume - 1 document").click()
    expect(page.get_by_role("heading", name="crawl [Bazar de Brume - 1 document]")).to_be_visible()
    expect(page.get_by_text("Returned value was: {'fetched': 1}")).to_be_visible()


def test_a_dag_and_its_tasks_say_what_they_do_and_where_to_look(page: Page) -> None:
    page.goto(f"/dags/{WATCH}")
    page.get_by_role("button", name="Dag Docs").click()
    docs = page.get_by_role("dialog")
    expect(docs.get_by_role("heading", name="Watch seller policies")).to_be_visible()
    expect(docs.get_by_role("row", name=re.compile("plan_confirmation"))).to_be_visible()
    # Nothing is cut off at the right: the dialog is narrow.
    table, dialog = docs.get_by_role("table").bounding_box(), docs.bounding_box()
    assert table and dialog
    assert table["x"] + table["width"] <= dialog["x"] + dialog["width"]
    page.goto(f"/dags/{WATCH}/tasks/crawl")
    page.get_by_role("button", name="Documentation").click()
    expect(page.get_by_role("dialog").get_by_text("Clear the task to resume")).to_be_visible()


def test_a_round_of_one_platform_is_triggered_with_the_form(api: AirflowApi, page: Page) -> None:
    await_round(api, "scheduled")
    page.goto(f"/dags/{WATCH}")
    page.get_by_role("button", name="Trigger").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Select one or multiple values").click()
    page.get_by_role("option", name="La Halle aux Hiboux").click()
    form.get_by_role("button", name="Trigger").click()
    expect(form).to_be_hidden()
    chosen = await_round(api, "manual")
    assert (chosen["state"], chosen["conf"]) == ("success", {"platforms": ["halle-aux-hiboux"]})
    page.goto(f"/dags/{WATCH}/runs/{chosen['dag_run_id']}/tasks/crawl/mapped")
    expect(page.get_by_role("link", name=re.compile(r" - \d documents?$"))).to_have_count(1)
    expect(page.get_by_role("link", name="La Halle aux Hiboux - 1 document")).to_be_visible()


def test_a_decision_on_quarantine_is_not_sent_without_its_reason(page: Page) -> None:
    page.goto("/dags/release_quarantine")
    page.get_by_role("button", name="Trigger").first.click()
    form = page.get_by_role("dialog")
    expect(form.get_by_text("One a line, as the view quarantine_open lists them")).to_be_visible()
    expect(form.get_by_text("This field is required")).to_have_count(3)
    expect(form.get_by_role("button", name="Trigger")).to_be_disabled()
