"""Compares the areas and lengths stated for a place with its geometry.

Areas (km2) and lengths (km) are geodesic, on the WGS 84 ellipsoid. Depths are not compared: a shape has no
single depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from mapapp.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place

_TOLERANCE = 0.05  # relative difference allowed: stated values are rounded, geometries simplified
_EDGE_DEGREES = 0.25
_ELLIPSOID = Geod(ellps="WGS84")


def figure_issues(place: Place) -> Iterator[Issue]:
    """Yield an issue for each stated area or length that differs from the geometry by more than 5 %."""
    for key, stated in place.facts:
        measured = _measured(key, place.geometry)
        if measured is None:
            continue
        if isinstance(stated, str):
            yield Issue("not a number", f'"{stated}"', "write it without quotes", where=key)
        elif abs(stated - measured) > _TOLERANCE * measured:
            got = f"{stated}, measured {measured:.1f} {key.rpartition('_')[2]}"
            yield Issue("the value differs from the geometry", got, "correct one of them", where=key)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in km2, whatever the orientation of the rings; 0 for lines and points.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """
    # normalised: orientation is not this check's concern; segmentised: long edges are straight in degrees
    parts = shapely.get_parts(shapely.normalize(shapely.segmentize(geometry, _EDGE_DEGREES)))
    areas = (part for part in parts if part.geom_type == "Polygon")
    return sum(abs(float(_ELLIPSOID.geometry_area_perimeter(part)[0])) for part in areas) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of lines in km; 0 for points and areas.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """
    parts = shapely.get_parts(shapely.segmentize(geometry, _EDGE_DEGREES))
    lines = (part for part in parts if part.geom_type in ("LineString", "LinearRing"))
    return sum(float(_ELLIPSOID.geometry_length(part)) for part in lines) / 1e3


def _measured(key: str, geometry: BaseGeometry) -> float | None:
    """Return the geometry's measure for a key of a place's facts; ``None`` if it has none."""
    if key == "area_km2" and geometry.geom_type in ("Polygon", "MultiPolygon"):
        return area_km2(geometry)
    if key == "length_km" and geometry.geom_type in ("LineString", "MultiLineString"):
        return length_km(geometry)
    return None
