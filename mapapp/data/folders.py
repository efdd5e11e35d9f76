"""The folders used where none is given: of the data, and of what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path


def default_root() -> Path:
    """Return the data folder to use: ``MAPAPP_DATA`` if it is set, else the shipped one."""
    if folder := os.environ.get("MAPAPP_DATA"):
        return Path(folder)
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def data_entries(root: Path) -> list[Path]:
    """Return all that is in ``seeds/`` and ``data/`` of a data folder, linked folders included, by path."""
    found: list[Path] = []
    seen: set[Path] = set()
    waiting = [root / "seeds", root / "data"]
    while waiting:
        folder = waiting.pop()
        real = folder.resolve()
        if real in seen or not folder.is_dir():
            continue
        seen.add(real)
        try:
            inside = [*folder.iterdir()]
        except OSError:  # the loader says it
            continue
        found.extend(inside)
        waiting.extend(path for path in inside if path.is_dir())
    return sorted(found)


def cache_folder() -> Path | None:
    """Return the folder of what can be made anew: ``MAPAPP_CACHE``, else one in the user's cache directory.

    ``None`` if there is no home folder.
    """
    if folder := os.environ.get("MAPAPP_CACHE"):
        return Path(folder)
    import platformdirs  # noqa: PLC0415 - checks and figures, which keep nothing, do without it

    try:
        return platformdirs.user_cache_path("mapapp")
    except RuntimeError:
        return None
