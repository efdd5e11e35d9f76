"""Map furniture: graticule, scale bar, north arrow, and small maps beside the map."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from mapapp.core.story_frame import has_land
from mapapp.figure.fonts import POINT
from mapapp.figure.label_placement import Room, along, around, within
from mapapp.figure.map_style import ground, middle
from mapapp.figure.projection import fit_projection
from mapapp.figure.sheet import Look, Sheet, width
from mapapp.text.locales import digits, direction, number_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place
    from mapapp.figure.notes import Notes
    from mapapp.figure.projection import Box, MapProjection

_AIR = 1.5  # millimetres between the frame and the furniture in its corners
_APART = 2.0  # millimetres between names on a line of a small map, so that they do not read as one
_POINTS = 8.0  # size of text on a sheet with a scale of 1
_WIDE = 2.5e6  # metres; wider maps need no locator
_NICE = (1, 2, 5)
_STEPS = (1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 5, 10, 15, 30)  # degrees between lines of the graticule


def graticule(sheet: Sheet, projection: MapProjection, look: Look) -> None:
    """Draw parallels and meridians, labelled along the lower and left edge of the frame."""
    with sheet.layer("graticule", words("figure-layer-graticule")):
        _graticule(sheet, projection, replace(look, color="soft"))


def _graticule(sheet: Sheet, projection: MapProjection, look: Look) -> None:
    west, south, east, north = projection.seen
    step = next((s for s in _STEPS if max(east - west, north - south) / s <= 7), 30)  # noqa: PLR2004 - lines on a map
    left, bottom, right, top = projection.at
    gap = 0.11 * look.size  # millimetres between the frame and the labels
    ends: list[tuple[float, float, str, float]] = []
    for lon in _multiples(max(west, -180), min(east, 180), step):
        line = projection.cut(shapely.LineString([(lon, lat) for lat in np.linspace(south, north, 90)]))
        sheet.stroke(line, "stone", 0.25, alpha=0.6)
        ends += [
            (x, bottom - gap - 0.72 * look.size * POINT, longitude_words(_degrees(lon), lon), 0.0)
            for x in _crossing(line, 1, bottom)
        ]
    for lat in _multiples(max(south, -85), min(north, 85), step):
        line = projection.cut(shapely.LineString([(lon, lat) for lon in np.linspace(west, east, 90)]))
        sheet.stroke(line, "stone", 0.25, alpha=0.6)
        ends += [(left - gap, y, latitude_words(_degrees(lat), lat), 90.0) for y in _crossing(line, 0, left)]
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


def _degrees(angle: float) -> str:
    minutes = round(abs(angle) * 60)
    return f"{minutes // 60}°" + (f"{minutes % 60:02d}\N{PRIME}" if minutes % 60 else "")


def latitude_words(angle: str, sign: float) -> str:
    """Return an angle from the equator in words; ``sign`` says to which side of it, or neither."""
    key = "figure-degrees-north" if sign > 0 else "figure-degrees-south"
    return words(key, angle=digits(angle)) if sign else digits(angle)


def longitude_words(angle: str, sign: float) -> str:
    """Return an angle from the meridian of Greenwich in words, as `latitude_words`."""
    key = "figure-degrees-east" if sign > 0 else "figure-degrees-west"
    return words(key, angle=digits(angle)) if sign else digits(angle)


def furniture(
    sheet: Sheet, projection: MapProjection, notes: Notes, room: Room, story: Sequence[BaseGeometry]
) -> Box:
    """Draw scale bar, north arrow and locator where they hide least; keep labels away from them.

    Returns where scale bar and north arrow are.

    There is no locator where it would cover any of the ``story``, nor for a map without land and countries.
    """
    left, _, right, _ = projection.at
    unit = sheet.scale
    length, metres = _scale(projection, min((right - left) * 0.26, 55 * unit))
    said = width(f"{number_words(metres / 1000)} {words('figure-scale-km')}", Look(_POINTS * unit))
    bar = _free_place(room, length + said + 10 * unit, 8.5 * unit, story)[0]
    room.take(bar, solid=True)
    _scale_bar(sheet, bar, length, metres)
    _arrow(sheet, bar[2] - 5 * unit, bar[1] + 4.2 * unit, projection.north())
    if (right - left) * projection.true > _WIDE or not ground(notes.atlas):
        return bar
    for wide in (34.0 * unit, 28.0 * unit, 22.0 * unit):
        at, free = _free_place(room, wide, wide * 0.85, story)
        if free:
            room.take(at, solid=True)
            _locator(sheet, projection, notes, at)
            break
    return bar


def inset(  # noqa: PLR0913, PLR0917 - what, where and beside what
    sheet: Sheet,
    notes: Notes,
    places: Sequence[str],
    frame: Sequence[Sequence[float]],
    room: Room,
    story: Sequence[BaseGeometry],
) -> None:
    """Draw a small map of selected places that lie off the map.

    Parameters
    ----------
    places
        Their ids.
    frame
        South-west and north-east corner of the small map, (lat, lon).
    """
    look = Look(_POINTS * sheet.scale)
    wide = min(46.0 * sheet.scale, (room.at[2] - room.at[0]) * 0.3)
    at = _free_place(room, wide, wide * 0.85 + look.line, story)[0]
    room.take(at, solid=True)
    small = fit_projection(None, frame, (at[0], at[1], at[2], at[3] - look.line))
    inside = Room(small.at, air=_APART * sheet.scale)
    names = _draw_countries(sheet, notes, small)
    for item in places:
        place = notes.atlas.place[item]
        shape = small.cut(place.geometry)
        if shape.geom_type == "Point":
            sheet.area(shape.buffer(1.2 * sheet.scale), "article")
        else:
            sheet.area(shape, "article", 0.18)
            sheet.stroke(small.edge(place.geometry), "article", 1.2)
        _name_in(sheet, inside, shape, notes.label(place), replace(look, lang=notes.label_lang(place)))
    _name_countries(sheet, notes, inside, names, look)
    title = shapely.box(at[0], at[3] - look.line, at[2], at[3])
    sheet.area(title, "paper")
    y, titled = at[3] - 0.95 * look.size * POINT, replace(look, color="article")
    if direction() == "rtl":
        sheet.text(at[2] - 1, y, words("figure-inset"), titled, align="right")
    else:
        sheet.text(at[0] + 1, y, words("figure-inset"), titled)
    sheet.stroke(shapely.box(*at).boundary, "article", 0.9)


def _free_place(room: Room, wide: float, high: float, story: Sequence[BaseGeometry]) -> tuple[Box, bool]:
    """Return where along the frame's edge a rectangle hides least, and whether it hides no story there."""
    left, bottom, right, top = room.at
    steps = [part / 12 for part in range(13)]
    xs = [left + _AIR + step * (right - left - wide - 2 * _AIR) for step in steps]
    ys = [bottom + _AIR + step * (top - bottom - high - 2 * _AIR) for step in steps]
    spots = {*((x, y) for x in (xs[0], xs[-1]) for y in ys), *((x, y) for x in xs for y in (ys[0], ys[-1]))}

    def worth(rect: Box) -> tuple[bool, float, bool, float, Box]:
        box = shapely.box(*rect)
        hidden = sum(float(shapely.intersection(box, shape).area) for shape in story)
        corner = rect[0] in (xs[0], xs[-1]) and rect[1] in (ys[0], ys[-1])
        return not room.free(rect), round(hidden, 1), not corner, room.busy(rect), rect

    taken, hidden, *_, best = min(worth((x, y, x + wide, y + high)) for x, y in spots)
    return best, not taken and not hidden


