"""Writes values as YAML or JSON, in the style of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mapapp.authoring.scalars import write_folded, write_literal, write_number, write_scalar
from mapapp.authoring.style import EACH

if TYPE_CHECKING:
    from mapapp.authoring.style import Path, Style

STEP = 2  # spaces by which a nested mapping is indented
APART = {("events",)}  # lists whose items have blank lines between them, if nothing else is known
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_-]*")


class Writer:
    """Writes values at paths of a text.

    Parameters
    ----------
    style
        How the text is written.
    """

    def __init__(self, style: Style) -> None:
        self._style = style

    def key(self, key: str) -> str:
        """Return a key, quoted only where it must be."""
        if not self._style.json and _WORD.fullmatch(key):
            return key  # on and no, too: keys are read as they are written
        return write_scalar(key, '"')

    def flow(self, value: Any, path: Path, style: str | None = None) -> str:
        """Return a value on one line, as it is written in brackets."""
        if isinstance(value, dict):
            inner = (f"{self.key(key)}: {self.flow(part, (*path, key))}" for key, part in value.items())
            return "{" + ", ".join(inner) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(item, (*path, EACH)) for item in value) + "]"
        if isinstance(value, str):
            quotes = style if style in ('"', "'") else self._style.quotes(value, path)
            return write_scalar(value, quotes, flow=True)
        return write_number(value)

    def behind(
        self, value: Any, path: Path, margin: int, style: str | None = None, *, listed: bool = False
    ) -> str:
        """Return a value as it is written behind a key or hyphen, with the space or line break before it."""
        if isinstance(value, str):
            folded = write_folded(value, margin + STEP) if style == ">" else None
            literal = write_literal(value, margin + STEP) if style in ("|", ">") else None
            if block := folded or literal:
                return f" {block}"
            quotes = style if style in ('"', "'") else self._style.quotes(value, path)
            return f" {write_scalar(value, quotes)}"
        if not self._style.is_block(value, path):
            return f" {self.flow(value, path)}"
        if listed:
            return f" {self.item(value, path, margin + STEP)}"
        if isinstance(value, dict):
            inner = " " * (margin + STEP)
            return "".join(f"\n{inner}{line}" for line in self.pair_lines(value, path, margin + STEP))
        indent = margin + (self._style.indent if path else 0)
        items = (self.item(item, (*path, EACH), indent + STEP) for item in value)
        between = "\n" if path in APART else ""
        return between.join(f"\n{' ' * indent}- {item}" for item in items)

    def item(self, value: Any, path: Path, column: int) -> str:
        """Return an item of a list as it is written behind its hyphen and space."""
        if isinstance(value, dict) and self._style.is_block(value, path):
            return f"\n{' ' * column}".join(self.pair_lines(value, path, column))
        if isinstance(value, str):
            return write_scalar(value, self._style.quotes(value, path))
        return self.flow(value, path)

    def pair_lines(self, value: dict[str, Any], path: Path, column: int) -> list[str]:
        """Return the keys of a mapping with their values; lines below a key are indented from a column on."""
        return [f"{self.key(key)}:{self.behind(part, (*path, key), column)}" for key, part in value.items()]
