"""Settings and secrets of the local deployment, without starting it."""

from __future__ import annotations

import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plugins.airflow_environment import airflow_environment, merge_environment, password_file
from plugins.keep_secrets import generate_jwt_secret, keep_secret, read_password
from plugins.prepare_airflow_home import enter_airflow_home
from plugins.run_airflow_commands import split_commands


def test_everything_airflow_writes_lies_under_vigie_home(tmp_path: Path) -> None:
    home, root = tmp_path / "home", tmp_path / "root"
    environment = airflow_environment(home, root, port=8080)
    for name, value in environment.items():
        if str(tmp_path) in value and name not in {"PYTHONPATH", "AIRFLOW__CORE__DAGS_FOLDER"}:
            assert str(home) in value or "LocalDagBundle" in value, name
    assert json.loads(environment["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"])[0]["kwargs"] == {
        "path": str(root / "dags")
    }


def test_exactly_one_user_exists_and_nobody_is_admin_without_a_password(tmp_path: Path) -> None:
    environment = airflow_environment(tmp_path, tmp_path, port=8080)
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "admin:admin"
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "False"
    assert len(read_password(password_file(tmp_path), "admin")) >= 16


def test_secrets_are_generated_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = airflow_environment(tmp_path, tmp_path, port=None)
    assert len(first["AIRFLOW__API_AUTH__JWT_SECRET"].encode()) >= 64
    assert airflow_environment(tmp_path, tmp_path, port=None) == first
    files = [path for path in (tmp_path / "airflow" / "secrets").iterdir() if path.is_file()]
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "airflow").stat().st_mode) == 0o700


def test_two_deployments_do_not_share_a_secret(tmp_path: Path) -> None:
    secret = "AIRFLOW__API_AUTH__JWT_SECRET"
    one = airflow_environment(tmp_path / "one", tmp_path, port=None)[secret]
    assert one != airflow_environment(tmp_path / "two", tmp_path, port=None)[secret]


def test_processes_that_start_together_read_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with ThreadPoolExecutor(8) as pool:
        read = set(pool.map(lambda _: keep_secret(path, generate_jwt_secret), range(32)))
    assert read == {path.read_text(encoding="utf-8").strip()}
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]


def test_a_secret_readable_by_others_is_narrowed(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("known\n", encoding="utf-8")
    path.chmod(0o644)
    assert keep_secret(path, generate_jwt_secret) == "known"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["", "not json", '{"somebody": "else"}', "[]"])
def test_a_damaged_password_file_is_named_in_the_error(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "passwords.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(ValueError, match=r"passwords\.json"):
        read_password(path, "admin")


def test_an_empty_secret_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    with pytest.raises(ValueError, match="secret is empty"):
        keep_secret(tmp_path / "secret", generate_jwt_secret)


def test_inherited_airflow_settings_do_not_reach_the_deployment() -> None:
    inherited = {
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__API__HOST": "0.0.0.0",
        "AIRFLOW_CONN_SLACK": "kept",
        "PATH": "kept",
    }
    merged = merge_environment(inherited, {"AIRFLOW__CORE__PARALLELISM": "4"})
    assert merged == {"AIRFLOW_CONN_SLACK": "kept", "PATH": "kept", "AIRFLOW__CORE__PARALLELISM": "4"}


def test_loopback_is_never_asked_of_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    environment = airflow_environment(tmp_path, tmp_path, port=8080)
    assert environment["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"


def test_entering_a_home_after_airflow_was_imported_for_another_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "plugins.prepare_airflow_home.prepare_airflow_home",
        lambda home, root: airflow_environment(home, root, port=None),
    )
    monkeypatch.setitem(sys.modules, "airflow", sys)
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "elsewhere"))
    with pytest.raises(RuntimeError, match="imported before"):
        enter_airflow_home(tmp_path, tmp_path)


def test_commands_are_split_at_their_semicolons() -> None:
    words = ["db", "migrate", ";", "pools", "set", "crawl", "2", "two words", ";"]
    assert split_commands(words) == [["db", "migrate"], ["pools", "set", "crawl", "2", "two words"]]