def _scale(projection: MapProjection, room: float) -> tuple[float, float]:
    """Return the longest scale bar with a round length that fits, in millimetres and in metres."""
    most = room * projection.true
    power = 10 ** math.floor(math.log10(most))
    metres = max(nice * power for nice in _NICE if nice * power <= most)
    return metres / projection.true, metres


def _scale_bar(sheet: Sheet, at: Box, length: float, metres: float) -> None:
    unit_size = sheet.scale
    look = Look(_POINTS * unit_size)
    sheet.area(shapely.box(*at), "paper", 0.88)
    x, y, thick = at[0] + 3 * unit_size, at[1] + 1.6 * unit_size, 1.1 * unit_size
    for number in range(4):
        piece = shapely.box(x + number * length / 4, y, x + (number + 1) * length / 4, y + thick)
        sheet.area(piece, "paper" if number % 2 else "ink")
    sheet.stroke(shapely.box(x, y, x + length, y + thick).boundary, "ink", 0.5)
    in_km = metres >= 2000  # noqa: PLR2004 - as one says
    unit, worth = (words("figure-scale-km"), 1000) if in_km else (words("figure-scale-m"), 1)
    for part in (0, 0.5, 1):
        text = number_words(metres * part / worth)
        sheet.text(x + length * part, y + 2 * thick, text, look, align="center")
    wide = width(number_words(metres / worth), look)
    sheet.text(x + length + wide / 2 + 0.8 * unit_size, y + 2 * thick, unit, look)


