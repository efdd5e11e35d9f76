"""Reads the places: one GeoJSON file of ``data/geo/`` for each layer that is not computed."""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from mapapp.core.edtf import read_when
from mapapp.core.model import DatedNames, Layer, Place, Status
from mapapp.core.profile import Shape
from mapapp.data import entries
from mapapp.data.fields import Fact, FactKey, Id
from mapapp.data.files import MOST_ITEMS
from mapapp.data.geojson import MOST_POSITIONS, crs_issue, read_shape
from mapapp.data.named import name_issues, names_of, review_of, unknown_word, with_unknown_words
from mapapp.data.parse import parse, parse_value
from mapapp.data.profile_checks import RESERVED_LAYERS, is_reserved
from mapapp.data.schema import FACTS, PlaceEntry
from mapapp.data.tidy import restored
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import Profile
    from mapapp.data.entries import Entries

FOLDER = "data/geo"
_ENTRY_KEYS = frozenset(field.name for field in fields(PlaceEntry))
_NEARLY = 0.8  # so similar are a key and a misspelt one


def read_layers(read: Entries, profile: Profile | None) -> dict[str, Layer]:
    """Return the layers by id.

    Parameters
    ----------
    profile
        The layers there may be, the shapes and kinds of their places and the languages of names; ``None``
        allows any.
    """
    found = {}
    files = read.files.names(FOLDER, ".geojson")
    if not files:
        read.lose(entries.PLACES, unread=True)
    for file in files:
        layer = Path(file).stem
        if issue := _layer_issue(layer, profile):
            read.files.report(replace(issue, file=file))
            read.lose(entries.PLACES, unread=True)
            continue
        found[layer] = Layer(layer, tuple(_places(read, file, layer, profile)))
    return found


def _layer_issue(layer: str, profile: Profile | None) -> Issue | None:
    """Return the issue with the name of a layer's file."""
    if profile is None:
        made = parse_value(Id, layer)
        if isinstance(made, list):
            wrong: Issue = made[0]
            return replace(wrong, what="the name of the file is not a valid id")
        if layer in RESERVED_LAYERS:
            return Issue("the name of the file is reserved", short_repr(layer), "choose another")
        return None
    files = [name for name, entry in profile.layers.items() if entry.changes is None]
    if layer in files:
        return None
    if layer in profile.layers:
        fix = "remove the file, or the key changes in data/map.yaml"
        return Issue("the layer is computed, so the file would be ignored", short_repr(layer), fix)
    fix = f"name the file after one of {', '.join(files)}, or add the layer to data/map.yaml"
    return Issue("unknown layer", short_repr(layer), fix)


def _places(read: Entries, file: str, layer: str, profile: Profile | None) -> Iterator[Place]:
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
        if place := _place(read, file, layer, number, feature, profile):
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


def _place(  # noqa: PLR0913, PLR0917 - where it is, and what is allowed there
    read: Entries, file: str, layer: str, number: int, feature: Any, profile: Profile | None
) -> Place | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        issue = Issue("not a feature", short_repr(feature), "give it type, id, properties and geometry")
        read.reject(file, f"features[{number}]", [issue], entries.PLACES)
        return None
    name = read.register(file, properties, entries.PLACES) or f"features[{number}]"
    issues = [*_member_issues(feature, properties)]
    own = _own_facts(read, properties, profile)
    item = parse(PlaceEntry, {key: value for key, value in properties.items() if key not in own})
    if isinstance(item, list):
        words = {"kind": profile.place_kinds} if profile else {}
        issues += with_unknown_words(item, properties, words)
    elif profile:
        issues += _vocabulary_issues(item, profile)
        issues += _as_of_issues(item) if profile.layers[layer].snapshot else ()
    if entries.PROFILE in read.unread:  # which might say what they are
        own = {}
    for key, value in own.items():
        checked = parse_value(Fact, value)
        issues += [issue.at(key) for issue in checked] if isinstance(checked, list) else []
    shapes: tuple[Shape, ...] = profile.layers[layer].shapes if profile else get_args(Shape)
    shape, issue_of_shape = read_shape(feature.get("geometry"), shapes)
    if issue_of_shape:
        issues.append(issue_of_shape.at("geometry"))
    if issues:
        read.reject(file, name, issues, entries.PLACES)
    if isinstance(item, list) or shape is None:
        return None
    facts = tuple((key, value) for key, value in properties.items() if key in FACTS or key in own)
    return replace(_made(item, layer, shape, profile), facts=facts)


def _own_facts(read: Entries, properties: dict[str, Any], profile: Profile | None) -> dict[str, Any]:
    """Return the properties that are further values of a place.

    Without a profile these are all texts and numbers whose key is valid and not nearly one that every place
    has; if it cannot be read, all that are unknown.
    """
    further = {key: value for key, value in properties.items() if key not in _ENTRY_KEYS}
    if profile:
        return {key: value for key, value in further.items() if key in profile.place_facts}
    if entries.PROFILE in read.unread:
        return further
    return {
        key: value
        for key, value in further.items()
        if isinstance(value, str | int | float)
        and not isinstance(parse_value(FactKey, key), list)
        and not is_reserved(key)
        and not get_close_matches(key, _ENTRY_KEYS, 1, _NEARLY)
    }


def _vocabulary_issues(item: PlaceEntry, profile: Profile) -> Iterator[Issue]:
    """Check a place's kind, statuses and names against the profile."""
    yield from unknown_word(item.kind, profile.place_kinds, "kind")
    for number, status in enumerate(item.statuses):
        yield from unknown_word(status.status, profile.statuses, f"statuses[{number}].status")
    yield from name_issues(item.names, profile, "names")
    for number, dated in enumerate(item.names_when):
        yield from name_issues(dated.names, profile, f"names_when[{number}].names")


def _as_of_issues(item: PlaceEntry) -> Iterator[Issue]:
    """Check that the day of a snapshot is a date, so that it can be compared with others."""
    if item.as_of is None:
        return
    if not isinstance(item.as_of, str):
        yield Issue("not text", short_repr(item.as_of), "put it in quotes", where="as_of")
        return
    try:
        read_when(item.as_of)
    except DateError as error:
        yield replace(error.issue, where="as_of")


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


def _made(item: PlaceEntry, layer: str, shape: BaseGeometry, profile: Profile | None) -> Place:
    return Place(
        id=item.id,
        layer=layer,
        names=names_of(item.names, profile),
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
        names_when=tuple(DatedNames(dated.when, names_of(dated.names, profile)) for dated in item.names_when),
        draft=item.draft,
        reviewed=review_of(item.reviewed),
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
