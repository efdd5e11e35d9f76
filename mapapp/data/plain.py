"""Makes a profile for a folder that has none: everything the data says, no words of another story."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.core.model import ARTICLE
from mapapp.data.fields import MOST_LANGUAGES
from mapapp.data.files import SafeLoader
from mapapp.data.profile import profile_of
from mapapp.data.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapapp.core.model import Actor, Event, Layer, Place
    from mapapp.core.profile import Profile
    from mapapp.data.files import Files

_SHAPES = {"Polygon": "area", "LineString": "line", "Point": "point"}
_STYLES: dict[str, dict[str, Any]] = {
    "area": {"edge": "violet", "width": 1.4, "fill": "violet", "opacity": 0.12},
    "line": {"edge": "violet", "width": 1.8},
    "point": {"edge": "strong", "width": 1.4, "fill": "paper"},
}


def is_future(kind: str) -> bool:
    """Return whether a kind of statement may be about days after the article; an uncommon kind may."""
    common: Mapping[str, Any] = _common()["event_kinds"]
    return bool(common.get(kind, {"future": True}).get("future"))


def plain_profile(
    read: Files, layers: Iterable[Layer], events: Iterable[Event], actors: Iterable[Actor]
) -> Profile:
    """Return a profile with the layers, kinds and statuses that the data uses."""
    layers, events, actors = [*layers], [*events], [*actors]
    places = [place for layer in layers for place in layer.places]
    linked = {link.id for event in events for link in event.places}
    common = _common()
    speakers = {
        name: {event.said_by == ARTICLE for event in events if event.modality == name}
        for name in dict.fromkeys(event.modality for event in events)
    }
    languages = _languages([*places, *actors])
    value = {
        "title": {languages[0]: "-"},  # not shown
        "languages": languages,
        "layers": _layers(layers, linked) or common["layers"][:1],
        "place_kinds": _entries("place_kinds", (place.kind for place in places)),
        "event_kinds": {
            kind: common["event_kinds"].get(kind, {"label": _text(_words(kind)), "future": True})
            for kind in dict.fromkeys(event.kind for event in events)
        },
        "modalities": {name: _modality(name, by_article) for name, by_article in speakers.items()},
        "actor_kinds": _entries("actor_kinds", (*(actor.kind for actor in actors), "outlet")),
        "statuses": {
            status.status: _text(status.status.replace("-", " "))
            for place in places
            for status in place.statuses
        },
        "place_facts": {
            key: _text(f"{key.replace('_', ' ').capitalize()}: {{n}}")
            for key in dict.fromkeys(_further(places))
        },
        "quantities": {
            quantity.kind: {"label": _text(_words(quantity.kind))}
            for event in events
            for quantity in event.quantities
        },
    }
    return replace(profile_of(read, value), title=None, plain=True)


def _further(places: Iterable[Place]) -> Iterator[str]:
    """Yield the keys of the places' values that not every place may have."""
    for place in places:
        yield from (key for key, _ in place.facts if key not in FACTS)


def _layers(layers: Iterable[Layer], linked: set[str]) -> list[dict[str, Any]]:
    """Return the layers: those common on maps in their usual order, then areas, lines and points."""
    found = {layer.id: _layer(layer, linked) for layer in layers}
    common = _common()["layers"]
    usual = [entry["id"] for entry in common]
    ground = [entry["id"] for entry in common if entry["shape"] == "area" and not entry.get("reference")]

    def height(name: str) -> tuple[int, int, str]:
        shapes = found[name]["shape"]
        if name in ground:
            return 0, usual.index(name), name
        own = {"area": 1, "line": 3, "point": 5}[shapes[0]]
        return (own + 1 if name in usual and own > 1 else own), 0, name

    return [found[name] for name in sorted(found, key=height)]


def _layer(layer: Layer, linked: set[str]) -> dict[str, Any]:
    used = dict.fromkeys(_SHAPES[place.geometry.geom_type.removeprefix("Multi")] for place in layer.places)
    shapes = [*used] or ["area"]
    own = next((entry for entry in _common()["layers"] if entry["id"] == layer.id), None)
    if own is None or not {*shapes} <= {own["shape"]}:
        own = {"id": layer.id, "label": _text(_words(layer.id)), "style": _STYLES[shapes[0]]}
    group = own.get("group", "background")
    if group != "base" and any(place.id in linked for place in layer.places):
        group = "article"
    kinds = {kind: own["kinds"][kind] for kind in own.get("kinds", {}) if kind in _kinds(layer)}
    return {**own, "shape": shapes, "group": group, "kinds": kinds}


def _kinds(layer: Layer) -> set[str]:
    return {place.kind for place in layer.places}


def _entries(name: str, kinds: Iterable[str]) -> dict[str, Any]:
    return {kind: _common()[name].get(kind, {"label": _text(_words(kind))}) for kind in dict.fromkeys(kinds)}


def _modality(name: str, by_article: set[bool]) -> dict[str, Any]:
    own: dict[str, Any] | None = _common()["modalities"].get(name)
    said = by_article == {True}
    if own is not None and (own.get("by") == ARTICLE) == said:
        return own
    if said:
        return {"label": _text(f"The article: {_words(name).lower()}"), "by": ARTICLE}
    return {"label": _text(f"{{who}}: {_words(name).lower()}")}


def _languages(named: Iterable[Any]) -> list[str]:
    """Return the languages of the names, the most common first."""
    counts = Counter(language for item in named for language in item.names.texts)
    return [language for language, _ in counts.most_common(MOST_LANGUAGES)] or [_common()["language"]]


def _text(words: str) -> dict[str, str]:
    """Return words made here, with their language."""
    return {_common()["language"]: words}


def _words(name: str) -> str:
    return name.replace("-", " ").capitalize()


@cache
def _common() -> dict[str, Any]:
    text = (files("mapapp") / "templates" / "plain.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, SafeLoader)  # noqa: S506 - a safe loader
    return loaded
