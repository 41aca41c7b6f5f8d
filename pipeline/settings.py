"""Settings: one strict model read from the environment (`VIGIE_*`). README lists them; a test keeps the list true."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from warehouse.location import Location, parse_location

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things lie and how messages leave. Unknown `VIGIE_*` names are an error of `read_settings`."""

    model_config = SettingsConfigDict(env_prefix="VIGIE_", frozen=True, extra="forbid")

    home: Path = Field(default=Path("var"), description="Folder of everything Vigie writes.")
    data_dir: Path | None = Field(
        default=None, description="Staging, archives, Data Docs, previews; `<home>/data`."
    )
    warehouse: str = Field(
        default="", description="A DuckDB file or `ducklake:postgres:...`; `<home>/warehouse.duckdb`."
    )
    platforms: Path | None = Field(default=None, description="Folder of platform files; `charter/platforms`.")
    replay_url: str = Field(
        default="", description="Fetch through this replay server instead of the live sites."
    )
    contact: str = Field(
        default="",
        description="Address or page where a site finds us: part of the user agent, needed to go live.",
    )
    crawl_delay: float = Field(
        default=5.0, ge=0, description="Seconds between two requests to a host; none in a replay."
    )
    confirm_after: float = Field(
        default=15.0, ge=0, description="Minutes before a changed page is fetched again; none in a replay."
    )
    corpus: Path = Field(
        default=Path("../shared"), description="Shared third-party data for tests and benchmarks."
    )
    language: Literal["fr", "en"] = Field(default="fr", description="Language of alerts and reports.")
    slack_token: SecretStr = Field(
        default=SecretStr(""), description="Slack bot token; without it, preview only."
    )
    slack_channel: str = Field(default="", description="Channel of stakeholders (id).")
    slack_url: str = Field(default="", description="Another Slack API address, for tests.")
    port: int = Field(default=8080, description="Port of the Airflow UI on loopback.")
    chromium: Path | None = Field(default=None, description="Chromium to use; else the one on PATH.")

    @property
    def data_folder(self) -> Path:
        """Folder of staging, archives, Data Docs and previews."""
        return (self.data_dir or self.home / "data").resolve()

    @property
    def location(self) -> Location:
        """Where the warehouse is."""
        return parse_location(
            self.warehouse or str((self.home / "warehouse.duckdb").resolve()), self.data_folder
        )


def read_settings() -> Settings:
    """Settings of this process, from the environment.

    Raises:
        ValueError: a `VIGIE_*` variable that is not a setting, or a value of the wrong type; the message names it.
    """
    import os

    known = {f"VIGIE_{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith("VIGIE_") and name not in known)
    if unknown:
        raise ValueError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return Settings()
