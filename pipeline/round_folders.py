"""Where the files of a round lie: one folder per run, in it one for each part."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from crawlers.job import SUFFIX
from pipeline.name_run import folder_name
from pipeline.settings import Settings

# watch: the round itself; confirm: the second fetch of pages whose change would be announced.
Part = Literal["watch", "confirm"]


def round_folder(settings: Settings, run_id: str, part: Part) -> Path:
    """Folder of the job files, manifests and logs of one part of a round."""
    return settings.data_folder / "rounds" / folder_name(run_id) / part


def warc_folder(settings: Settings, platform_id: str) -> Path:
    """Folder of a platform's WARC files."""
    return settings.data_folder / "warc" / platform_id


def list_jobs(folder: Path) -> list[Path]:
    """Job files of one part of a round, by platform."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def source_of(run_id: str, part: Part) -> str:
    """`source_id` of the observations of one part of a round."""
    return f"{folder_name(run_id)}/{part}"
