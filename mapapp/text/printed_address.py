"""The address of a view as it is printed: in full if it is public, otherwise only its query."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from mapapp.text.messages import words


def public(address: str) -> bool:
    """Return whether an address can be reached by others: an HTTP host that is not local."""
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
    """Return the address, or only its query if it is not public."""
    if public(address):
        return address
    _, mark, query = address.partition("?")
    return f"?{query}" if mark else ""


def whereabouts(address: str) -> str:
    """Return where to find what does not fit on the page; the same in all formats."""
    return words("figure-where-address") if public(address) else words("figure-where-pack")
