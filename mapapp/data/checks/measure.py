"""Whether the figures stated of a place are those of its drawing.

Areas (km2) and lengths (km) are measured on the WGS 84 ellipsoid. A depth has no one measure and is left out.
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

_OFF = 0.05  # share by which a figure may differ from the drawing: figures are rounded, lines simplified
_EDGE_DEGREES = 0.25
_ELLIPSOID = Geod(ellps="WGS84")


def figure_issues(place: Place) -> Iterator[Issue]:
    """Yield the stated figures of a place that its drawing does not bear: path, what is wrong, got, fix."""
    for key, stated in place.facts:
        drawn = _drawn(key, place.geometry)
        if drawn is None:
            continue
        if isinstance(stated, str):
            yield Issue("not a number", f'"{stated}"', "write it without quotes", where=key)
        elif abs(stated - drawn) > _OFF * drawn:
            got = f"{stated}, measured {drawn:.1f} {key.rpartition('_')[2]}"
            yield Issue("the value differs from the geometry", got, "correct either of them", where=key)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of a shape in degrees, whichever way its rings run; 0 for lines and points."""
    # normalised, since a ring that runs the wrong way is told elsewhere; long edges are straight in degrees
    parts = shapely.get_parts(shapely.normalize(shapely.segmentize(geometry, _EDGE_DEGREES)))
    areas = (part for part in parts if part.geom_type == "Polygon")
    return sum(abs(float(_ELLIPSOID.geometry_area_perimeter(part)[0])) for part in areas) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of the lines of a shape given in degrees; 0 for points."""
    parts = shapely.get_parts(shapely.segmentize(geometry, _EDGE_DEGREES))
    lines = (part for part in parts if part.geom_type in ("LineString", "LinearRing"))
    return sum(float(_ELLIPSOID.geometry_length(part)) for part in lines) / 1e3


def _drawn(key: str, geometry: BaseGeometry) -> float | None:
    """Return the measure a figure speaks of, ``None`` where the drawing has no such measure."""
    if key == "area_km2" and geometry.geom_type in ("Polygon", "MultiPolygon"):
        return area_km2(geometry)
    if key == "length_km" and geometry.geom_type in ("LineString", "MultiLineString"):
        return length_km(geometry)
    return None
