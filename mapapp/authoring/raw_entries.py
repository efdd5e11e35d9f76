"""The entries of a data folder as its files have them, for the forms of the author's panel."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mapapp.data.article_events import FOLDER as EVENTS
from mapapp.data.load import ACTORS, BACKGROUND, SOURCES
from mapapp.data.places import FOLDER as GEO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.data.files import Files

_LISTS = {"source": SOURCES, "actor": ACTORS, "background": BACKGROUND}


def raw_entries(files: Files) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each kind, in the order of the files.

    Each is a mapping of ``entry``, as the file has it, and where it is: ``article`` for statements, ``layer``
    and ``geometry`` for places. An article has its id in its entry, and beside it its ``source`` and the
    passages that are ``unmapped``. What has no id is left out. ``files`` has the issues of what cannot be
    read.
    """
    heads = [*_heads(files)]
    lists = {kind: [*_listed(files.yaml(file))] if files.has(file) else [] for kind, file in _LISTS.items()}
    sources = {item["entry"]["id"]: item["entry"] for item in lists["source"]}
    return {
        "event": [item for _, article, value in heads for item in _events(article, value.get("events"))],
        "place": [*_places(files)],
        "article": [
            {
                "entry": {**head, "id": article},
                "source": sources.get(str(head.get("source"))),
                "unmapped": listed if isinstance(listed := value.get("unmapped"), list) else [],
            }
            for head, article, value in heads
        ],
        **lists,
    }


def _listed(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield {"entry": item}


def _heads(files: Files) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    """Yield what each file of statements says of its article, the article's id, and all that it holds."""
    for file in files.names(EVENTS, ".yaml"):
        value = files.yaml(file)
        if isinstance(value, dict) and isinstance(head := value.get("article"), dict):
            yield head, PurePath(str(head.get("file", ""))).stem, value


def _events(article: str, events: Any) -> Iterator[dict[str, Any]]:
    for item in _listed(events):
        yield {**item, "article": article}


def _places(files: Files) -> Iterator[dict[str, Any]]:
    for file in files.names(GEO, ".geojson"):
        value = files.json(file)
        features = value.get("features") if isinstance(value, dict) else None
        for feature in features if isinstance(features, list) else []:
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if isinstance(properties, dict) and isinstance(properties.get("id"), str):
                yield {
                    "entry": properties,
                    "layer": PurePath(file).stem,
                    "geometry": feature.get("geometry"),
                }
