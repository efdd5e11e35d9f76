"""Gives a YAML or GeoJSON text another value, and changes only the text of what has changed.

Comments, order, quotes, brackets and line breaks of everything else stay byte for byte.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mapapp.authoring.edits import Editor, same
from mapapp.authoring.nodes import json_node, list_spans, yaml_node
from mapapp.authoring.style import Style
from mapapp.data.files import read_json, read_yaml
from mapapp.data.tidy import formatted_feature
from mapapp.errors import DataError, MapappError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BOM = "\ufeff"
_BY_HAND = "the change cannot be made without touching what is around it; edit the file by hand"


class EditError(MapappError):
    """A text that cannot be changed without touching something else: it has to be edited by hand."""


def edited_yaml(text: str, value: Any, renamed: Mapping[str, str] | None = None) -> str:
    """Return a YAML text that means ``value``, as like the old one as possible.

    Parameters
    ----------
    text
        A data file, as `mapapp.data.files` accepts it. It may begin with a byte-order mark.
    renamed
        Old ids of entries, each with the new one.

    Raises
    ------
    DataError
        If the old text cannot be read.
    EditError
        If no edit leads there.
    """
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    old = read_text(body)
    if same(old, value):
        return text
    root = yaml_node(body, old)
    style = Style(json=root.flow and bool(root.pairs or root.items))
    style.learn(root)
    for whole in (False, True):
        editor = Editor(body, style, renamed or {}, whole=whole)
        editor.sync(root, value)
        made = editor.apply()
        if _means(made, value):
            return mark + made
    raise EditError(_BY_HAND)


def edited_geojson(text: str, features: list[Any], renamed: Mapping[str, str] | None = None) -> str:
    """Return a FeatureCollection with other features, as like the old one as possible.

    A feature in the layout of ``mapapp tidy`` keeps it. In others, only the values that change are written.

    Parameters
    ----------
    features
        All features, in their order; those that are equal to an old one with the same id keep their text.
    renamed
        Old ids of features, each with the new one.

    Raises
    ------
    DataError
        If the old text is not JSON.
    EditError
        If no edit leads there.
    """
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    old = read_json(body)
    if same(old["features"], features):
        return text
    made = _edited_features(body, old["features"], features, renamed or {})
    if not _means(made, {**old, "features": features}, read_json):
        raise EditError(_BY_HAND)
    return mark + made


def new_geojson(layer: str, features: list[Any]) -> str:
    """Return the text of a new layer, in the layout of ``mapapp tidy``."""
    listed = ",\n".join(map(_written, features))
    name = json.dumps(layer, ensure_ascii=False)
    return f'{{\n"type": "FeatureCollection",\n"name": {name},\n"features": [\n{listed}\n]\n}}\n'


def _edited_features(text: str, old: list[Any], new: list[Any], renamed: Mapping[str, str]) -> str:
    """Return the text of a collection with its features edited, removed and added one by one."""
    spans = list_spans(text, "features")
    newline = "\r\n" if "\r\n" in text else "\n"
    texts = [text[start:end] for start, end in spans]
    tidy = sum(map(_is_tidy, texts, old)) * 2 >= len(old)
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else f",{newline}"
    names = [renamed.get(feature_id(feature), feature_id(feature)) for feature in old]
    by_id = {name: number for number, name in enumerate(names)}
    written = []
    for feature in new:
        number = by_id.get(feature_id(feature))
        if number is None:
            made = _written(feature) if tidy else json.dumps(feature, ensure_ascii=False)
            written.append(made.replace("\n", newline))
        else:
            written.append(_edited_feature(texts[number], old[number], feature))
    if len(by_id) < len(old):
        raise EditError(_BY_HAND)  # two features have the same id
    gaps = {
        pair: text[one[1] : other[0]]
        for pair, one, other in zip(pairwise(names), spans, spans[1:], strict=False)
    }
    joined = written[0] if written else ""
    for pair, made in zip(pairwise(map(feature_id, new)), written[1:], strict=True):
        joined += gaps.get(pair, between) + made
    return text[: spans[0][0]] + joined + text[spans[-1][1] :]


def _edited_feature(text: str, old: Any, new: Any) -> str:
    if same(old, new):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if _is_tidy(text, old):
        return _written(new).replace("\n", newline)
    root = json_node(text)
    style = Style(json=True)
    style.learn(root)
    editor = Editor(text, style, {})
    editor.sync(root, new)
    return editor.apply()


def _written(feature: Any) -> str:
    """Return a feature in the layout of `tidied`; in one line, if it is none that could have it."""
    try:
        text = formatted_feature(feature)
        if same(json.loads(text), feature):
            return text
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, OverflowError):
        pass  # the checks say what is wrong with it
    return json.dumps(feature, ensure_ascii=False)


def _is_tidy(text: str, feature: Any) -> bool:
    return "\n" in text and _written(feature) == text.replace("\r\n", "\n")


def feature_id(feature: Any) -> str:
    """Return the id of a feature, which GIS programs keep in one of its two places; empty if it has none."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    own = feature.get("id") if isinstance(feature, dict) else None
    return str(own or (properties.get("id") if isinstance(properties, dict) else None) or "")


@lru_cache(maxsize=16)
def read_text(text: str) -> Any:
    """Return what a YAML text holds, as `read_yaml` does; remembered, so it must not be changed."""
    return read_yaml(text)


def _means(text: str, value: Any, read: Callable[[str], Any] = read_text) -> bool:
    try:
        return same(read(text), value)
    except DataError:
        return False
