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

    def __call__(self, webmap: Any, **options: Any) -> None:
        """Take the map."""
        self.given.append(SimpleNamespace(html=webmap.get_root().render(), **options))

    @property
    def last(self) -> SimpleNamespace:
        """What it was last given."""
        return self.given[-1]


def script_of(group: Any) -> str:
    """Return what a later run tells the living map to do."""
    calls = (child for child in group._children.values() if isinstance(child, map_component._Call))  # noqa: SLF001
    return "".join(call._template.module.script(call, {}) for call in calls)  # noqa: SLF001
