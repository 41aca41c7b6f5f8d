"""The one error of this room."""

from __future__ import annotations


class CharterError(ValueError):
    """A file of the charter room cannot be used; one problem a line, as `file: key.path: what is wrong`."""
