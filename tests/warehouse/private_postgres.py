"""A Postgres of the tests' own: private data, loopback only, gone at the end."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Postgres refuses to run as root; Debian's packages bring this user.
UNPRIVILEGED = "postgres"


class PostgresMissingError(RuntimeError):
    """Why no Postgres can be started here."""


class Postgres:
    """A running server: `conninfo(database)` is what DuckLake's catalog attaches to."""

    def __init__(self, binaries: Path, port: int, prefix: list[str]) -> None:
        self.binaries, self.port, self.prefix = binaries, port, prefix

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database as a copy of `template` (by default an empty one) and return its conninfo."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "vigie", "-T", template, name)
        return f"host=127.0.0.1 port={self.port} user=vigie dbname={name}"

    def run(self, program: str, *arguments: str) -> None:
        command = [*self.prefix, str(self.binaries / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/", check=False)
        if done.returncode:
            raise PostgresMissingError(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """Start a server in a folder of its own; raises PostgresMissingError with the reason where it cannot."""
    server = Postgres(_find_binaries(), _free_port(), _drop_privileges())
    # Not pytest's tmp_path: only the user who runs the tests may enter it.
    folder = Path(tempfile.mkdtemp(prefix="vigie-postgres-"))
    try:
        if server.prefix:
            shutil.chown(folder, UNPRIVILEGED)
        data = str(folder / "data")
        server.run(
            "initdb", "-D", data, "-U", "vigie", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"
        )
        options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        server.run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", str(folder / "log"))
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_binaries() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for folder in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        if Path(folder, "initdb").is_file():
            return Path(folder)
    raise PostgresMissingError("no Postgres here (initdb is neither on PATH nor under /usr/lib/postgresql)")


def _drop_privileges() -> list[str]:
    if os.geteuid() != 0:
        return []
    # Debian keeps it in /usr/sbin, which a bare PATH does not name.
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    known = subprocess.run(["id", UNPRIVILEGED], capture_output=True, check=False).returncode == 0
    if not runuser or not known:
        raise PostgresMissingError(
            "run as root, and there is no runuser or no user postgres to start it with"
        )
    return [runuser, "-u", UNPRIVILEGED, "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
