"""The address of the view as it is printed: one that leads there, or only what the app asks for."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from mapapp.text.messages import words


def public(address: str) -> bool:
    """Return whether others than the one who drew the figure can follow an address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:  # a name
        return True


def printed(address: str) -> str:
    """Return the address, or only its query where nobody else can follow it."""
    if public(address):
        return address
    _, mark, query = address.partition("?")
    return f"?{query}" if mark else ""


def whereabouts(address: str) -> str:
    """Say where to find what has no room on the page: the same in every format, so that all look alike."""
    return words("figure-where-address") if public(address) else words("figure-where-pack")
