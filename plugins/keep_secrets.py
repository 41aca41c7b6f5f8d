"""Secrets of the local deployment: generated once, kept in files that only their owner can read."""

from __future__ import annotations

import base64
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

OWNER_ONLY_FILE = 0o600
OWNER_ONLY_FOLDER = 0o700


def keep_secret(path: Path, generate: Callable[[], str]) -> str:
    """Return the text of `path`; the first call writes what `generate` returns, mode 0600.

    Two processes that start together agree: the file appears whole under its final name or not at all, and
    the one that comes second reads the first one's. A file found with wider permissions is narrowed.

    Raises ValueError, naming the file, when it exists but is empty.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    if not path.exists():
        _write_once(path, generate())
    path.chmod(OWNER_ONLY_FILE)
    secret = path.read_text(encoding="utf-8").strip()
    if not secret:
        raise ValueError(f"{path} is empty: delete it and a new secret will be generated")
    return secret


def _write_once(path: Path, secret: str) -> None:
    descriptor, draft = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}."
    )  # Mode 0600 from the start.
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(secret + "\n")
    try:
        # A hard link fails where the name exists, so the first writer wins; with a rename the last would.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def generate_jwt_secret() -> str:
    """86 URL-safe characters (64 random bytes): HS512 wants a key of 64 bytes or more."""
    return secrets.token_urlsafe(64)


def generate_fernet_key() -> str:
    """A Fernet key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


def generate_password_file(user: str) -> str:
    """The JSON that Airflow's simple auth manager reads, with one new password for `user`."""
    return json.dumps({user: secrets.token_urlsafe(15)})


def read_password(path: Path, user: str) -> str:
    """Password of `user` in the simple auth manager's file.

    Raises ValueError, naming the file, when it is not JSON or does not hold that user.
    """
    try:
        password = json.loads(path.read_text(encoding="utf-8"))[user]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no password for {user!r}: delete it to get a new one") from error
    return str(password)
