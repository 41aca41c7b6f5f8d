"""Where the warehouse lies: a DuckDB file with its published copy, or DuckLake with a Postgres catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import WarehouseError

DUCKLAKE_PREFIX = "ducklake:postgres:"
PUBLISHED_SUFFIX = ".published.duckdb"


@dataclass(frozen=True, slots=True)
class Location:
    """Paths of a warehouse: either `build_path` (a DuckDB file) or `catalog` (a Postgres conninfo) is set."""

    data_dir: Path
    build_path: Path | None = None
    catalog: str = ""

    @property
    def is_ducklake(self) -> bool:
        """Whether this is DuckLake rather than a DuckDB file."""
        return self.build_path is None

    @property
    def published_path(self) -> Path | None:
        """The copy that analysts open, beside the build file; None on DuckLake: no copy is needed there."""
        return self.build_path and self.build_path.with_name(self.build_path.stem + PUBLISHED_SUFFIX)

    @property
    def lake_dir(self) -> Path:
        """Where DuckLake keeps its Parquet files."""
        return self.data_dir / "lake"

    @property
    def lock_path(self) -> Path:
        """The file whose lock means "I am writing"; its holder is described beside it."""
        return _beside(self.build_path, ".lock") if self.build_path else self.data_dir / "ducklake.lock"

    @property
    def holder_path(self) -> Path:
        """The file that says who holds the lock."""
        return _beside(self.lock_path, ".holder.json")

    def __str__(self) -> str:
        """Fit for messages: a password in the conninfo is masked."""
        return str(self.build_path) if self.build_path else DUCKLAKE_PREFIX + mask_password(self.catalog)

    def __repr__(self) -> str:
        return f"Location({self})"


def parse_location(text: str, data_dir: Path) -> Location:
    """Read the setting VIGIE_WAREHOUSE: a path that ends in .duckdb, or "ducklake:postgres:<conninfo>".

    Raises WarehouseError on anything else, a published copy included: it is made from the build file.
    """
    text = text.strip()
    if text.startswith("ducklake:"):
        return _parse_ducklake(text, data_dir)
    if text.endswith(PUBLISHED_SUFFIX):
        raise WarehouseError(
            f"VIGIE_WAREHOUSE: {text} is a published copy; give the build file it comes from"
        )
    if "://" in text or not text.endswith(".duckdb"):
        raise WarehouseError(
            f"VIGIE_WAREHOUSE: expected a path ending in .duckdb or {DUCKLAKE_PREFIX}<conninfo>, "
            f"got {mask_password(text)!r}"
        )
    path = Path(text).expanduser().absolute()
    if path.is_dir():
        raise WarehouseError(f"VIGIE_WAREHOUSE: {path} is a folder, expected a DuckDB file")
    return Location(data_dir=data_dir.absolute(), build_path=path)


def mask_password(conninfo: str) -> str:
    """The conninfo or URL with its password replaced by stars."""
    masked = re.sub(r"(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)", r"\1***", conninfo)
    return re.sub(r"(://[^:/@\s]+:)[^@\s]*@", r"\1***@", masked)


def _parse_ducklake(text: str, data_dir: Path) -> Location:
    conninfo = text.removeprefix(DUCKLAKE_PREFIX).strip()
    if not text.startswith(DUCKLAKE_PREFIX) or not conninfo:
        # A SQLite or DuckDB catalog locks up with several writers (measured), so Postgres is the only one.
        raise WarehouseError(
            f"VIGIE_WAREHOUSE: expected {DUCKLAKE_PREFIX}<conninfo>, got {mask_password(text)!r}"
        )
    return Location(data_dir=data_dir.absolute(), catalog=conninfo)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
