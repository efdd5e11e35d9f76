"""The position of a place's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def label_point(shape: BaseGeometry) -> BaseGeometry:
    """Return the point at which to label a shape.

    For a line, a point along its longest part; for an area, the point farthest from its edges, in the
    shape's coordinates.
    """
    if shape.geom_type in ("Point", "MultiPoint"):
        return shapely.get_parts(shape)[0]  # type: ignore[no-any-return] # shapely is not typed here
    if shape.geom_type in ("LineString", "MultiLineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        return longest.interpolate(0.4, normalized=True)  # type: ignore[no-any-return] # shapely is not typed here
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest.simplify(0.01), tolerance=0.02)
    return radius.interpolate(0)
