"""A free port on loopback."""

from __future__ import annotations

import socket
from typing import Final

LOOPBACK: Final = "127.0.0.1"
PORTS_TRIED: Final = 20


class NoFreePort(RuntimeError):
    """Every port that was tried is in use; the message names them."""


def choose_port(preferred: int, *, is_required: bool = False) -> int:
    """A free port on loopback: `preferred`, or the next free one unless it is required.

    Raises NoFreePort when the required port, or every port tried, is in use.
    """
    candidates = [preferred] if is_required else range(preferred, preferred + PORTS_TRIED)
    for port in candidates:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As the server does: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    if is_required:
        raise NoFreePort(f"port {preferred} on {LOOPBACK} is in use: free it or set VIGIE_PORT to another")
    raise NoFreePort(f"ports {preferred}-{preferred + PORTS_TRIED - 1} on {LOOPBACK} are in use: free one")


def is_answering(port: int) -> bool:
    """Whether something accepts connections on a port of loopback."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
