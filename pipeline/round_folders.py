"""Where the files of a round lie: one folder per run, in it one for each part."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from crawlers.job import SUFFIX, Job
from pipeline.name_run import folder_name
from pipeline.settings import Settings
from pipeline.staging import write_text

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


def write_job(file: Path, job: Job) -> None:
    """Write a job file, atomically, in the spelling that `crawlers.job.read_job` reads."""
    write_text(file, job.model_dump_json(by_alias=True, exclude_none=True, indent=1))


def source_of(run_id: str, part: Part) -> str:
    """`source_id` of the observations of one part of a round."""
    return f"{folder_name(run_id)}/{part}"
