"""Reads the places: one GeoJSON file of ``data/geo/`` for each layer."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapapp.core.model import DatedNames, Layer, Names, Place, Status
from mapapp.data import entries
from mapapp.data.files import MOST_ITEMS
from mapapp.data.geojson import MOST_POSITIONS, TYPES, crs_issue, read_shape
from mapapp.data.parse import parse
from mapapp.data.schema import FACTS, NamesEntry, PlaceEntry
from mapapp.data.tidy import restored
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.data.entries import Entries

FOLDER = "data/geo"


def read_layers(read: Entries) -> tuple[Layer, ...]:
    """Read the layers, in drawing order: land first."""
    found = {}
    files = read.files.names(FOLDER, ".geojson")
    if not files:
        read.lose(entries.PLACES, unread=True)
    for file in files:
        layer = Path(file).stem
        if layer not in TYPES:
            fix = f"name the file after one of {', '.join(TYPES)}"
            read.files.report(Issue("unknown layer", short_repr(layer), fix, file=file))
            read.lose(entries.PLACES, unread=True)
            continue
        found[layer] = Layer(layer, tuple(_places(read, file, layer)))
    return tuple(found[name] for name in TYPES if name in found)


def names_of(entry: NamesEntry) -> Names:
    """Return names as the model has them."""
    return Names(entry.en, entry.ar, entry.tr, entry.ru)


def _places(read: Entries, file: str, layer: str) -> Iterator[Place]:
    value = restored(read.files.json(file))
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        if value is not None:
            fix = 'write {"type": "FeatureCollection", "name": …, "features": […]}'
            read.files.report(Issue("not a FeatureCollection", short_repr(value), fix, file=file))
        read.lose(entries.PLACES, unread=True)
        return
    _check_collection(read, file, layer, value)
    features = value["features"]
    if (positions := _count_positions(features)) > MOST_POSITIONS:
        fix = f"simplify its geometry to {MOST_POSITIONS} positions"
        read.files.report(Issue("the layer has too many positions", f"{positions}", fix, file=file))
        read.lose(entries.PLACES, unread=True)
        return
    if len(features) > MOST_ITEMS:
        read.files.shorten(file, len(features))
        read.lose(entries.PLACES, unread=True)
    for number, feature in enumerate(features[:MOST_ITEMS]):
        if place := _place(read, file, layer, number, feature):
            yield place


def _check_collection(read: Entries, file: str, layer: str, value: dict[str, Any]) -> None:
    """Check the members of a FeatureCollection other than the features themselves."""
    for key in value.keys() - {"type", "name", "features", "crs"}:
        read.files.report(Issue("unknown key", short_repr(value[key]), "remove it", where=key, file=file))
    for key, expected in (("type", "FeatureCollection"), ("name", layer)):
        if value.get(key) != expected and not (key == "name" and value.get(key) is None):
            got = short_repr(value.get(key))
            read.files.report(
                Issue("not the expected value", got, f'write "{expected}"', where=key, file=file)
            )
    if "crs" in value and (issue := crs_issue(value["crs"])):
        read.files.report(issue.at("crs", file))
    if not value["features"]:
        fix = "add a feature, or remove the file"
        read.files.report(Issue("the layer is empty", fix=fix, where="features", file=file))


def _place(read: Entries, file: str, layer: str, number: int, feature: Any) -> Place | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        issue = Issue("not a feature", short_repr(feature), "give it type, id, properties and geometry")
        read.reject(file, f"features[{number}]", [issue], entries.PLACES)
        return None
    name = read.register(file, properties, entries.PLACES) or f"features[{number}]"
    issues = [*_member_issues(feature, properties)]
    item = parse(PlaceEntry, properties)
    if isinstance(item, list):
        issues += item
    shape, issue_of_shape = read_shape(feature.get("geometry"), layer)
    if issue_of_shape:
        issues.append(issue_of_shape.at("geometry"))
    if issues:
        read.reject(file, name, issues, entries.PLACES)
    if isinstance(item, list) or shape is None:
        return None
    return _made(item, layer, shape, properties)


def _member_issues(feature: dict[str, Any], properties: dict[str, Any]) -> Iterator[Issue]:
    """Check the members of a feature other than its properties and geometry."""
    for key in feature.keys() - {"type", "id", "properties", "geometry"}:
        yield Issue("unknown key", short_repr(feature[key]), "remove it", where=key)
    if feature.get("type") != "Feature":
        yield Issue("not a feature", short_repr(feature.get("type")), 'write "Feature"', where="type")
    if feature.get("id") != properties.get("id"):
        got = f"{short_repr(feature.get('id'))} and {short_repr(properties.get('id'))}"
        what = "the feature's id is not the one in its properties"
        yield Issue(what, got, "write the same id in both", where="id")


def _made(item: PlaceEntry, layer: str, shape: BaseGeometry, properties: dict[str, Any]) -> Place:
    return Place(
        id=item.id,
        layer=layer,
        names=names_of(item.names),
        kind=item.kind,
        valid=item.valid,
        basis=item.basis,
        tolerance_km=item.tolerance_km,
        confidence=item.confidence,
        sources=item.sources,
        geometry=shape,
        note=item.note,
        within=item.within,
        statuses=tuple(Status(**vars(status)) for status in item.statuses),
        names_when=tuple(DatedNames(dated.when, names_of(dated.names)) for dated in item.names_when),
        facts=tuple((key, properties[key]) for key in properties if key in FACTS),
    )


def _count_positions(features: list[Any]) -> int:
    """Count the innermost lists of the features' coordinates: at least the number of positions."""
    level: list[Any] = [
        geometry.get("coordinates")
        for feature in features
        if isinstance(feature, dict) and isinstance(geometry := feature.get("geometry"), dict)
    ]
    count = 0
    while level:
        nested = [item for item in level if isinstance(item, list) and item and isinstance(item[0], list)]
        count += len(level) - len(nested)
        level = [*chain.from_iterable(nested)]
    return count
