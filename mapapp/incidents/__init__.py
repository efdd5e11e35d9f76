"""Incident data next to the article: importing exports, storing them, querying the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapapp.incidents.frame import read

__all__ = ["read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has a type of its own
    """Load `read` when it is first used: geopandas is slow to load."""
    if name == "read":
        from mapapp.incidents.frame import read  # noqa: PLC0415

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
