"""From GeoJSON geometry, as written, to shapely; and everything that can be wrong on the way.

Coordinates are WGS 84, (lon, lat) in degrees, two-dimensional, as RFC 7946 has them, rings closed. Rings may
run either way; in the shape made of them outer rings run counter-clockwise and holes clockwise.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape
from shapely.validation import explain_validity

from mapapp.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

Problem = tuple[str, str, str]  # what is wrong, what was found, how to mend it

_POLAR = 89.0  # degrees of latitude beyond which a ring may run along the edge of the map
MOST_POSITIONS = 200_000  # of one file; the browser has to draw them
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_AREAS, _LINES, _POINTS = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString"), ("Point",)
TYPES = {
    "land": _AREAS,
    "countries": _AREAS,
    "governorates": _AREAS,
    "zones": _AREAS,
    "dmz": (*_AREAS, *_LINES),  # the zone in its two depths, and its edges
    "control": _AREAS,
    "contact-lines": _LINES,
    "rivers": _LINES,
    "roads": _LINES,
    "towns": _POINTS,
    "posts": _POINTS,
}
_CRS84 = {
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
}
SWAPPED: Problem = ("lat and lon look swapped", "", "write each position as [longitude, latitude]")


def crs_problem(crs: object) -> Problem | None:
    """Return what is wrong with a ``crs`` member; none, or one that says WGS 84, is fine."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and name in _CRS84:
        return None
    return (
        "the coordinates are not in WGS 84",
        shown(name or crs),
        "export the layer as EPSG:4326, or drop crs",
    )


def read_shape(geometry: object, layer: str) -> tuple[BaseGeometry | None, Problem | None]:
    """Return the shape of one feature as far as it is of use, and what is wrong with it."""
    if not isinstance(geometry, dict):
        return None, ("the feature has no geometry", shown(geometry), "draw it, or remove the feature")
    if problem := _type_problem(geometry, layer) or _coordinates_problem(geometry):
        return None, problem
    try:
        made = shape(geometry)
    except (ValueError, TypeError, shapely.errors.ShapelyError) as error:
        return None, ("the geometry cannot be built", shown(str(error)), "draw it anew")
    if problem := _validity_problem(made):
        return None, problem
    return shapely.orient_polygons(made), None


def _type_problem(geometry: dict[str, Any], layer: str) -> Problem | None:
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _DEPTH:
        return "the geometry is of an unknown type", shown(kind), f"use one of {', '.join(TYPES[layer])}"
    if kind not in TYPES[layer]:
        return f"a {kind} cannot stand for {_meant(layer)}", kind, f"draw it as {' or '.join(TYPES[layer])}"
    if extra := sorted(set(geometry) - {"type", "coordinates"}):
        return "the geometry has an unknown key", shown(extra[0]), "remove it"
    return None


def _coordinates_problem(geometry: dict[str, Any]) -> Problem | None:
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if coordinates is None or coordinates == []:
        return "the geometry is empty", shown(coordinates), "draw it, or remove the feature"
    positions: list[tuple[float, float]] = []
    problem = _collect(coordinates, _DEPTH[kind], positions) or _range_problem(positions)
    if problem:
        return problem
    if kind in _LINES and any(len(line) < 2 for line in _strings(kind, coordinates)):  # noqa: PLR2004 - two ends
        return "a line has fewer than two positions", "1", "draw it through at least two places"
    paths = (
        [*_rings(kind, coordinates)]
        if kind in _AREAS
        else _strings(kind, coordinates)
        if kind in _LINES
        else []
    )
    if problem := next(filter(None, map(_dateline_problem, paths)), None):
        return problem
    return next(filter(None, map(_ring_problem, _rings(kind, coordinates))), None)


def _meant(layer: str) -> str:
    if TYPES[layer] is _AREAS:
        return "an area"
    return "a line" if TYPES[layer] is _LINES else "a place of this layer"


def _collect(value: object, depth: int, into: list[tuple[float, float]]) -> Problem | None:
    """Gather the positions of a coordinate tree, and stop at the first that is not one."""
    if not isinstance(value, list) or not value:
        return "the coordinates are not nested as their type needs", shown(value), "check the brackets"
    if depth > 0:
        return next(filter(None, (_collect(item, depth - 1, into) for item in value)), None)
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in value):
        return "a position is not a pair of numbers", shown(value), "write [longitude, latitude]"
    if len(value) != 2:  # noqa: PLR2004 - longitude and latitude
        return "a position is not two-dimensional", shown(value), "write [longitude, latitude] without height"
    if not all(map(_finite, value)):
        return "a coordinate is not finite", shown(value), "write degrees"
    into.append((float(value[0]), float(value[1])))
    return None


def _finite(number: float) -> bool:
    return abs(number) < 1e300 and math.isfinite(number)  # noqa: PLR2004 - huge integers do not fit a float


def _range_problem(positions: list[tuple[float, float]]) -> Problem | None:
    for lon, lat in positions:
        if abs(lon) <= 180 and abs(lat) <= 90:  # noqa: PLR2004 - the whole world, in degrees
            continue
        got = f"{lon:g}, {lat:g}"
        if abs(lon) <= 360 and abs(lat) <= 90 and any(abs(other) <= 180 for other, _ in positions):  # noqa: PLR2004
            return _crosses(f"longitude {lon:g}")
        if abs(lon) > 1000 or abs(lat) > 1000:  # noqa: PLR2004 - far beyond a slip in degrees
            return "the coordinates look like metres, not degrees", got, "export the layer as EPSG:4326"
        if abs(lon) <= 90 and abs(lat) <= 180:  # noqa: PLR2004 - fits the other way round
            return SWAPPED[0], got, SWAPPED[2]
        return "a coordinate is out of range", got, "longitude lies in -180 to 180, latitude in -90 to 90"
    return None


def _strings(kind: str, coordinates: Any) -> list[Any]:
    return [coordinates] if kind == "LineString" else list(coordinates)


def _rings(kind: str, coordinates: Any) -> Iterator[Any]:
    if kind == "Polygon":
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon


def _dateline_problem(path: Any) -> Problem | None:
    """Return that a ring or line jumps from one edge of the world to the other."""
    for (lon, lat), (after, _) in pairwise(path):
        # what goes once round the world, such as Antarctica's ring, runs along the edges of the map instead
        whole = abs(lon) == abs(after) == 180  # noqa: PLR2004 - from edge to edge
        if abs(after - lon) > 180 and abs(lat) < _POLAR and not whole:  # noqa: PLR2004 - half the world, in degrees
            return _crosses(f"{lon:g} to {after:g} near latitude {lat:g}")
    return None


def _crosses(got: str) -> Problem:
    return "the outline crosses the antimeridian", got, "split it there, in two parts (RFC 7946, 3.1.9)"


def _ring_problem(ring: Any) -> Problem | None:
    if len(ring) < 4:  # noqa: PLR2004 - a triangle, closed
        return "a ring has fewer than four positions", f"{len(ring)}", "draw at least a triangle and close it"
    if ring[0] != ring[-1]:
        return "a ring is not closed", f"{shown(ring[0])} … {shown(ring[-1])}", "end it where it begins"
    return None


def _validity_problem(made: BaseGeometry) -> Problem | None:
    if made.is_empty:
        return "the geometry is empty", made.geom_type, "draw it, or remove the feature"
    if made.is_valid:
        return None
    reason, _, place = explain_validity(made).partition("[")
    what = "the outline crosses itself" if "elf-inter" in reason else "the geometry is not valid"
    got = f"{reason.strip()} at {place.rstrip(']')}" if place else reason
    return what, got, "move or remove the vertex there"
