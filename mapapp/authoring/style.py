"""How a text is written: what its values have in common, so that new ones look like their neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapapp.authoring.nodes import Node

Path = tuple[str, ...]  # of keys; "*" stands for any item of a list
EACH = "*"
ENTRIES = {(EACH,), ("events", EACH)}
_QUOTED = {"edtf", "date", "on", "first", "last"}  # texts that some readers would take for something else
_IN_BLOCKS = {"passages"}  # lists whose items have a line for each key


@dataclass
class Style:
    """How a text is written: what its values have in common, by path.

    Attributes
    ----------
    json
        Whether it is JSON, or YAML written as JSON is.
    """

    json: bool = False
    _blocks: dict[Path, Counter[bool]] = field(default_factory=dict)
    _quotes: dict[Path, Counter[str]] = field(default_factory=dict)
    _indents: Counter[int] = field(default_factory=Counter)

    def learn(self, node: Node, path: Path = ()) -> None:
        """Take note of how a value and everything in it is written."""
        if node.pairs or node.items:
            self._blocks.setdefault(path, Counter())[not node.flow] += 1
        elif isinstance(node.value, str):
            self._quotes.setdefault(path, Counter())[node.style] += 1
        for pair in node.pairs:
            if pair.value.dashes and not pair.value.flow:
                self._indents[pair.value.column - node.column] += 1
            self.learn(pair.value, (*path, pair.key))
        for item in node.items:
            self.learn(item, (*path, EACH))

    def is_block(self, value: Any, path: Path) -> bool:
        """Return whether a mapping or list has a line for each of its parts."""
        if self.json or not value or not isinstance(value, dict | list):
            return False
        if found := self._blocks.get(path):
            return found.most_common(1)[0][0]
        if isinstance(value, dict):
            return path in {(), *ENTRIES} or (path[-1] == EACH and path[-2] in _IN_BLOCKS)
        return any(isinstance(item, dict) for item in value)

    def quotes(self, text: str, path: Path) -> str:
        """Return the quotes for a text."""
        found = self._quotes.get(path, Counter()).most_common(1)
        if found and found[0][0] in ('"', "'"):
            return found[0][0]
        return '"' if self.json or (path and path[-1] in _QUOTED and text) else ""

    @property
    def indent(self) -> int:
        """Spaces by which a list stands to the right of its key."""
        return self._indents.most_common(1)[0][0] if self._indents else 0
