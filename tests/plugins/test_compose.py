"""docker-compose.yml promises what `make airflow` does: loopback only, one user, no default secret, the same pools."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.prepare_airflow_home import POOLS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"])


def test_every_published_port_is_bound_to_loopback(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_has_a_default_value(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD$|SECRET|_KEY$|CONN", variable):
                assert re.search(r"\$\{\w+:\?", str(value)), f"{name}: {variable}"


def test_nobody_is_admin_without_a_password(services: dict[str, Any]) -> None:
    environment = services["api-server"]["environment"]
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "False"
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "admin:admin"


def test_every_running_service_has_a_health_check(services: dict[str, Any]) -> None:
    running = {name for name, service in services.items() if service.get("restart") != "no"}
    assert running == {"postgres", "api-server", "scheduler", "dag-processor", "triggerer"}
    assert all("healthcheck" in services[name] for name in running)


def test_the_pools_are_those_of_the_launcher(services: dict[str, Any]) -> None:
    script = services["prepare"]["command"][0]
    assert dict(re.findall(r"pools set (\w+) (\d+)", script)) == {
        pool.name: str(pool.slots) for pool in POOLS
    }
