"""Changes the text of a value with as few edits as possible: what stays equal stays as it is written."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from mapapp.authoring.style import EACH, ENTRIES
from mapapp.authoring.writer import APART, STEP, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapapp.authoring.nodes import Node, Pair
    from mapapp.authoring.style import Path, Style

_BLANK = re.compile(r"[ \t]*\r?\n")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_BLANK_ABOVE = re.compile(r"(?<=\n)[ \t]*\r?\n\Z")


class Edit(NamedTuple):
    """A stretch of a text and what takes its place."""

    start: int
    end: int
    text: str


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; the order of keys does not count, and 2.0 is 2, but not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(part, other[key]) for key, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other) and isinstance(one, str) == isinstance(other, str)


class Editor:
    """Finds the edits that make a text mean another value.

    Parameters
    ----------
    text
        The text.
    style
        How it is written.
    renamed
        Old ids of entries, each with the new one.
    whole
        Whether entries that change are written anew, comments inside them included.
    """

    def __init__(self, text: str, style: Style, renamed: Mapping[str, str], *, whole: bool = False) -> None:
        self._text = text
        self._writer = Writer(style)
        self._renamed = renamed
        self._whole = whole
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[Edit] = []

    def apply(self) -> str:
        """Return the text with all edits."""
        parts, at = [], 0
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            parts += [self._text[at : max(at, edit.start)], edit.text.replace("\n", self._newline)]
            at = max(at, edit.end)
        return "".join(parts) + self._text[at:]

    def sync(
        self, node: Node, value: Any, path: Path = (), owner: Pair | int | None = None, margin: int = 0
    ) -> None:
        """Make a node mean a value.

        Parameters
        ----------
        owner
            Its key, or the offset of its hyphen; ``None`` for the whole text, and in brackets.
        margin
            The column of the mapping or list that it stands in.
        """
        if same(node.value, value):
            return
        if self._whole and path in ENTRIES:
            self._replace(node, value, path, owner, margin)
        elif isinstance(value, dict) and node.pairs and node.value.keys() & value.keys():
            (self._flow_mapping if node.flow else self._block_mapping)(node, value, path)
        elif isinstance(value, list) and node.items and value:
            if node.flow:
                self._flow_list(node, value, path)
            elif -1 in node.dashes:
                self._replace(node, value, path, owner, margin)
            else:
                self._block_list(node, value, path)
        else:
            self._replace(node, value, path, owner, margin)

    # --- mappings

    def _block_mapping(self, node: Node, value: dict[str, Any], path: Path) -> None:
        kept = [pair for pair in node.pairs if pair.key in value]
        for pair in kept:
            self.sync(pair.value, value[pair.key], (*path, pair.key), pair, node.column)
        for number, pair in enumerate(node.pairs):
            if pair.key in value:
                continue
            begin = self._line_start(pair.start)
            if self._text[begin : pair.start].strip():  # behind a hyphen
                following = next(other for other in kept if other.start > pair.start)
                self.edits.append(Edit(pair.start, following.start, ""))
            elif not (number and pair.start < kept[0].start):
                self.edits.append(Edit(begin, self._next_line(pair.value.end), ""))
        lines = self._new_pairs(node, value, kept, path)
        margin = " " * node.column
        for anchor, new in lines:
            body = "".join(f"{margin}{line}\n" for line in new)
            if anchor is None:
                first = kept[0].start
                self.edits.append(Edit(first, first, body.removeprefix(margin) + margin))
            else:
                self._insert_lines(anchor.value.end, body)

    def _new_pairs(
        self, node: Node, value: dict[str, Any], kept: list[Pair], path: Path
    ) -> list[tuple[Pair | None, list[str]]]:
        """Return the keys to add as text, in groups, each behind the pair that it follows."""
        by_key = {pair.key: pair for pair in kept}
        groups: dict[str, list[str]] = {}
        anchor = ""
        for key, part in value.items():
            if key in by_key:
                anchor = key
            else:
                key_text = self._writer.key(key)
                rest = (
                    f" {self._writer.flow(part, (*path, key))}"
                    if node.flow
                    else self._writer.behind(part, (*path, key), node.column)
                )
                groups.setdefault(anchor, []).append(f"{key_text}:{rest}")
        return [(by_key.get(key), new) for key, new in groups.items()]

    def _flow_mapping(self, node: Node, value: dict[str, Any], path: Path) -> None:
        kept = [pair for pair in node.pairs if pair.key in value]
        for pair in kept:
            self.sync(pair.value, value[pair.key], (*path, pair.key))
        self._drop_from_flow([(pair.start, pair.value.end, pair.key in value) for pair in node.pairs])
        between = self._between([(pair.start, pair.value.end) for pair in node.pairs])
        for anchor, new in self._new_pairs(node, value, kept, path):
            self._add_to_flow(anchor.value.end if anchor else None, kept[0].start, new, between)

    # --- lists

    def _aligned(self, node: Node, value: list[Any], path: Path) -> list[tuple[int | None, int | None]]:
        """Return which old item has become which new one; ``None`` for those removed and added."""
        old = [self._identity(item.value) for item in node.items]
        new = [self._identity(item) for item in value]
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        pairs: list[tuple[int | None, int | None]] = []
        by_id = (*path, EACH) in ENTRIES
        for tag, first, last, begin, end in matcher.get_opcodes():
            both = 0 if by_id and tag == "replace" else min(last - first, end - begin)
            pairs += [(first + step, begin + step) for step in range(both)]
            pairs += [(step, None) for step in range(first + both, last)]
            pairs += [(None, step) for step in range(begin + both, end)]
        return pairs

    def _identity(self, value: Any) -> str:
        name = value.get("id") if isinstance(value, dict) else None
        if isinstance(name, str):
            return f"={self._renamed.get(name, name)}"
        return json.dumps(value, sort_keys=True)

    def _block_list(self, node: Node, value: list[Any], path: Path) -> None:
        pairs = self._aligned(node, value, path)
        inner = (*path, EACH)
        apart = self._apart(node, path)
        margin = " " * node.column
        anchor: int | None = None
        first = node.dashes[0]
        for before, after in pairs:
            if before is not None and after is not None:
                self.sync(node.items[before], value[after], inner, node.dashes[before], node.column)
                anchor = before
            elif before is not None:
                self._remove_item(node, before, apart=apart)
                anchor = before
            elif after is not None:
                item = f"{margin}- {self._writer.item(value[after], inner, node.column + STEP)}\n"
                if anchor is None:
                    body = item.removeprefix(margin) + ("\n" if apart else "") + margin
                    self.edits.append(Edit(first, first, body))
                else:
                    self._insert_lines(node.items[anchor].end, ("\n" if apart else "") + item)

    def _apart(self, node: Node, path: Path) -> bool:
        """Return whether blank lines stand between the items of a list."""
        if len(node.items) == 1:
            return path in APART
        gaps = [
            _BLANK_LINE.search(self._text, item.end, dash) is not None
            for item, dash in zip(node.items, node.dashes[1:], strict=False)
        ]
        return sum(gaps) * 2 > len(gaps)

    def _remove_item(self, node: Node, number: int, *, apart: bool) -> None:
        begin, end = self._line_start(node.dashes[number]), self._next_line(node.items[number].end)
        if apart:
            if blank := _BLANK.match(self._text, end):
                end = blank.end()
            elif blank := _BLANK_ABOVE.search(self._text, node.start, begin):
                begin = blank.start()
        self.edits.append(Edit(begin, end, ""))

    def _flow_list(self, node: Node, value: list[Any], path: Path) -> None:
        inner = (*path, EACH)
        pairs = self._aligned(node, value, path)
        stays = {before for before, after in pairs if before is not None and after is not None}
        if not stays:
            self.edits.append(Edit(node.start, node.end, self._writer.flow(value, path)))
            return
        spans = [(item.start, item.end) for item in node.items]
        self._drop_from_flow([(*span, number in stays) for number, span in enumerate(spans)])
        anchor: int | None = None
        for before, after in pairs:
            if before is not None and after is not None:
                self.sync(node.items[before], value[after], inner)
                anchor = before
            elif after is not None:
                end = spans[anchor][1] if anchor is not None else None
                new = [self._writer.flow(value[after], inner)]
                self._add_to_flow(end, spans[min(stays)][0], new, self._between(spans))

    # --- brackets

    def _drop_from_flow(self, parts: Sequence[tuple[int, int, bool]]) -> None:
        """Remove parts of a mapping or list in brackets, each given as start, end and whether it stays."""
        kept = [part for part in parts if part[2]]
        for number, (start, _, stays) in enumerate(parts):
            if stays:
                continue
            before = [part for part in parts[:number] if part[2]]
            if before:
                self.edits.append(Edit(parts[number - 1][1], parts[number][1], ""))
            else:
                following = parts[number + 1][0] if number + 1 < len(parts) else kept[0][0]
                self.edits.append(Edit(start, following, ""))

    def _between(self, spans: Sequence[tuple[int, int]]) -> str:
        """Return what stands between the first two parts in brackets."""
        if len(spans) > 1:
            text = self._text[spans[0][1] : spans[1][0]]
            if not text.replace(",", "", 1).strip():
                return text
        return ", "

    def _add_to_flow(self, behind: int | None, first: int, new: Iterable[str], between: str) -> None:
        if behind is None:
            self.edits.append(Edit(first, first, "".join(part + between for part in new)))
        else:
            self.edits.append(Edit(behind, behind, "".join(between + part for part in new)))

    # --- lines

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        found = self._text.find("\n", at)
        return found + 1 if found >= 0 else len(self._text)

    def _insert_lines(self, at: int, lines: str) -> None:
        """Insert lines, each with its end, below the line of an offset."""
        place = self._next_line(at)
        if place == len(self._text) and not self._text.endswith("\n"):
            lines = "\n" + lines.removesuffix("\n")
        self.edits.append(Edit(place, place, lines))

    # --- values

    def _replace(self, node: Node, value: Any, path: Path, owner: Pair | int | None, margin: int) -> None:
        block = node.style in ("|", ">") or bool(node.dashes) or bool(node.pairs and not node.flow)
        if node.inside:
            self.edits.append(Edit(node.start, node.end, self._writer.flow(value, path, node.style)))
            return
        if owner is None:
            new = self._writer.behind(value, path, -STEP if isinstance(value, dict) else 0)[1:]
            if node.end == len(self._text):
                new += "\n"
                if self._text and not self._text.endswith("\n"):
                    new = "\n" + new
            self.edits.append(Edit(node.start, node.end, new))
            return
        new = self._writer.behind(value, path, margin, node.style, listed=isinstance(owner, int))
        if block or "\n" in new or node.start == node.end:
            start = owner + 1 if isinstance(owner, int) else self._text.index(":", owner.end) + 1
            self.edits.append(Edit(start, max(start, node.end), new))
        else:
            self.edits.append(Edit(node.start, node.end, new[1:]))
