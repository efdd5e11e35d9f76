"""The address of this machine that no other machine can reach."""

from __future__ import annotations

import socket


def loopback() -> str:
    """Return ``127.0.0.1``, or ``::1`` on a machine that has only IPv6."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        try:
            tried.bind(("127.0.0.1", 0))
        except OSError:
            return "::1"
    return "127.0.0.1"
