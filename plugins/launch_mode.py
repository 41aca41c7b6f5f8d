"""The three ways to launch: over the demo's archive, over the real sites, or over what the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.settings import ROOT, Settings
from plugins.choose_port import LOOPBACK, choose_port
from plugins.run_components import Component
from plugins.unpause_dags import Unpauses

# The same at every launch where it is free: the job files of unfinished rounds hold the address.
REPLAY_PORT: Final = 8765


class LaunchRefused(ValueError):
    """The settings do not allow the launch that was asked for; the message says which to change."""


@dataclass(frozen=True, slots=True)
class LaunchMode:
    """What a launch runs over.

    `environment` is set for every component, over the inherited one. `unpauses` tells which DAGs are unpaused when they
    are first seen: all but maintenance; those without a clock (unpausing a cron DAG starts a run at once); or none.
    """

    home: Path
    unpauses: Unpauses
    environment: Mapping[str, str] = field(default_factory=dict)
    servers: tuple[Component, ...] = ()


def over_settings(settings: Settings) -> LaunchMode:
    """The home and platforms that the settings name. No clock starts by itself."""
    return LaunchMode(settings.home, "without clock")


def over_demo(settings: Settings) -> LaunchMode:
    """The demo's platforms, fetched from its archive: nothing leaves the machine, so rounds may begin at once.

    The home is `var/demo` unless one is named.
    """
    home = settings.home if "home" in settings.model_fields_set else ROOT / "var" / "demo"
    port = choose_port(REPLAY_PORT)
    return LaunchMode(
        home,
        "all but maintenance",
        {
            "VIGIE_PLATFORMS": str(ROOT / "demo" / "platforms"),
            "VIGIE_REPLAY_URL": f"http://{LOOPBACK}:{port}/latest",
            # Invented changes belong into no other warehouse and in nobody's Slack.
            "VIGIE_DATA_DIR": str(home.resolve() / "data"),
            "VIGIE_WAREHOUSE": "",
            "VIGIE_SLACK_TOKEN": "",
        },
        # Run by name: this room may not import that one.
        (Component("replay-server", ("-m", "demo.serve_pages", "--port", str(port)), port),),
    )


def over_real_sites(settings: Settings) -> LaunchMode:
    """The real sites. Nothing runs before a person unpauses it.

    Raises:
        LaunchRefused: sites could not find out who asks, or a replay server stands in for them.
    """
    if not settings.contact:
        raise LaunchRefused(
            "VIGIE_CONTACT is not set: give the e-mail address or web page where a site finds out who fetches its pages"
        )
    if settings.replay_url:
        raise LaunchRefused("VIGIE_REPLAY_URL is set: unset it to fetch from the real sites")
    return LaunchMode(settings.home, "none")
