"""Reads KML: the placemarks with their points, lines and areas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from mapapp.data.own_layer_readers.collector import number, polygon_of
from mapapp.data.own_layer_readers.xml_elements import children, local, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from shapely.geometry.base import BaseGeometry

    from mapapp.data.own_layer_readers.collector import Collector, Position

_SPACE = re.compile("[ \t\r\n]+")


def read_kml(text: str, into: Collector) -> None:
    """Add the shapes of each placemark, at any depth of folders."""
    root = root_of(text, "kml", into)
    if root is None:
        return
    into.unit = "placemark"
    for element in root.iter():
        if local(element) == "Placemark":
            into.n += 1
            into.shapes += _kml_shapes(element, into)


def _kml_shapes(parent: ET.Element, into: Collector) -> Iterator[BaseGeometry]:
    make = {"Point": _kml_point, "LineString": _kml_line, "LinearRing": _kml_line, "Polygon": _kml_polygon}
    for element in parent:
        name = local(element)
        if name == "MultiGeometry":
            yield from _kml_shapes(element, into)
        elif name in make:
            shape = make[name](element, into)
            if shape is not None:
                yield shape


def _kml_point(element: ET.Element, into: Collector) -> BaseGeometry | None:
    places = _kml_positions(element, into)
    if len(places) != 1:
        into.fault("short", str(len(places)))
        return None
    return Point(places[0]) if places[0] else None


def _kml_line(element: ET.Element, into: Collector) -> BaseGeometry | None:
    line = into.line(_kml_positions(element, into))
    return LineString(line) if line else None


def _kml_polygon(element: ET.Element, into: Collector) -> BaseGeometry | None:
    outer = children(element, "outerBoundaryIs")
    edges = [*outer, *children(element, "innerBoundaryIs")]
    rings = [ring for edge in edges for ring in children(edge, "LinearRing")]
    if len(outer) != 1 or not rings:
        into.fault("geometry", "Polygon")
        return None
    return polygon_of(into.ring(_kml_positions(ring, into)) for ring in rings)


def _kml_positions(element: ET.Element, into: Collector) -> list[Position | None]:
    found = children(element, "coordinates")
    text = "".join(found[0].itertext()) if found else ""
    positions: list[Position | None] = []
    for place in filter(None, _SPACE.split(text)):
        numbers = [number(part) for part in place.split(",")]
        lon, lat = numbers[:2] if len(numbers) > 1 else (None, None)
        if lon is None or lat is None:
            into.fault("position", place)
            positions.append(None)
        else:
            positions.append(into.position(lon, lat))
    return positions
