"""What the warehouse raises: a `WarehouseError` that names the file, table or key concerned."""

from __future__ import annotations


class WarehouseError(ValueError):
    """Something asked of the warehouse cannot be done; the message names the file, table, column or key."""


class WarehouseBusy(WarehouseError):
    """Another process kept the warehouse for longer than we were ready to wait; the message names it."""


class MigrationError(WarehouseError):
    """A migration failed, or was edited after it was applied; the message names its file."""


class NothingPublished(WarehouseError):
    """Analysts asked for the published copy before anything was published."""
