"""Reads GeoJSON geometry as shapely geometry, or explains what is wrong with it.

Coordinates are two-dimensional, WGS 84 (EPSG:4326), in degrees, (lon, lat), as in RFC 7946. Rings are closed
and may have either orientation; in the result outer rings are counter-clockwise and holes clockwise.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.validation import explain_validity

from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import Shape

_POLAR = 89.0  # degrees of latitude beyond which a ring may follow the edge of the map
MOST_POSITIONS = 200_000  # of one file; the browser has to draw them
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_AREAS, _LINES, _POINTS = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString"), ("Point",)
_TYPES: dict[Shape, tuple[str, ...]] = {"area": _AREAS, "line": _LINES, "point": _POINTS}
_CRS84 = {
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
}
SWAPPED = Issue("lat and lon look swapped", "", "write each position as [longitude, latitude]")


def crs_issue(crs: object) -> Issue | None:
    """Return the issue with a ``crs`` member; ``None`` if it names WGS 84."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and name in _CRS84:
        return None
    return Issue(
        "the coordinates are not in WGS 84",
        short_repr(name or crs),
        "export the layer as EPSG:4326, or remove the crs member",
    )


def read_shape(geometry: object, shapes: Sequence[Shape]) -> tuple[BaseGeometry | None, Issue | None]:
    """Return a feature's geometry as shapely geometry, or the issue that prevents it.

    Parameters
    ----------
    geometry
        The ``geometry`` member as JSON gave it.
    shapes
        The shapes its layer may have.

    Returns
    -------
    tuple
        The geometry, (lon, lat) in degrees, and ``None``; or ``None`` and the issue.
    """
    if not isinstance(geometry, dict):
        return None, Issue(
            "the feature has no geometry", short_repr(geometry), "draw it, or remove the feature"
        )
    if issue := _type_issue(geometry, shapes) or _coordinates_issue(geometry):
        return None, issue
    try:
        made = shape(geometry | {"coordinates": _as_arrays(geometry)})
    except (ValueError, TypeError, shapely.errors.ShapelyError) as error:
        return None, Issue("the geometry cannot be built", short_repr(str(error)), "draw it again")
    if issue := _validity_issue(made):
        return None, issue
    return shapely.orient_polygons(made), None


def _type_issue(geometry: dict[str, Any], shapes: Sequence[Shape]) -> Issue | None:
    kind = geometry.get("type")
    allowed = [name for shape_ in shapes for name in _TYPES[shape_]]
    if not isinstance(kind, str) or kind not in _DEPTH:
        return Issue("unknown geometry type", short_repr(kind), f"use one of {', '.join(allowed)}")
    if kind not in allowed:
        return Issue(
            f"a {kind} cannot represent {_meant(shapes)}", kind, f"draw it as {' or '.join(allowed)}"
        )
    if extra := sorted(set(geometry) - {"type", "coordinates"}):
        return Issue("the geometry has an unknown key", short_repr(extra[0]), "remove it")
    return None


def _coordinates_issue(geometry: dict[str, Any]) -> Issue | None:
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if coordinates is None or coordinates == []:
        return Issue("the geometry is empty", short_repr(coordinates), "draw it, or remove the feature")
    sound = _sound_positions(coordinates, _DEPTH[kind])
    if sound is None:
        positions: list[tuple[float, float]] = []
        if issue := _collect(coordinates, _DEPTH[kind], positions) or _range_issue(positions):
            return issue
    if kind in _LINES and any(len(line) < 2 for line in _strings(kind, coordinates)):  # noqa: PLR2004 - start and end
        return Issue("a line has fewer than two positions", "1", "draw it through at least two points")
    if sound is None or (np.abs(np.diff(sound[:, 0])) > 180).any():  # noqa: PLR2004 - half the world, in degrees
        paths = (
            [*_rings(kind, coordinates)]
            if kind in _AREAS
            else _strings(kind, coordinates)
            if kind in _LINES
            else []
        )
        if issue := next(filter(None, map(_dateline_issue, paths)), None):
            return issue
    return next(filter(None, map(_ring_issue, _rings(kind, coordinates))), None)


def _meant(shapes: Sequence[Shape]) -> str:
    if len(shapes) > 1:
        return "a place of this layer"
    return {"area": "an area", "line": "a line", "point": "a point"}[shapes[0]]


def _sound_positions(coordinates: object, depth: int) -> NDArray[np.float64] | None:
    """Return all positions, one after the other, if each is a pair of degrees; ``None`` if one may not be.

    They are checked all at once, which takes a tenth of the time of `_collect` and `_range_issue`. These say
    which position is wrong, and why.
    """
    items: list[Any] = [coordinates]
    for _ in range(depth):
        if not _are_lists(items):
            return None
        items = [*chain.from_iterable(items)]
    if not _are_lists(items) or {*map(len, items)} != {2}:
        return None
    numbers = [*chain.from_iterable(items)]
    if not {*map(type, numbers)} <= {int, float}:
        return None
    try:
        positions = np.array(numbers, dtype=np.float64).reshape(-1, 2)
    except OverflowError:  # an integer that does not fit a float
        return None
    return positions if (np.abs(positions) <= (180, 90)).all() else None


