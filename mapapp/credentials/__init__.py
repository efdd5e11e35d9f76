"""Content credentials (C2PA) in figures: who signed a figure, and which view and data made it."""

from __future__ import annotations

from importlib.util import find_spec

from mapapp.errors import MapappError

VIEW = "alt.mapapp.view"  # label of our assertion; .alt names belong to nobody (RFC 9476)
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
NO_NETWORK = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}


class CredentialsError(MapappError):
    """A figure cannot be signed or checked."""


def require_extra(where: str) -> None:
    """Raise a `CredentialsError` if the packages that sign and check are not installed."""
    if find_spec("c2pa") is None or find_spec("cryptography") is None:
        raise CredentialsError(
            f"{where}: needs the sign extra; install it with: python -m pip install -e '.[sign]'"
        )
