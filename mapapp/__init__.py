"""Turns a news article into an interactive map with a source for every mark.

In Python, begin with `load`. ``streamlit run mapapp/app.py`` starts the app; ``mapapp`` is the command line.
Each name is loaded when it is first used, so the import itself is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapapp import incidents
    from mapapp.api import Atlas, View, ViewError, load
    from mapapp.errors import DataError

__all__ = ["Atlas", "DataError", "View", "ViewError", "incidents", "load"]
_HOMES = {"DataError": "mapapp.errors"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has a type of its own
    """Load a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "incidents":
        return import_module("mapapp.incidents")
    return getattr(import_module(_HOMES.get(name, "mapapp.api")), name)