def _are_lists(items: list[Any]) -> bool:
    return {*map(type, items)} == {list} and all(items)


def _as_arrays(geometry: dict[str, Any]) -> Any:
    """Return valid coordinates with each ring as an array, which shapely reads faster than lists."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return [np.array(ring, dtype=np.float64) for ring in coordinates]
    if kind == "MultiPolygon":
        return [[np.array(ring, dtype=np.float64) for ring in polygon] for polygon in coordinates]
    return coordinates


def _collect(value: object, depth: int, into: list[tuple[float, float]]) -> Issue | None:
    """Collect the positions of nested coordinates into ``into``; stop at the first that is invalid."""
    if not isinstance(value, list) or not value:
        return Issue(
            "the coordinates are not nested as the geometry type requires",
            short_repr(value),
            "check the brackets",
        )
    if depth > 0:
        return next(filter(None, (_collect(item, depth - 1, into) for item in value)), None)
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in value):
        return Issue("a position is not a pair of numbers", short_repr(value), "write [longitude, latitude]")
    if len(value) != 2:  # noqa: PLR2004 - longitude and latitude
        return Issue(
            "a position is not two-dimensional",
            short_repr(value),
            "write [longitude, latitude] without height",
        )
    if not all(map(_finite, value)):
        return Issue("a coordinate is not finite", short_repr(value), "write degrees")
    into.append((float(value[0]), float(value[1])))
    return None


def _finite(number: float) -> bool:
    return abs(number) < 1e300 and math.isfinite(number)  # noqa: PLR2004 - huge integers do not fit a float


def _range_issue(positions: list[tuple[float, float]]) -> Issue | None:
    for lon, lat in positions:
        if abs(lon) <= 180 and abs(lat) <= 90:  # noqa: PLR2004 - the whole world, in degrees
            continue
        got = f"{lon:g}, {lat:g}"
        if abs(lon) <= 360 and abs(lat) <= 90 and any(abs(other) <= 180 for other, _ in positions):  # noqa: PLR2004
            return _crosses(f"longitude {lon:g}")
        if abs(lon) > 1000 or abs(lat) > 1000:  # noqa: PLR2004 - too large for a typing error
            return Issue(
                "the coordinates look like metres, not degrees", got, "export the layer as EPSG:4326"
            )
        if abs(lon) <= 90 and abs(lat) <= 180:  # noqa: PLR2004 - valid when swapped
            return replace(SWAPPED, got=got)
        return Issue(
            "a coordinate is out of range", got, "longitude must be in -180 to 180, latitude in -90 to 90"
        )
    return None


def _strings(kind: str, coordinates: Any) -> list[Any]:
    return [coordinates] if kind == "LineString" else list(coordinates)


def _rings(kind: str, coordinates: Any) -> Iterator[Any]:
    if kind == "Polygon":
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon


def _dateline_issue(path: Any) -> Issue | None:
    """Return an issue if a ring or line jumps from one edge of the world to the other."""
    for (lon, lat), (after, _) in pairwise(path):
        # rings around the whole world, such as Antarctica's, follow the edges of the map instead
        whole = abs(lon) == abs(after) == 180  # noqa: PLR2004 - from edge to edge
        if abs(after - lon) > 180 and abs(lat) < _POLAR and not whole:  # noqa: PLR2004 - half the world, in degrees
            return _crosses(f"{lon:g} to {after:g} near latitude {lat:g}")
    return None


def _crosses(got: str) -> Issue:
    return Issue(
        "the outline crosses the antimeridian", got, "split it there, in two parts (RFC 7946, 3.1.9)"
    )


def _ring_issue(ring: Any) -> Issue | None:
    if len(ring) < 4:  # noqa: PLR2004 - a triangle, closed
        return Issue(
            "a ring has fewer than four positions", f"{len(ring)}", "draw at least a triangle, and close it"
        )
    if ring[0] != ring[-1]:
        return Issue(
            "a ring is not closed",
            f"{short_repr(ring[0])} … {short_repr(ring[-1])}",
            "end it with its first position",
        )
    return None


def _validity_issue(made: BaseGeometry) -> Issue | None:
    if made.is_empty:
        return Issue("the geometry is empty", made.geom_type, "draw it, or remove the feature")
    if made.is_valid:
        return None
    reason, _, place = explain_validity(made).partition("[")
    what = "the outline crosses itself" if "elf-inter" in reason else "the geometry is not valid"
    got = f"{reason.strip()} at {place.rstrip(']')}" if place else reason
    return Issue(what, got, "move or remove the vertex there")
