"""Makes everything that refers to an entry refer to its new id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapapp.authoring.edits import same
from mapapp.authoring.features import settled
from mapapp.data.load import ACTORS, BACKGROUND, EVENTS, GEO
from mapapp.data.profile import FILE as PROFILE
from mapapp.data.story import STORY
from mapapp.data.tidy import restored

if TYPE_CHECKING:
    from mapapp.authoring.contents import Contents
    from mapapp.authoring.operations import Kind

_Paths = dict[str, list[tuple[str, ...]]]
# where entries of a kind are named by their ids, as paths in a file; "*" stands for any item of a list
_IN_EVENTS: _Paths = {
    "source": [("article", "source")],
    "actor": [("events", "*", "actors", "*"), ("events", "*", "said_by"), ("events", "*", "via")],
    "place": [("events", "*", "places", "*", "id")],
}
_IN_BACKGROUND: _Paths = {
    "source": [("*", "sources", "*")],
    "place": [("*", "places", "*")],
    "event": [("*", "explains", "*"), ("*", "differs", "*")],
}
_IN_PLACES: _Paths = {
    "source": [("*", "properties", "sources", "*"), ("*", "properties", "statuses", "*", "sources", "*")],
    "place": [("*", "properties", "within", "*")],
}
_SHOWN: _Paths = {kind: [("*", "show")] for kind in ("event", "place", "background")}


def rename(kind: Kind, old: str, new: str, contents: Contents) -> None:
    """Replace an id wherever an entry of this kind is named by it."""
    for file in contents.names(EVENTS, ".yaml"):
        _rename_in(file, _IN_EVENTS.get(kind, []), old, new, contents)
    _rename_in(BACKGROUND, _IN_BACKGROUND.get(kind, []), old, new, contents)
    _rename_in(STORY, _SHOWN.get(kind, []), old, new, contents)
    if kind == "actor":
        _rename_in(ACTORS, [("*", "of")], old, new, contents)
    if kind == "place":
        _rename_in(PROFILE, [("home",)], old, new, contents)
    if kind in _IN_PLACES:
        for file in contents.names(GEO, ".geojson"):
            _rename_in_places(file, _IN_PLACES[kind], old, new, contents)


def _rename_in_places(
    file: str, paths: list[tuple[str, ...]], old: str, new: str, contents: Contents
) -> None:
    features = contents.entries("place", file)
    plain = restored({"features": features})["features"]
    changed = _with_renamed(plain, paths, old, new)
    if not same(plain, changed):
        every = zip(features, plain, changed, strict=True)
        contents.put_entries(
            "place",
            file,
            [one if same(before, after) else settled(after, one) for one, before, after in every],
        )


def _rename_in(file: str, paths: list[tuple[str, ...]], old: str, new: str, contents: Contents) -> None:
    if paths and contents.has(file):
        value = contents.value(file)
        changed = _with_renamed(value, paths, old, new)
        if not same(value, changed):
            contents.put_yaml(file, changed)


def _with_renamed(value: Any, paths: list[tuple[str, ...]], old: str, new: str) -> Any:
    for path in paths:
        value = _with_renamed_at(value, path, old, new)
    return value


def _with_renamed_at(value: Any, path: tuple[str, ...], old: str, new: str) -> Any:
    if not path:
        return new if value == old else value
    if path[0] == "*" and isinstance(value, list):
        return [_with_renamed_at(item, path[1:], old, new) for item in value]
    if isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _with_renamed_at(value[path[0]], path[1:], old, new)}
    return value
