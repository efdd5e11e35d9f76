"""Reads GeoJSON, in longitude and latitude: a geometry, a feature or a collection of features."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shapely.geometry import LineString, Point

from mapapp.data.own_layer_readers.collector import polygon_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.data.own_layer_readers.collector import Collector, Position

_WORLD = re.compile("CRS84|EPSG:{1,2}4326")
_DEEPEST = 8  # geometry collections within each other


def _refuse_constant(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity, which are no JSON


def read_geojson(text: str, into: Collector) -> None:
    """Add the shapes of each feature; a coordinate system other than WGS 84 is a fault."""
    try:
        data: Any = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return into.fault("syntax")
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        return into.fault("root")
    if data.get("crs") is not None and not _WORLD.search(json.dumps(data["crs"])):
        return into.fault("crs", json.dumps(data["crs"]))
    features: Any = [{"type": "Feature", "geometry": data}]
    if data["type"] == "FeatureCollection":
        features = data.get("features")
    elif data["type"] == "Feature":
        features = [data]
    if not isinstance(features, list):
        return into.fault("root")
    into.unit = "feature"
    for feature in features:
        into.n += 1
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            into.fault("root")
        elif feature.get("geometry") is not None:
            into.shapes += _geojson_shapes(feature["geometry"], into, 0)
    return None


def _geojson_shapes(geometry: object, into: Collector, depth: int) -> Iterator[BaseGeometry]:
    members: dict[str, Any] = geometry if isinstance(geometry, dict) else {}
    kind, parts = members.get("type"), members.get("geometries")
    if kind == "GeometryCollection" and isinstance(parts, list) and depth < _DEEPEST:
        for part in parts:
            yield from _geojson_shapes(part, into, depth + 1)
        return
    single = kind.removeprefix("Multi") if isinstance(kind, str) else ""
    make = {"Point": _point, "LineString": _line, "Polygon": _polygon}.get(single)
    coordinates = members.get("coordinates")
    if make is None or not isinstance(coordinates, list):
        into.fault("geometry", kind if isinstance(kind, str) else geometry)
        return
    for one in [coordinates] if kind == single else coordinates:
        shape = make(one, into)
        if shape is not None:
            yield shape


def _geojson_position(place: object, into: Collector) -> Position | None:
    if isinstance(place, list) and len(place) >= 2:  # noqa: PLR2004 - longitude and latitude
        return into.position(place[0], place[1])
    into.fault("position", place)
    return None


def _geojson_positions(places: object, into: Collector) -> list[Position | None]:
    if isinstance(places, list):
        return [_geojson_position(place, into) for place in places]
    into.fault("geometry", places)
    return [None]


def _point(coordinates: object, into: Collector) -> BaseGeometry | None:
    at = _geojson_position(coordinates, into)
    return Point(at) if at else None


def _line(coordinates: object, into: Collector) -> BaseGeometry | None:
    line = into.line(_geojson_positions(coordinates, into))
    return LineString(line) if line else None


def _polygon(coordinates: object, into: Collector) -> BaseGeometry | None:
    if not isinstance(coordinates, list) or not coordinates:
        into.fault("geometry", coordinates)
        return None
    return polygon_of(into.ring(_geojson_positions(ring, into)) for ring in coordinates)
