"""Who may show the app in a frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapapp.errors import MapappError, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable

EMBED_ON = "MAPAPP_EMBED_ON"  # environment variable with the origins, separated by spaces
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


class EmbeddingError(MapappError):
    """What is given is no origin."""


def origins(given: Iterable[str]) -> tuple[str, ...]:
    """Return the origins as a content security policy takes them.

    Raises
    ------
    EmbeddingError
        If one is not an origin: a scheme, a host and perhaps a port.
    """
    found = []
    for one in given:
        origin = one.lower().removesuffix("/")
        if not _ORIGIN.fullmatch(origin):
            raise EmbeddingError(
                f"--embed-on: not the address of a site (got {short_repr(one)}); give its scheme and host, "
                "like https://example.org"
            )
        found.append(origin)
    return tuple(found)
