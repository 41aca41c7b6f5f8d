"""Attach DuckLake with a Postgres catalog, with the extensions that came as wheels."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.location import DUCKLAKE_PREFIX, Location, mask_password
from warehouse.quote import quote_text

EXTENSIONS = ("postgres_scanner", "ducklake")


def attach_lake(con: duckdb.DuckDBPyConnection, location: Location, *, is_read_only: bool = False) -> None:
    """Attach the lake of `location` as `vigie` and make it the current database.

    Raises WarehouseError when an extension wheel is missing or the catalog cannot be reached.
    """
    for name in EXTENSIONS:
        con.execute(f"LOAD {quote_text(str(_find_extension(name)))}")
    options = ["READ_ONLY"] if is_read_only else []
    if not is_read_only:
        location.lake_dir.mkdir(parents=True, exist_ok=True)
        options.append(f"DATA_PATH {quote_text(str(location.lake_dir))}")
    target = quote_text(DUCKLAKE_PREFIX + location.catalog)
    try:
        con.execute(f"ATTACH {target} AS vigie ({', '.join(options)})")
    except duckdb.Error as error:
        raise WarehouseError(f"{location} cannot be attached: {mask_password(str(error))}") from None
    con.execute("USE vigie")


def _find_extension(name: str) -> Path:
    """File of an extension, for exactly the DuckDB that runs: another version's is refused by DuckDB."""
    package = f"duckdb_extension_{name}"
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder, "extensions", f"v{duckdb.__version__}", f"{name}.duckdb_extension")
        if file.is_file():
            return file
    wheel = package.replace("_", "-")
    raise WarehouseError(f"DuckLake needs the wheel {wheel}=={duckdb.__version__}, which is not installed")
