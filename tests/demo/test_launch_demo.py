"""The environment in which the demo starts: its own home, and nobody's Slack."""

from __future__ import annotations

from pathlib import Path

from cli.launch_demo import demo_environment

INHERITED = {
    "PATH": "here",
    "AIRFLOW__CORE__PARALLELISM": "64",
    "VIGIE_SLACK_TOKEN": "a-token",
    "VIGIE_DATA_DIR": "elsewhere",
    "VIGIE_WAREHOUSE": "elsewhere.duckdb",
}
HOME = Path("/a-home")


def test_the_demo_posts_nothing_and_writes_into_its_own_home() -> None:
    environment = demo_environment(INHERITED, {"AIRFLOW_HOME": "airflow"}, HOME, is_demo=True)
    assert environment["VIGIE_SLACK_TOKEN"] == ""
    assert environment["VIGIE_DATA_DIR"] == str(HOME / "data")
    assert environment["VIGIE_WAREHOUSE"] == ""
    assert environment["VIGIE_PLATFORMS"].endswith("demo/platforms")


def test_a_history_keeps_the_users_settings_but_for_airflow_and_the_warehouse() -> None:
    environment = demo_environment(INHERITED, {"AIRFLOW_HOME": "airflow"}, HOME, is_demo=False)
    assert environment == {
        "PATH": "here",
        "AIRFLOW_HOME": "airflow",
        "VIGIE_SLACK_TOKEN": "a-token",
        "VIGIE_DATA_DIR": "elsewhere",
        "VIGIE_HOME": str(HOME),
        "VIGIE_WAREHOUSE": "",
        "GX_ANALYTICS_ENABLED": "false",
    }
