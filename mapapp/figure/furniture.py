"""Map furniture: graticule, scale bar, north arrow and locator map."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from mapapp.figure.canvas import Look, Sheet, width
from mapapp.figure.label_placement import Room, within
from mapapp.figure.map_style import middle
from mapapp.figure.projection import fit_projection
from mapapp.text.dates import number_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.figure.notes import Notes
    from mapapp.figure.projection import Box, MapProjection

_AIR = 1.5  # millimetres between the frame and the furniture in its corners
_WIDE = 2.5e6  # metres; wider maps need no locator
_NICE = (1, 2, 5)
_STEPS = (1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 5, 10, 15, 30)  # degrees between lines of the graticule


def graticule(sheet: Sheet, projection: MapProjection) -> None:
    """Draw parallels and meridians, labelled along the lower and left edge of the frame."""
    west, south, east, north = projection.seen
    step = next((s for s in _STEPS if max(east - west, north - south) / s <= 7), 30)  # noqa: PLR2004 - lines on a map
    look = Look(color="soft")
    left, bottom, right, top = projection.at
    ends: list[tuple[float, float, str, float]] = []
    for lon in _multiples(max(west, -180), min(east, 180), step):
        line = projection.cut(shapely.LineString([(lon, lat) for lat in np.linspace(south, north, 90)]))
        sheet.stroke(line, "border", 0.25, alpha=0.6)
        ends += [(x, bottom - 3, _degrees(lon, "EW"), 0.0) for x in _crossing(line, 1, bottom)]
    for lat in _multiples(max(south, -85), min(north, 85), step):
        line = projection.cut(shapely.LineString([(lon, lat) for lon in np.linspace(west, east, 90)]))
        sheet.stroke(line, "border", 0.25, alpha=0.6)
        ends += [(left - 0.9, y, _degrees(lat, "NS"), 90.0) for y in _crossing(line, 0, left)]
    last: dict[float, float] = {}
    for x, y, text, turn in ends:
        at, half = (y if turn else x), width(text, look) / 2 + 0.8
        low, high = (bottom, top) if turn else (left, right)
        if at - half < max(low, last.get(turn, -1)) or at + half > high:
            continue
        last[turn] = at + half
        sheet.text(x, y, text, look, align="center", turn=turn)


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step


def _crossing(line: BaseGeometry, axis: int, edge: float) -> list[float]:
    """Return where a line ends on an edge of the frame, along that edge."""
    parts = [
        part for part in getattr(line, "geoms", [line]) if part.geom_type == "LineString" and part.length
    ]
    ends = [end for part in parts for end in (part.coords[0], part.coords[-1])]
    return sorted({round(end[1 - axis], 2) for end in ends if abs(end[axis] - edge) < 1e-6})  # noqa: PLR2004 - rounding


def _degrees(angle: float, sides: str) -> str:
    minutes = round(abs(angle) * 60)
    side = sides[0] if angle > 0 else sides[1] if angle < 0 else ""
    return f"{minutes // 60}°" + (f"{minutes % 60:02d}\N{PRIME}" if minutes % 60 else "") + side


def furniture(sheet: Sheet, projection: MapProjection, notes: Notes, room: Room) -> None:
    """Draw locator, scale bar and north arrow in the emptiest corners; keep labels away from them."""
    left, bottom, right, top = projection.at
    length, metres = _scale(projection, (right - left) * 0.26)
    wide, high = length + 18, 8.5
    lows = [(x, bottom + _AIR) for x in (left + _AIR, right - _AIR - wide)]
    at = min((room.busy(rect), rect) for rect in ((x, y, x + wide, y + high) for x, y in lows))[1]
    room.take(at)
    _scale_bar(sheet, at, length, metres)
    _arrow(sheet, at[2] - 5, at[1] + 4.2, projection.north())
    if (right - left) * projection.true > _WIDE:
        return
    wide = min(34.0, (right - left) * 0.27)
    high = wide * 0.85
    corners = [(x, y) for x in (left + _AIR, right - _AIR - wide) for y in (bottom + _AIR, top - _AIR - high)]
    rects = [(x, y, x + wide, y + high) for x, y in corners]
    at = min((not room.free(rect), room.busy(rect), rect) for rect in rects if _apart(rect, at))[2]
    room.take(at)
    _locator(sheet, projection, notes, at)


def _apart(one: Box, other: Box) -> bool:
    return one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def _scale(projection: MapProjection, room: float) -> tuple[float, float]:
    """Return the longest scale bar with a round length that fits, in millimetres and in metres."""
    most = room * projection.true
    power = 10 ** math.floor(math.log10(most))
    metres = max(nice * power for nice in _NICE if nice * power <= most)
    return metres / projection.true, metres


def _scale_bar(sheet: Sheet, at: Box, length: float, metres: float) -> None:
    look = Look()
    sheet.area(shapely.box(*at), "paper", 0.88)
    x, y = at[0] + 3, at[1] + 1.6
    for number in range(4):
        piece = shapely.box(x + number * length / 4, y, x + (number + 1) * length / 4, y + 1.1)
        sheet.area(piece, "paper" if number % 2 else "ink")
    sheet.stroke(shapely.box(x, y, x + length, y + 1.1).boundary, "ink", 0.5)
    unit, worth = ("km", 1000) if metres >= 2000 else ("m", 1)  # noqa: PLR2004 - as one says
    for part in (0, 0.5, 1):
        text = number_words(metres * part / worth)
        sheet.text(x + length * part, y + 2.2, text, look, align="center")
    wide = width(number_words(metres / worth), look)
    sheet.text(x + length + wide / 2 + 0.8, y + 2.2, unit, look)


def _arrow(sheet: Sheet, x: float, y: float, turn: float) -> None:
    needle = shapely.Polygon([(0, 3.4), (1.5, -2.2), (0, -1.1), (-1.5, -2.2)])
    half = shapely.Polygon([(0, 3.4), (0, -1.1), (-1.5, -2.2)])
    for shape, fill in ((needle, "paper"), (half, "ink")):
        laid = affinity.translate(affinity.rotate(shape, -turn, origin=(0, 0)), x, y + 0.2)
        sheet.area(laid, fill)
        sheet.stroke(laid.boundary, "ink", 0.5)
    sheet.text(x + 2, y + 1, words("figure-north"), Look(bold=True))


def _locator(sheet: Sheet, projection: MapProjection, notes: Notes, at: Box) -> None:
    """Draw a small map of the surrounding countries with the frame marked."""
    lon, lat = projection.middle
    metres = min(max(9 * (projection.frame[2] - projection.frame[0]), 1.3e6), 9e6)
    high, wide = metres / 111_320 / 2, metres / 111_320 / 2 / math.cos(math.radians(lat))
    box = ((lat - high * 0.8, lon - wide), (lat + high * 0.8, lon + wide))
    small = fit_projection(None, box, at)
    sheet.area(shapely.box(*at), "water")
    bases = [
        place for layer in notes.atlas.layers if layer.id in ("land", "countries") for place in layer.places
    ]
    bases.sort(key=lambda place: place.layer != "land")
    room = Room(at)
    names = []
    for place in bases:
        if place.kind == "disputed-area":
            continue
        shape = small.cut(place.geometry.simplify(0.03))
        if shape.is_empty:
            continue
        sheet.area(shape, "land" if place.layer == "land" else "country")
        if place.layer == "countries":
            sheet.stroke(small.edge(place.geometry.simplify(0.03)), "border", 0.35)
            names.append((place, shape))
    west, south, east, north = projection.frame
    xs, ys = [west, east, east, west, west], [south, south, north, north, south]
    lons, lats = projection.back(xs, ys)
    frame = small.lay(shapely.LineString(list(zip(lons, lats, strict=True))).segmentize(0.5))
    sheet.area(shapely.Polygon(frame.coords), "article", 0.15)
    sheet.stroke(frame, "article", 1.1)
    room.take(frame.bounds)
    for place, shape in sorted(names, key=lambda item: -item[1].area):
        text, look = notes.label(place), Look(color="soft", lang=notes.label_lang(place))
        wide_name = width(text, look)
        spots = within(shape, middle(shape), wide_name, look.line)
        spot = room.find(wide_name, look.line, islice(spots, 60))
        if spot:
            sheet.text(spot[0], spot[1] + 0.8, text, look, halo=1.6)
    sheet.stroke(shapely.box(*at).boundary, "ink", 0.5)
