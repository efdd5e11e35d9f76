"""The folders used where none is given: of the data, and of what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def default_root() -> Path:
    """Return the data folder to use: ``MAPAPP_DATA`` if it is set, else the shipped one."""
    if folder := os.environ.get("MAPAPP_DATA"):
        return Path(folder)
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def cache_folder() -> Path | None:
    """Return the folder of what can be made anew: ``MAPAPP_CACHE``, else one in the user's cache directory.

    ``None`` if there is no home folder.
    """
    if folder := os.environ.get("MAPAPP_CACHE"):
        return Path(folder)
    try:
        return platformdirs.user_cache_path("mapapp")
    except RuntimeError:
        return None
