"""Collects the shapes and the faults that are found in a layer of the reader's own."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shapely.geometry import Polygon

from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

SPACES = (  # what JavaScript trims, so that the page accepts and refuses the same files
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LEAST_LINE, _LEAST_RING = 2, 4  # positions

Unit = Literal["file", "feature", "placemark", "element", "row"]
Position = tuple[float, float]  # lon, lat

# what each code means, and how to fix it
_FAULTS: dict[str, tuple[str, str]] = {
    "format": ("unsupported file type", "use .geojson, .json, .kml, .gpx, .csv or .tsv"),
    "size": ("the file is larger than 20 MB", "leave out what the map does not need"),
    "vertices": ("more than 50,000 points", "simplify the lines and areas"),
    "encoding": ("the text is not UTF-8", "save the file as UTF-8"),
    "syntax": (
        "the file is damaged, or not what its ending says",
        "save it again in the program that made it",
    ),
    "doctype": (
        "a document type or an entity is declared, which may hide other files",
        "remove the declaration",
    ),
    "root": ("not the kind of document that its ending says", "save it as GeoJSON, KML or GPX"),
    "crs": ("a coordinate system other than WGS 84", "save it in WGS 84 (EPSG:4326)"),
    "empty": ("there is no point, line or area in the file", "add at least one"),
    "geometry": ("not a point, line or area that can be drawn", "use points, lines and polygons"),
    "position": (
        "not a position",
        "write longitude and latitude in decimal degrees; CSV files name their columns lat and lon",
    ),
    "range": (
        "longitude or latitude is out of range",
        "write longitude from -180 to 180, latitude from -90 to 90",
    ),
    "short": ("too few positions", "a point has one, a line at least two, the edge of an area at least four"),
    "open": ("the edge of an area does not end where it begins", "close it"),
    "columns": ("no columns with latitude and longitude", "name them lat and lon in the first row"),
    "cells": ("the row has more cells than the first row", "put cells that contain a delimiter in quotes"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one item of the file, counted from 1; 0 for the file as a whole."""

    unit: Unit
    n: int
    code: str
    got: str = ""

    def issue(self, file: str) -> Issue:
        """Return the fault in words."""
        what, fix = _FAULTS[self.code]
        where = "" if self.unit == "file" else f"{self.unit} {self.n}"
        return Issue(what, short_repr(self.got) if self.got else "", fix, where, file)


class Collector:
    """Collects shapes and faults."""

    def __init__(self) -> None:
        self.shapes: list[BaseGeometry] = []
        self.faults: list[Fault] = []
        self.vertices = 0
        self.unit: Unit = "file"
        self.n = 0

    def fault(self, code: str, got: object = "") -> None:
        """Note a fault of the current item."""
        self.faults.append(Fault(self.unit, self.n, code, got if isinstance(got, str) else repr(got)))

    def position(self, lon: object, lat: object) -> Position | None:
        """Return a position, if it is one."""
        x, y = (_finite(number) for number in (lon, lat))
        if x is None or y is None:
            self.fault("position", [lon, lat])
            return None
        if not (-180 <= x <= 180 and -90 <= y <= 90):  # noqa: PLR2004 - degrees
            self.fault("range", f"{lon}, {lat}")
            return None
        self.vertices += 1
        return x, y

    def line(self, positions: Sequence[Position | None], least: int = _LEAST_LINE) -> list[Position] | None:
        """Return the positions of a line, if they are enough."""
        line = [position for position in positions if position is not None]
        if len(line) < len(positions):
            return None  # said already
        if len(line) >= least:
            return line
        self.fault("short", str(len(line)))
        return None

    def ring(self, positions: Sequence[Position | None]) -> list[Position] | None:
        """Return the positions of a closed ring."""
        ring = self.line(positions, _LEAST_RING)
        if ring is None or ring[0] == ring[-1]:
            return ring
        self.fault("open", f"{ring[0]} … {ring[-1]}")
        return None


def _finite(number: object) -> float | None:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    try:
        value = float(number)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def polygon_of(rings: Iterable[list[Position] | None]) -> BaseGeometry | None:
    """Return the area within the first ring, without the others; ``None`` if a ring is faulty."""
    shell, *holes = list(rings)
    known = [hole for hole in holes if hole is not None]
    if shell is None or len(known) < len(holes):
        return None
    return Polygon(shell, known)


def number(text: str) -> float | None:
    """Return a decimal number; ``None`` for any other text, also for ``1e5``, ``nan`` and hexadecimals."""
    return float(text) if _NUMBER.fullmatch(text) else None
