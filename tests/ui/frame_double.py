"""Replaces the map's frame in tests without a browser."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mapapp.ui import map_component

PAGE = str(Path(map_component.__file__).resolve().with_name("page.py"))


class Frame:
    """Stands for the map: remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[SimpleNamespace] = []

    def __call__(self, **arguments: Any) -> None:
        """Take what the frame would be told."""
        self.given.append(SimpleNamespace(**arguments | {"html": arguments["header"] + arguments["script"]}))

    @property
    def last(self) -> SimpleNamespace:
        """What it was last given."""
        return self.given[-1]
