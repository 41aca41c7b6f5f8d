"""Read staged rows from a Parquet file without losing digits."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

# pandas would make floats of an integer column with gaps: a 63-bit key loses its last digits, a boolean its
# type.
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}


def read_staged(path: Path) -> pd.DataFrame:
    """The rows of a Parquet file, with nullable integer and boolean columns.

    Raises:
        ValueError: the file is missing or is not Parquet; the message names it.
    """
    try:
        return frame_rows(pq.read_table(path))
    except (OSError, pa.ArrowException) as error:
        raise ValueError(f"staged file {path} cannot be read: {error}") from error


def frame_rows(rows: pa.Table) -> pd.DataFrame:
    """Staged rows as a frame, with nullable integer and boolean columns."""
    frame: pd.DataFrame = rows.to_pandas(types_mapper=_NULLABLE.get)
    return frame
