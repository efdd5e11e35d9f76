"""Finds the line of a data file that a fault is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.authoring.documents import feature_id
from mapapp.authoring.nodes import list_spans
from mapapp.data.files import SafeLoader, read_json, read_yaml
from mapapp.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r"\[\d+\]|[^.\[\]]+")
_LISTS = ("events", "features")  # the keys under which files keep their entries, which paths leave out


def line_of(file: str, data: bytes, path: str) -> int | None:
    """Return the line in which a value stands, counted from 1.

    Parameters
    ----------
    file
        Its name, which says what it holds.
    data
        Its content.
    path
        Of the value, as faults have it: ``some-id.when.edtf`` or ``article.date``. Where the file has no
        such value, the line is that of the innermost value around it that it has.

    Returns
    -------
    int or None
        ``None`` for a file that cannot be read, or none of whose values the path leads to.
    """
    try:
        text = data.decode()
        if file.endswith(".geojson"):
            value = read_json(text)
            has_features = isinstance(value, dict) and isinstance(value.get("features"), list)
            return _line_of_feature(text, path) if has_features else None
        if file.endswith(".yaml"):
            read_yaml(text)
            return _line_in_yaml(text, path)
    except (UnicodeDecodeError, DataError):
        pass
    return None


def _line_of_feature(text: str, path: str) -> int | None:
    for number, (start, end) in enumerate(list_spans(text, "features")):
        name = feature_id(read_json(text[start:end])) or f"[{number}]"
        if path == name or path.startswith((f"{name}.", f"{name}[")):
            return text.count("\n", 0, start) + 1
    return None


def _line_in_yaml(text: str, path: str) -> int | None:
    node = yaml.compose(text, Loader=SafeLoader)
    line = None
    for part in _PART.findall(path):
        found = _inner(node, part)
        if found is None:
            break
        mark, node = found
        line = mark.line + 1
    return line


def _inner(node: Any, part: str) -> tuple[Any, Any] | None:
    """Return where a part of a path begins in a node, and its node; ``None`` if it has none."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark, value
    number = int(part[1:-1]) if part.startswith("[") else None
    for at, item in enumerate(_entries(node)):
        if at == number or (number is None and _id_of(item) == part):
            return item.start_mark, item
    return None


def _entries(node: Any) -> Iterator[Any]:
    """Yield the items of a list, or of the list of entries that a file has under its own key."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in _LISTS and isinstance(value, yaml.SequenceNode):
                yield from value.value


def _id_of(node: Any) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")
