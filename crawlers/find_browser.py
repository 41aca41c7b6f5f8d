"""The browser of this machine: the one that is named, or the one on PATH. None is ever downloaded."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_browser(named: str) -> str | None:
    """Path of a Chromium, None where there is none. One that is `named` is not replaced by another."""
    for candidate in (named,) if named else NAMES:
        if found := shutil.which(candidate):
            return found
    return None


def say_missing(named: str) -> str:
    """Why no page can be rendered, and what to do about it."""
    where = f"VIGIE_CHROMIUM names {named}, which cannot be run" if named else "there is no Chromium on PATH"
    return f"{where}: install one with `make setup-browser`, or name one in VIGIE_CHROMIUM"
