"""Compares the areas and lengths stated for a place with its geometry.

Areas (km2) and lengths (km) are geodesic, on the WGS 84 ellipsoid. Depths are not compared: a shape has no
single depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.geodesy import area_km2, length_km
from mapapp.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place

_TOLERANCE = 0.05  # relative difference allowed: stated values are rounded, geometries simplified


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


def _measured(key: str, geometry: BaseGeometry) -> float | None:
    """Return the geometry's measure for a key of a place's facts; ``None`` if it has none."""
    if key == "area_km2" and geometry.geom_type in ("Polygon", "MultiPolygon"):
        return area_km2(geometry)
    if key == "length_km" and geometry.geom_type in ("LineString", "MultiLineString"):
        return length_km(geometry)
    return None
