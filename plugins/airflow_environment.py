"""Settings of a development deployment of Airflow that is reachable from this machine only.

Everything lives in VIGIE_HOME/airflow: metadata (SQLite), secrets, logs. Settings travel as environment
variables, which win over any airflow.cfg, so the deployment is the same on every machine and nothing is
edited by hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from plugins.choose_port import LOOPBACK
from plugins.keep_secrets import (
    OWNER_ONLY_FOLDER,
    generate_fernet_key,
    generate_jwt_secret,
    generate_password_file,
    keep_secret,
)

ADMIN: Final = "admin"
BUNDLE: Final = "vigie"
_SETTING = "AIRFLOW__"


def airflow_home(home: Path) -> Path:
    """AIRFLOW_HOME of the deployment that belongs to VIGIE_HOME `home`; absolute."""
    return home.resolve() / "airflow"


def password_file(home: Path) -> Path:
    """File that holds the generated password of the one user, `admin`."""
    return airflow_home(home) / "secrets" / "passwords.json"


def logs_folder(home: Path) -> Path:
    """Folder of the components' logs (`<component>.log`) and of the tasks' logs."""
    return airflow_home(home) / "logs"


def airflow_environment(home: Path, root: Path, *, port: int | None) -> dict[str, str]:
    """Environment variables of the deployment under VIGIE_HOME `home` for the project at `root`.

    `port` is the API server's; None for `dag.test()`, which needs no server. Secrets are generated at the
    first call and read back afterwards. Raises ValueError when a secret's file was damaged.
    """
    airflow = airflow_home(home)
    airflow.mkdir(parents=True, exist_ok=True)
    # Airflow writes its database and configuration readable by everybody: the folder keeps others out.
    airflow.chmod(OWNER_ONLY_FOLDER)
    return {
        "AIRFLOW_HOME": str(airflow),
        "AIRFLOW_CONFIG": str(airflow / "airflow.cfg"),
        "PYTHONPATH": str(root.resolve()),
        # Absolute, so that a task finds the same state whatever its working directory is.
        "VIGIE_HOME": str(home.resolve()),
        "NO_PROXY": _bypass_proxy(os.environ.get("NO_PROXY") or os.environ.get("no_proxy", "")),
        **_core(airflow),
        **_dag_processor(airflow, root.resolve() / "dags"),
        **_logging(airflow),
        **_secrets(home),
        **(_api(port) if port is not None else {}),
    }


def merge_environment(base: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """`base` with `ours` over it and without any other AIRFLOW__ setting.

    An inherited setting (all-admins, another executor, another host) must not reach a deployment that
    promises one user and loopback only.
    """
    kept = {name: value for name, value in base.items() if not name.startswith(_SETTING)}
    kept.pop("no_proxy", None)
    return {**kept, **ours}


def _core(airflow: Path) -> dict[str, str]:
    return {
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        # Not the `plugins` room: Airflow would import each of its files, the launcher too, as a plugin.
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(airflow / "plugins"),
        # The default asks the name server, which a laptop off the network does not have.
        "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "AIRFLOW__CORE__AUTH_MANAGER": (
            "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow / 'airflow.db'}",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": LOOPBACK,
    }


def _dag_processor(airflow: Path, dags: Path) -> dict[str, str]:
    bundle = {
        "name": BUNDLE,
        "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle",
        "kwargs": {"path": str(dags)},
    }
    return {
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps([bundle]),
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(airflow / "bundles"),
        # Seconds until a new file is seen; the default, 300, is long for somebody who is writing one.
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "15",
    }


def _logging(airflow: Path) -> dict[str, str]:
    return {
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(airflow / "logs"),
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(
            airflow / "logs" / "dag_processor"
        ),
        "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    }


def _secrets(home: Path) -> dict[str, str]:
    folder = airflow_home(home) / "secrets"
    passwords = password_file(home)
    keep_secret(passwords, lambda: generate_password_file(ADMIN))
    return {
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__CORE__FERNET_KEY": keep_secret(folder / "fernet_key", generate_fernet_key),
        "AIRFLOW__API__SECRET_KEY": keep_secret(folder / "session_key", generate_jwt_secret),
        "AIRFLOW__API_AUTH__JWT_SECRET": keep_secret(folder / "jwt_secret", generate_jwt_secret),
    }


def _api(port: int) -> dict[str, str]:
    url = f"http://{LOOPBACK}:{port}"
    return {
        "AIRFLOW__API__HOST": LOOPBACK,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
    }


def _bypass_proxy(inherited: str) -> str:
    """NO_PROXY with loopback in it: tasks reach the API server over HTTP and must not ask a proxy for it."""
    names = [name for name in inherited.split(",") if name.strip()]
    return ",".join([*names, *(name for name in (LOOPBACK, "localhost") if name not in names)])
