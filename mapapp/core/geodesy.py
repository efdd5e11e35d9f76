"""Distances, directions, areas and lengths on the WGS 84 ellipsoid; positions are (lon, lat) in degrees.

They are those of pyproj's ``Geod``, which computes them by the method of C. F. F. Karney, Algorithms for
geodesics, Journal of Geodesy 87, 2013, https://doi.org/10.1007/s00190-012-0578-z. What is near a line
(`around`) is measured in an azimuthal equidistant projection: from its centre all distances are exact, and
300 km away no distance is wrong by more than 0.04 %.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Geod, Proj
    from shapely import Point, Polygon
    from shapely.geometry.base import BaseGeometry

Compass = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw"]
COMPASS: tuple[Compass, ...] = get_args(Compass)  # clockwise
_EDGE_DEGREES = 0.05  # edges are straight in degrees: shorter ones differ less from geodesics
_WHOLE_TURN = 360.0
_ROUND = 16  # segments of a quarter of a circle; its area is then 0.2 % too small
_PIECE_DEGREES = 2.0  # longest side of what is measured in one projection
_SECTOR = 360 / len(COMPASS)


@cache
def geod() -> Geod:
    """Return pyproj's geodesics on WGS 84; loading pyproj takes longer than most of what needs none."""
    from pyproj import Geod  # noqa: PLC0415 - slow to load, as said

    return Geod(ellps="WGS84")


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in km2, whatever the orientation of the rings; 0 for lines and points.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """
    # normalised: the orientation of rings does not matter; segmentised: long edges are straight in degrees
    parts = shapely.get_parts(shapely.normalize(shapely.segmentize(geometry, _EDGE_DEGREES)))
    return sum(abs(_signed(part)) for part in parts if part.geom_type == "Polygon") / 1e6


def _signed(polygon: Polygon) -> float:
    """Return the area of a polygon in m2, below 0 if its outline runs clockwise; holes run the other way."""
    # as Geod.geometry_area_perimeter does, but without copying each coordinate in Python
    earth = geod()
    rings = (shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors))
    return sum(float(earth.polygon_area_perimeter(*ring.T.copy())[0]) for ring in rings)


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of lines in km; 0 for points and areas.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """
    parts = shapely.get_parts(shapely.segmentize(geometry, _EDGE_DEGREES))
    lines = (part for part in parts if part.geom_type in ("LineString", "LinearRing"))
    return sum(float(geod().geometry_length(part)) for part in lines) / 1e3


def course(start: Point, end: Point) -> tuple[float, float]:
    """Return the geodesic distance from one point to another in km, and the azimuth at the first.

    The azimuth is in degrees clockwise from north, from 0 to 360.
    """
    azimuth, _, metres = geod().inv(start.x, start.y, end.x, end.y)
    return float(metres) / 1000, float(azimuth) % 360


def compass(azimuth: float) -> Compass:
    """Return the nearest of the eight points of the compass to an azimuth in degrees."""
    return COMPASS[round(azimuth / _SECTOR) % len(COMPASS)]


def around(lines: BaseGeometry, km: float) -> BaseGeometry:
    """Return all land at most ``km`` kilometres from lines, in degrees.

    Each piece of at most 2 degrees is projected by itself, so that it may lie anywhere on the globe; near the
    antimeridian the result may go beyond 180 degrees.
    """
    pieces = (_around(piece, km) for line in shapely.get_parts(lines) for piece in _pieces(line))
    found: BaseGeometry = shapely.union_all([*pieces])
    return found


def _pieces(line: BaseGeometry) -> list[BaseGeometry]:
    """Divide a line into pieces that are straight in degrees and lie close together."""
    points = shapely.get_coordinates(shapely.segmentize(line, _PIECE_DEGREES / 4))
    if np.ptp(points, axis=0).max() <= _PIECE_DEGREES:  # most lines are one piece
        return [shapely.LineString(points)]
    found: list[BaseGeometry] = []
    start = 0
    for end in range(1, len(points)):
        if np.ptp(points[start : end + 1], axis=0).max() > _PIECE_DEGREES or end == len(points) - 1:
            found.append(shapely.LineString(points[start : end + 1]))
            start = end
    return found


def _around(line: BaseGeometry, km: float) -> BaseGeometry:
    west, south, east, north = line.bounds
    lon, lat = round((west + east) / 2), round((south + north) / 2)
    local = _local(lon, lat)

    def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(local(points[:, 0], points[:, 1]))

    def to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lons, lats = local(points[:, 0], points[:, 1], inverse=True)
        turned = (lons - lon + _WHOLE_TURN / 2) % _WHOLE_TURN - _WHOLE_TURN / 2 + lon
        return np.column_stack([turned, lats])

    band = shapely.buffer(shapely.transform(line, to_metres), km * 1e3, quad_segs=_ROUND)
    found: BaseGeometry = shapely.make_valid(shapely.transform(band, to_degrees))
    return found


@lru_cache(maxsize=256)
def _local(lon: int, lat: int) -> Proj:
    """Return the azimuthal equidistant projection with its centre at a whole degree."""
    from pyproj import Proj  # noqa: PLC0415 - as in `geod`

    return Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")
