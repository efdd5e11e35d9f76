"""Reads GPX: waypoints, routes and tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from mapapp.data.own_layer_readers.collector import SPACES, number
from mapapp.data.own_layer_readers.xml_elements import children, local, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from shapely.geometry.base import BaseGeometry

    from mapapp.data.own_layer_readers.collector import Collector, Position


def read_gpx(text: str, into: Collector) -> None:
    """Add a point for each waypoint, a line for each route and each segment of a track."""
    root = root_of(text, "gpx", into)
    if root is None:
        return
    into.unit = "element"
    for element in children(root, "wpt", "rte", "trk"):
        into.n += 1
        into.shapes += _gpx_shapes(element, into)


def _gpx_shapes(element: ET.Element, into: Collector) -> Iterator[BaseGeometry]:
    if local(element) == "wpt":
        at = _gpx_position(element, into)
        if at:
            yield Point(at)
        return
    lines = [children(element, "rtept")]
    if local(element) == "trk":
        lines = [children(segment, "trkpt") for segment in children(element, "trkseg")]
    for points in lines:
        # a receiver that was switched on and off writes segments of one point
        line = into.line([_gpx_position(one, into) for one in points]) if len(points) > 1 else None
        if line:
            yield LineString(line)


def _gpx_position(element: ET.Element, into: Collector) -> Position | None:
    lon, lat = (element.get(name, "").strip(SPACES) for name in ("lon", "lat"))
    x, y = number(lon), number(lat)
    if x is not None and y is not None:
        return into.position(x, y)
    into.fault("position", f"{lon}, {lat}")
    return None
