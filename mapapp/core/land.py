"""Land that an area has and another has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SLIVER_KM2 = 0.05
_AXIS, _SQUARED = 6378137.0, 0.00669437999014  # of WGS 84: semi-major axis in metres, eccentricity squared


def only_in(land: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the part of ``land`` that is not in ``other``, without slivers.

    In degrees, (lon, lat); a polygon or multipolygon, empty if there is no such part.
    """
    return without_slivers(land.difference(other))


def without_slivers(land: BaseGeometry) -> BaseGeometry:
    """Return the polygons of ``land`` that are larger than 0.05 km2."""
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    kept = [part for part in parts if equal_area_km2(part) > _SLIVER_KM2]
    found: BaseGeometry = shapely.orient_polygons(kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept))
    return found


def equal_area_km2(geometry: BaseGeometry) -> float:
    """Return the area in km2, measured in Lambert's cylindrical equal-area projection of the ellipsoid.

    For what is computed when the data is loaded: `mapapp.core.geodesy` needs pyproj, and loading that takes
    longer than all the rest of loading. The projection is written out here for the same reason.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """

    def metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(degrees).T
        sine, eccentricity = np.sin(lat), np.sqrt(_SQUARED)
        authalic = (1 - _SQUARED) * (
            sine / (1 - _SQUARED * sine**2) + np.arctanh(eccentricity * sine) / eccentricity
        )
        return _AXIS * np.column_stack([lon, authalic / 2])

    return float(shapely.transform(geometry, metres).area) / 1e6
