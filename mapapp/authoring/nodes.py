"""The values of a YAML or JSON text, each with the place where it stands in the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.data.files import SafeLoader

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder()


@dataclass
class Pair:
    """A key of a mapping and its value.

    Attributes
    ----------
    start, end
        Of the key, as offsets in the text, with its quotes.
    """

    key: str
    start: int
    end: int
    value: Node


@dataclass
class Node:
    """A value and where it stands.

    Attributes
    ----------
    value
        What the text means there.
    start, end
        Offsets in the text; ``end`` is behind the last character, without comments and line breaks.
    column
        Number of characters before it on its line.
    style
        How a scalar is quoted: ``"``, ``'``, ``|``, ``>``, or empty if it is not.
    flow
        Whether it is written with brackets, or inside brackets.
    inside
        Whether it is inside the brackets of another.
    pairs
        Of a mapping.
    items, dashes
        Of a list; where the hyphen of each item stands, if it has hyphens.
    """

    value: Any
    start: int
    end: int
    column: int = 0
    style: str = ""
    flow: bool = True
    inside: bool = True
    pairs: list[Pair] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    dashes: list[int] = field(default_factory=list)


def yaml_node(text: str, value: Any) -> Node:
    """Return the tree of a YAML text.

    Parameters
    ----------
    text
        Valid YAML without aliases, as `Files.yaml` accepts it.
    value
        What `Files.yaml` reads in it.
    """
    root = yaml.compose(text, Loader=SafeLoader)
    if root is None:  # only comments
        return Node(value, len(text), len(text), 0, inside=False)
    return _from_yaml(text, root, value, inside=False)


def _from_yaml(text: str, node: Any, value: Any, *, inside: bool) -> Node:
    flow = inside or bool(getattr(node, "flow_style", False))
    start: yaml.Mark = node.start_mark
    made = Node(value, start.index, node.end_mark.index, start.column, _style(node), flow, inside)
    if isinstance(node, yaml.MappingNode):
        for (key, part), inner in zip(node.value, value.values(), strict=True):
            child = _from_yaml(text, part, inner, inside=flow)
            made.pairs.append(Pair(key.value, key.start_mark.index, key.end_mark.index, child))
        if not flow:
            made.end = made.pairs[-1].value.end
    elif isinstance(node, yaml.SequenceNode):
        made.items = [
            _from_yaml(text, part, item, inside=flow) for part, item in zip(node.value, value, strict=True)
        ]
        if not flow:
            made.dashes = [*_dashes(text, made)]
            made.end = made.items[-1].end
    elif made.style in ("|", ">"):
        made.end = made.start + len(text[made.start : made.end].rstrip("\r\n "))
    return made


def _style(node: Any) -> str:
    return (node.style or "") if isinstance(node, yaml.ScalarNode) else ""


def _dashes(text: str, node: Node) -> Iterator[int]:
    """Yield where the hyphens of a list stand: the first where the list does, the others below it."""
    yield node.start
    below = re.compile(rf"(?:^|(?<=[\r\n])) {{{node.column}}}-(?=\s)")
    for item in node.items[:-1]:
        found = below.search(text, item.end)
        yield found.end() - 1 if found else -1


def json_node(text: str, start: int = 0) -> Node:
    """Return the tree of the JSON value that stands at an offset of a valid JSON text."""
    start = _skip(text, start)
    made = Node(None, start, start)
    if text[start] == "{":
        made.value, at = {}, _skip(text, start + 1)
        while text[at] != "}":
            key, end = _decoder.raw_decode(text, at)
            child = json_node(text, text.index(":", end) + 1)
            made.pairs.append(Pair(key, at, end, child))
            made.value[key] = child.value
            at = _behind_comma(text, child.end)
        made.end = at + 1
    elif text[start] == "[":
        made.value, at = [], _skip(text, start + 1)
        while text[at] != "]":
            child = json_node(text, at)
            made.items.append(child)
            made.value.append(child.value)
            at = _behind_comma(text, child.end)
        made.end = at + 1
    else:
        made.value, made.end = _decoder.raw_decode(text, start)
        made.style = '"' if text[start] == '"' else ""
    return made


def list_spans(text: str, key: str) -> list[tuple[int, int]]:
    """Return the offsets of start and end of the items in the list that a JSON object has under a key."""
    spans = []
    at = _skip(text, _skip(text, 0) + 1)
    while text[at] != "}":
        name, end = _decoder.raw_decode(text, at)
        at = _skip(text, text.index(":", end) + 1)
        if name != key:
            at = _behind_comma(text, _decoder.raw_decode(text, at)[1])
            continue
        at = _skip(text, at + 1)
        while text[at] != "]":
            end = _decoder.raw_decode(text, at)[1]
            spans.append((at, end))
            at = _behind_comma(text, end)
        break
    return spans


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _behind_comma(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at
