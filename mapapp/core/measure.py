"""Whether the figures stated of a place are those of its drawing.

Areas (km2) and lengths (km) are measured on the WGS 84 ellipsoid. A depth has no one measure and is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place

_OFF = 0.05  # share by which a figure may differ from the drawing: figures are rounded, lines simplified
_ELLIPSOID = Geod(ellps="WGS84")


def figure_findings(place: Place) -> Iterator[tuple[str, str, str, str]]:
    """Yield the stated figures of a place that its drawing does not bear: path, what is wrong, got, fix."""
    for key, stated in place.facts:
        drawn = _drawn(key, place.geometry)
        if drawn is None:
            continue
        if isinstance(stated, str):
            yield key, "that is not a number", f'"{stated}"', "write the figure without quotes"
        elif abs(stated - drawn) > _OFF * drawn:
            got = f"{stated}, drawn {drawn:.1f} {key.rpartition('_')[2]}"
            yield key, "the figure is not that of the drawing", got, "correct it, or the geometry"


def _drawn(key: str, geometry: BaseGeometry) -> float | None:
    """Return the measure a figure speaks of, ``None`` where the drawing has no such measure."""
    if key == "area_km2" and geometry.geom_type in ("Polygon", "MultiPolygon"):
        # normalised, since a ring that runs the wrong way is told elsewhere
        return abs(float(_ELLIPSOID.geometry_area_perimeter(shapely.normalize(geometry))[0])) / 1e6
    if key == "length_km" and geometry.geom_type in ("LineString", "MultiLineString"):
        return float(_ELLIPSOID.geometry_length(geometry)) / 1e3
    return None
