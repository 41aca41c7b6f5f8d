"""Surrogate keys: what DuckDB files and DuckLake both accept in place of sequences and primary keys."""

from __future__ import annotations

from hashlib import blake2b


def key_of(*parts: str | int) -> int:
    """63-bit non-negative key of a natural key, equal on every machine and in every run.

    Each part is hashed with its type and its length, so ("ab", "c") and ("a", "bc"), or 1 and "1", get
    different keys. With n rows in a table the chance of any collision is about n^2 / 2^64 (5e-8 for a
    million rows); a table's uniqueness expectation would show it.

    Raises TypeError on a part that is neither text nor integer (None, a date): how to write it is the
    caller's decision.
    """
    digest = blake2b(digest_size=8)
    for part in parts:
        if isinstance(part, str):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(b"s%d:" % len(data))
            digest.update(data)
        elif isinstance(part, int):
            digest.update(b"i%d:" % part)
        else:
            raise TypeError(f"a key part must be text or an integer, not {type(part).__name__}: {part!r}")
    return int.from_bytes(digest.digest(), "big") >> 1
