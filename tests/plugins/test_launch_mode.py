"""What a launch runs over: the demo's archive, the real sites, or what the settings name."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from pipeline.settings import ROOT, Settings
from plugins.launch_mode import LaunchRefused, over_demo, over_real_sites, over_settings


def test_the_demo_asks_only_a_server_on_loopback_for_pages(tmp_path: Path) -> None:
    mode = over_demo(Settings(home=tmp_path))
    (server,) = mode.servers
    assert mode.environment["VIGIE_REPLAY_URL"] == f"http://127.0.0.1:{server.port}/latest"
    assert server.arguments == ("-m", "demo.serve_pages", "--port", str(server.port))
    assert mode.unpauses == "all but maintenance"


def test_the_demo_writes_to_its_own_home_and_tells_nobody(tmp_path: Path) -> None:
    mode = over_demo(
        Settings(
            home=tmp_path,
            data_dir=Path("elsewhere"),
            warehouse="ducklake:postgres:dbname=real",
            slack_token="xoxb-real",
        )
    )
    settings = Settings(home=mode.home, **{k[6:].lower(): v for k, v in mode.environment.items()})
    assert settings.location.build_path == tmp_path / "warehouse.duckdb"
    assert settings.data_folder == tmp_path / "data"
    assert settings.platforms == ROOT / "demo" / "platforms"
    assert not settings.slack_token.get_secret_value()


def test_the_demo_has_a_home_of_its_own_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIGIE_HOME", raising=False)
    assert over_demo(Settings()).home == ROOT / "var" / "demo"


def test_the_demo_takes_another_port_when_its_own_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr("plugins.launch_mode.REPLAY_PORT", taken.getsockname()[1])
        (server,) = over_demo(Settings(home=tmp_path)).servers
        assert server.port != taken.getsockname()[1]


def test_real_sites_are_fetched_only_with_a_contact_and_after_somebody_unpaused(tmp_path: Path) -> None:
    with pytest.raises(LaunchRefused, match="VIGIE_CONTACT"):
        over_real_sites(Settings(home=tmp_path))
    mode = over_real_sites(Settings(home=tmp_path, contact="watch@vigie.example"))
    assert (mode.home, mode.unpauses, mode.servers) == (tmp_path, "none", ())


def test_a_home_that_is_named_keeps_its_settings_and_its_clocks_wait(tmp_path: Path) -> None:
    mode = over_settings(Settings(home=tmp_path))
    assert (mode.home, mode.unpauses, dict(mode.environment)) == (tmp_path, "without clock", {})


@pytest.mark.parametrize(
    ("settings", "option"),
    [
        ({}, "--demo"),
        ({"LIVE": "1"}, "--live"),
        ({"LIVE": "1", "VIGIE_HOME": "elsewhere"}, "--live"),
        ({"VIGIE_HOME": "elsewhere"}, ""),
        ({"VIGIE_PLATFORMS": "elsewhere"}, ""),
        ({"VIGIE_REPLAY_URL": "http://127.0.0.1:9/latest"}, ""),
    ],
    ids=lambda value: "+".join(value) or "nothing set" if isinstance(value, dict) else "",
)
def test_make_airflow_launches_what_its_user_named(settings: dict[str, str], option: str) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "LIVE"))}
    done = subprocess.run(
        ["make", "--dry-run", "airflow"],
        cwd=ROOT,
        env={**inherited, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    command = done.stdout.splitlines()[-1].split()
    assert command[-1] == (option or "plugins.launch_airflow")
