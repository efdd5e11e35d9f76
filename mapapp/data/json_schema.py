"""JSON Schemas of the data files, for editors that check and complete what is written.

``data/schema/`` holds them; ``python -m mapapp.data.json_schema FOLDER`` writes them anew. They say what a
file may hold; that its parts agree with each other and with the article is checked by `mapapp.data.checks`.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from mapapp.data import profile_schema, schema
from mapapp.data.profile_schema import ProfileEntry
from mapapp.data.schema import (
    ActorEntry,
    ArticleEntry,
    EventEntry,
    FactEntry,
    PassageEntry,
    PlaceEntry,
    SourceEntry,
    StepEntry,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class EventsFile:
    """An article, and what it says, statement by statement, in its order.

    ``unmapped`` are the passages that say nothing for the map.
    """

    __pydantic_config__ = _FORBID

    article: ArticleEntry
    events: tuple[EventEntry, ...]
    unmapped: tuple[PassageEntry, ...] = ()


@dataclass(frozen=True)
class _Feature:
    """A place."""

    __pydantic_config__ = _FORBID

    type: Literal["Feature"]
    id: str
    properties: PlaceEntry
    geometry: dict[str, Any]


@dataclass(frozen=True)
class LayerFile:
    """One layer of places, as GeoJSON (RFC 7946) in WGS 84."""

    __pydantic_config__ = _FORBID

    type: Literal["FeatureCollection"]
    name: str
    features: Annotated[tuple[_Feature, ...], Field(min_length=1)]


FILES: dict[str, Any] = {  # by the name of the schema: what a file of that kind holds
    "map": ProfileEntry,
    "events": EventsFile,
    "sources": tuple[SourceEntry, ...],
    "actors": tuple[ActorEntry, ...],
    "background": tuple[FactEntry, ...],
    "story": Annotated[tuple[StepEntry, ...], Field(min_length=1)],
    "layer": LayerFile,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file.

    Parameters
    ----------
    name
        One of `FILES`.
    """
    made = TypeAdapter(FILES[name]).json_schema(ref_template="#/$defs/{model}")
    made = _plain(_described(made, FILES[name]))
    if name == "layer":  # whose places may have values of the profile's own
        made["$defs"]["PlaceEntry"]["additionalProperties"] = {"type": ["string", "number"]}
    if name == "map":
        made["required"] = sorted({*made["required"], "layers"})
    return {"$schema": _DIALECT, "title": name, **{key: made[key] for key in made if key != "title"}}


def text(name: str) -> str:
    """Return the JSON Schema of a kind of file as text, as ``data/schema/`` holds it."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=1) + "\n"


def _described(made: dict[str, Any], whole: Any) -> dict[str, Any]:
    """Return a schema with the docstrings of classes, which older versions of pydantic leave out."""
    docs = {
        entry.__name__: entry.__doc__
        for entry in (*vars(schema).values(), *vars(profile_schema).values(), *globals().values())
        if is_dataclass(entry) and isinstance(entry, type)
    }
    parts = {
        key: dict(sorted({**part, "description": docs[key]}.items())) if key in docs else part
        for key, part in made["$defs"].items()
    }
    own = {"description": whole.__doc__} if isinstance(whole, type) and is_dataclass(whole) else {}
    return dict(sorted({**made, **own, "$defs": parts}.items()))


def _plain(part: Any) -> Any:
    """Return a part of a schema with docstrings as plain text, and without the names of classes and nulls."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: _plain(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))
    }
    if isinstance(description := kept.get("description"), str):
        kept["description"] = re.sub(r"``?", "", inspect.cleandoc(description)).replace("\n", " ")
    options = kept.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:  # a key is left out rather than null
        others = [option for option in options if option != {"type": "null"}]
        del kept["anyOf"]
        kept |= others[0] if len(others) == 1 else {"anyOf": others}
    return {key: value for key, value in kept.items() if not (key == "default" and value in (None, [], ""))}


def write_all(folder: Path) -> None:
    """Write all schemas to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.json").write_text(text(name), encoding="utf-8")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