def _arrow(sheet: Sheet, x: float, y: float, turn: float) -> None:
    needle = shapely.Polygon([(0, 3.4), (1.5, -2.2), (0, -1.1), (-1.5, -2.2)])
    half = shapely.Polygon([(0, 3.4), (0, -1.1), (-1.5, -2.2)])
    for shape, fill in ((needle, "paper"), (half, "ink")):
        turned = affinity.rotate(shape, -turn, origin=(0, 0))
        laid = affinity.translate(affinity.scale(turned, sheet.scale, sheet.scale, origin=(0, 0)), x, y + 0.2)
        sheet.area(laid, fill)
        sheet.stroke(laid.boundary, "ink", 0.5)
    sheet.text(
        x + 2 * sheet.scale, y + sheet.scale, words("figure-north"), Look(_POINTS * sheet.scale, bold=True)
    )


def _locator(sheet: Sheet, projection: MapProjection, notes: Notes, at: Box) -> None:
    """Draw a small map of the surrounding countries with the frame marked."""
    lon, lat = projection.middle
    metres = min(max(9 * (projection.frame[2] - projection.frame[0]), 1.3e6), 9e6)
    high, wide = metres / 111_320 / 2, metres / 111_320 / 2 / math.cos(math.radians(lat))
    box = ((lat - high * 0.8, lon - wide), (lat + high * 0.8, lon + wide))
    small = fit_projection(None, box, at)
    names = _draw_countries(sheet, notes, small)
    west, south, east, north = projection.frame
    xs, ys = [west, east, east, west, west], [south, south, north, north, south]
    lons, lats = projection.back(xs, ys)
    frame = small.lay(shapely.LineString(list(zip(lons, lats, strict=True))).segmentize(0.5))
    sheet.area(shapely.Polygon(frame.coords), "article", 0.15)
    sheet.stroke(frame, "article", 1.1)
    room = Room(at, air=_APART * sheet.scale)
    room.take(frame.bounds)
    _name_countries(sheet, notes, room, names, Look(_POINTS * sheet.scale))
    sheet.stroke(shapely.box(*at).boundary, "ink", 0.5)


def _draw_countries(sheet: Sheet, notes: Notes, small: MapProjection) -> list[tuple[Place, BaseGeometry]]:
    """Draw land and countries on a small map, and return the countries with their shapes on it."""
    sheet.area(small.sheet, "water" if has_land(notes.atlas) else "land")
    names = []
    countries = notes.atlas.profile.having("country")
    for place in ground(notes.atlas):
        simple = place.geometry.simplify(0.03)
        shape = small.cut(simple)
        if shape.is_empty:
            continue
        sheet.area(shape, "country" if place.layer in countries else "land")
        if place.layer in countries:
            sheet.stroke(small.edge(simple), "stone", 0.35)
            names.append((place, shape))
    return names


def _name_countries(
    sheet: Sheet, notes: Notes, room: Room, countries: Sequence[tuple[Place, BaseGeometry]], look: Look
) -> None:
    """Name countries on a small map where there is room, the largest first."""
    for place, shape in sorted(countries, key=lambda item: -item[1].area):
        own = replace(look, color="soft", lang=notes.label_lang(place))
        _name_in(sheet, room, shape, notes.label(place), own)


def _name_in(sheet: Sheet, room: Room, shape: BaseGeometry, name: str, look: Look) -> None:
    """Write a name on a shape of a small map if there is room."""
    wide = width(name, look)
    if shape.geom_type == "Point":
        (x, y) = shape.coords[0]
        spots = around(x, y, 2 * sheet.scale, wide, look.line)
    else:
        spots = within(shape, middle(shape), wide, look.line) if shape.area else along(shape, wide, look.line)
    spot = room.find(wide, look.line, islice(spots, 60))
    if spot:
        sheet.text(spot[0], spot[1] + 0.29 * look.size * POINT, name, look, halo=1.6)
