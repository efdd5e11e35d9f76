"""The map of the figure: what the view shows, drawn with the screen's own looks, and what a map needs around it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from mapapp.render.figure_ground import Ground, ground
from mapapp.render.figure_labels import Room, along, around, farther, within
from mapapp.render.figure_notes import ranges
from mapapp.render.figure_text import POINT, Look, Sheet, broken, width
from mapapp.render.payload import RANKS
from mapapp.render.text import number_words, words
from mapapp.render.theme import LABELS, STYLES, SYMBOLS, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place, Status
    from mapapp.render.figure_ground import Box
    from mapapp.render.figure_labels import Spot
    from mapapp.render.figure_notes import Notes

_INK = 0.55  # points of line on paper for a pixel on the screen
_HATCH = 1.7  # millimetres between hatch lines
_FAINT = 0.05  # a fill fainter than this is for the mouse, not for the eye
_SIZES = {"posts": 2.5, "towns": 2.6}  # of a point's symbol, in millimetres
_ORDER = ("land", "countries", "control", "governorates", "rivers", "roads", "dmz", "zones", "contact-lines",
          "towns", "posts")  # fmt: skip
_BANDED = ("zones", "contact-lines")
_UNSURE = ("traced", "reconstructed", "schematic")
_BLOT = 2.2  # zooms below that of its name, at which a point is a blot
_SMALL = 1.5  # millimetres across, below which a shape is one
_ROOMY = 9.0  # millimetres across, from which on an area bears its own numbers
_NICE = (1, 2, 5)
_STEPS = (1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 5, 10, 15, 30)  # degrees between lines of the graticule

Shown = tuple["Place", "Status | None"]


@dataclass
class Map:
    """What came of drawing: the classes for the key, the marked places, and what was too small to draw.

    ``numbers`` are the statements by the place that bears their numbers, ``borne`` the places it does so for.
    """

    drawn: list[Shown] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    crowded: dict[str, int] = field(default_factory=dict)
    blots: set[str] = field(default_factory=set)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    borne: dict[str, set[str]] = field(default_factory=dict)
    bands: bool = False
    lifted: bool = False


def style_of(layer: str, kind: str, status: str | None) -> Style:
    """Return how a class is drawn: the most particular of the theme's rules, and of equals the last."""
    fits = [
        (bool(key[1]) + bool(key[2]), number, style)
        for number, (key, style) in enumerate(STYLES.items())
        if key[0] == layer and key[1] in (None, kind) and key[2] in (None, status)
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else Style("ink", 1)


def draw_map(sheet: Sheet, land: Ground, notes: Notes, look: Look) -> Map:
    """Draw the view on its rectangle of the sheet."""
    came = Map()
    sheet.block(land.at[0], land.at[1], land.at[2] - land.at[0], land.at[3] - land.at[1], "water")
    order = {layer: number for number, layer in enumerate(_ORDER)}
    places = sorted(notes.shown.places, key=lambda shown: order.get(shown[0].layer, len(_ORDER)))
    shapes: dict[str, BaseGeometry] = {}
    for place, _, status in places:
        shape = land.cut(place.geometry)
        if shape.is_empty or _crowded(place, shape, land, notes, came):
            continue
        shapes[place.id] = shape
        came.drawn.append((place, status))
    lit = _lit(notes)
    _gather(notes, shapes, came)
    for place, status in came.drawn:
        _place(sheet, land, place, status, shapes[place.id], came)
        if place.id in lit and place.geometry.geom_type != "Point":
            sheet.stroke(land.edge(place.geometry), "article", 1.8, alpha=0.9)
            came.lifted = True
    _graticule(sheet, land)
    points = [(place, status) for place, status in came.drawn if shapes[place.id].geom_type == "Point"]
    heavy = [
        land.edge(place.geometry)
        for place, _ in came.drawn
        if place.layer in ("zones", "contact-lines", "dmz")
    ]
    room = Room(land.at, heavy)
    for place, _ in points:
        x, y, half = shapes[place.id].x, shapes[place.id].y, _SIZES.get(place.layer, 2) / 2
        room.take((x - half, y - half, x + half, y + half))
    _furniture(sheet, land, notes, room, look, [shape for shape in heavy if not shape.is_empty])
    for place, _ in points:
        if place.id in lit:
            ring = shapes[place.id].buffer(2.1)
            sheet.area(ring, "article-wash")
            sheet.stroke(ring.boundary, "article", 0.9)
            came.lifted = True
    _labels(sheet, land, notes, room, came, shapes, look)
    sheet.stroke(land.sheet.boundary, "ink", 0.6)
    return came


def _crowded(place: Place, shape: BaseGeometry, land: Ground, notes: Notes, came: Map) -> bool:
    """Return whether a place would only be a blot at this scale; towns spoken of and what is lifted out never are."""
    if place.id == notes.view.selected or place.layer in ("land", "countries"):
        return False
    if shape.geom_type == "Point":
        spoken = place.layer == "towns" and place.id in notes.marks
        blot = not spoken and land.zoom < RANKS.get(place.kind, (99, 0, 99))[1] - _BLOT
    else:
        blot = _across(shape) < _SMALL
    if blot:
        came.crowded[place.layer] = came.crowded.get(place.layer, 0) + 1
        came.blots.add(place.id)
    return blot


def _across(shape: BaseGeometry) -> float:
    """Return how far a shape reaches on the sheet, in millimetres."""
    left, bottom, right, top = shape.bounds
    return math.hypot(right - left, top - bottom)


def _gather(notes: Notes, shapes: dict[str, BaseGeometry], came: Map) -> None:
    """Give each place drawn its numbers; those of a place too small to bear them go to what it lies in."""

    def roomy(item: str) -> bool:
        return shapes[item].area == 0 or _across(shapes[item]) >= _ROOMY

    for item, numbers in notes.marks.items():
        bearer = item
        if item in came.blots or (item in shapes and not roomy(item)):
            wider = [outer for outer in notes.atlas.place[item].within if outer in shapes]
            wider.sort(key=lambda outer: (not roomy(outer), _across(shapes[outer])))
            bearer = wider[0] if wider else item
        if bearer in shapes:
            came.numbers.setdefault(bearer, set()).update(numbers)
            came.borne.setdefault(bearer, set()).add(item)


def _lit(notes: Notes) -> set[str]:
    chosen = notes.view.selected
    if chosen in notes.atlas.event:
        return {link.id for link in notes.atlas.event[chosen].places}
    if chosen in notes.atlas.fact:
        return set(notes.atlas.fact[chosen].places)
    return {chosen} if chosen else set()


def _place(  # noqa: PLR0913 - what, where and how
    sheet: Sheet, land: Ground, place: Place, status: Status | None, shape: BaseGeometry, came: Map
) -> None:
    style = style_of(place.layer, place.kind, status.status if status else None)
    if shape.geom_type == "Point":
        return
    edge = land.edge(place.geometry)
    if place.layer in _BANDED and place.basis in _UNSURE and place.kind != "control-limit":
        band = edge.buffer(place.tolerance_km * 1000 / land.true, cap_style="flat")
        sheet.area(shapely.intersection(band, land.sheet), style.stroke, 0.06)
        came.bands = True
    if "Polygon" in shape.geom_type or shape.geom_type == "GeometryCollection":
        _fill(sheet, shape, style)
    if style.width:
        sheet.stroke(edge, style.stroke, style.width * _INK, scaled(style.dash))


def scaled(dash: str | None) -> str | None:
    """Return a dash array of the screen for paper."""
    return " ".join(f"{float(part) * _INK:g}" for part in dash.split()) if dash else None


def _fill(sheet: Sheet, shape: BaseGeometry, style: Style) -> None:
    if style.fill is None or style.opacity < _FAINT:
        return
    if style.hatch is None:
        sheet.area(shape, style.fill, style.opacity)
        return
    sheet.stroke(hatched(shape, style.hatch), style.stroke, 0.55)


def hatched(shape: BaseGeometry, angle: float, gap: float = _HATCH) -> BaseGeometry:
    """Return the lines that hatch an area, ``gap`` millimetres apart."""
    if shape.is_empty:
        return shape
    left, bottom, right, top = shape.bounds
    reach = math.hypot(right - left, top - bottom)
    turn = math.radians(angle)
    along_x, along_y = math.cos(turn), math.sin(turn)
    # counted from the sheet's corner, so that neighbours' lines meet
    base = round((-along_y * (left + right) / 2 + along_x * (bottom + top) / 2) / gap)
    lines = []
    for number in range(base - int(reach / gap / 2) - 1, base + int(reach / gap / 2) + 2):
        x, y = -along_y * number * gap, along_x * number * gap
        shift = along_x * ((left + right) / 2 - x) + along_y * ((bottom + top) / 2 - y)
        x, y = x + along_x * shift, y + along_y * shift
        lines.append(((x - along_x * reach, y - along_y * reach), (x + along_x * reach, y + along_y * reach)))
    return shapely.intersection(shapely.MultiLineString(lines), shape)


def symbol(sheet: Sheet, x: float, y: float, place: Place, status: Status | None) -> None:
    """Draw a point's symbol, with a thin edge of paper so that it stands off the ground."""
    style = style_of(place.layer, place.kind, status.status if status else None)
    size = _SIZES.get(place.layer, 2.4)
    shape = affinity.translate(
        affinity.scale(outline(f"kind-place-{place.kind}"), size / 11, size / 11, origin=(0, 0)), x, y
    )
    sheet.area(shape.buffer(0.3), "halo")
    sheet.area(shape, style.fill or "paper")
    sheet.stroke(shape.boundary, style.stroke, style.width * _INK)


@cache
def outline(name: str) -> BaseGeometry:
    """Return the body of one of the theme's symbols, its grid's middle at 0, 0 and upwards positive."""
    drawing = SYMBOLS.get(name, SYMBOLS["kind-place-town"])
    numbers = {key: float(value) for key, value in re.findall(r' (\w+)="([\d.]+)"', drawing)}
    if "<circle" in drawing:
        shape: BaseGeometry = shapely.Point(numbers["cx"], numbers["cy"]).buffer(numbers["r"])
    elif "<rect" in drawing:
        x, y = numbers["x"], numbers["y"]
        shape = shapely.box(x, y, x + numbers["width"], y + numbers["height"])
    else:
        found = re.search(r' d="([^"]*)"', drawing)
        shape = shapely.Polygon(_corners(found[1] if found else ""))
    return affinity.affine_transform(shape, (1, 0, 0, -1, -8, 8))


def _corners(drawing: str) -> list[tuple[float, float]]:
    """Read the straight lines of an SVG path: M, L, l, H, V and z."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for letter, rest in re.findall(r"([MLlHVz])([^MLlHVz]*)", drawing):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if letter == "H":
            x = numbers[0]
            points.append((x, y))
            continue
        if letter == "V":
            y = numbers[0]
            points.append((x, y))
            continue
        for one, other in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = (x + one, y + other) if letter == "l" else (one, other)
            points.append((x, y))
    return points


def _labels(  # noqa: PLR0913 - all that a label has to do with
    sheet: Sheet,
    land: Ground,
    notes: Notes,
    room: Room,
    came: Map,
    shapes: dict[str, BaseGeometry],
    look: Look,
) -> None:
    """Write the numbers first, for they must be there, then the names, the weightiest first."""

    def rank(shown: Shown) -> tuple[bool, bool, float, str]:
        place = shown[0]
        marked = bool(_numbers(place, notes, came))
        area = shapes[place.id].area
        great = place.kind in ("capital", "city")
        return not (marked or great), marked and area > 0, RANKS.get(place.kind, (99, 0, 0))[0], place.id

    written: set[str] = set()
    for place, _ in sorted(came.drawn, key=rank):
        numbers = _numbers(place, notes, came)
        low = RANKS.get(place.kind, (99, 99, 0))[1]
        name = notes.name(place) if numbers or land.zoom >= low - 0.6 else ""
        if place.layer == "land" or not (name or numbers):
            continue
        said = f"{LABELS.get(place.layer, {}).get('weight', 400)}"
        style = Look(
            look.size, bold=int(said) > 600 or place.kind in ("capital", "city"), color=_color(place)
        )  # noqa: PLR2004 - a bold weight
        done = numbers and _unit(sheet, room, shapes[place.id], name, numbers, style)
        done = done or _unit(sheet, room, shapes[place.id], name if not numbers else "", numbers, style)
        if done:
            written.add(place.id)
        if done and numbers:
            came.marked |= came.borne[place.id]
    # a dot without a name tells nothing; a post without one still tells where posts are
    came.drawn = [
        (place, status)
        for place, status in came.drawn
        if place.layer != "towns" or place.id in written or place.id == notes.view.selected
    ]
    for place, status in came.drawn:
        if shapes[place.id].geom_type == "Point":
            symbol(sheet, shapes[place.id].x, shapes[place.id].y, place, status)


def _numbers(place: Place, notes: Notes, came: Map) -> str:
    layers = notes.view.layers
    if place.geometry.geom_type == "Point" and layers is not None and "events" not in layers:
        return ""
    return ranges(sorted(came.numbers.get(place.id, ())))


def _color(place: Place) -> str:
    layer = place.layer
    return {"zones": "zone", "dmz": "dmz", "rivers": "river", "roads": "road", "countries": "soft",
            "governorates": "soft"}.get(layer, "ink")  # fmt: skip


def _unit(  # noqa: PLR0913 - as above
    sheet: Sheet, room: Room, shape: BaseGeometry, name: str, numbers: str, look: Look
) -> bool:
    """Write a name and the numbers of its statements where there is room; return whether there was."""
    box = _NumberBox(numbers, look.size)
    names = broken(name, look, 36)
    line = look.line
    point, area = (
        shape.geom_type == "Point",
        "Polygon" in shape.geom_type or shape.geom_type.startswith("Geom"),
    )
    wide_name = max((width(line, look) for line in names), default=0.0)
    if point:
        names = [name] if name else []
        wide_name = width(name, look) if name else 0.0
        wide = wide_name + box.wide + (0.8 if name and numbers else 0)
        high = max(line if name else 0, box.high)
        spots: Iterable[Spot] = around(shape.x, shape.y, 1.9, wide, high)
    else:
        wide, high = max(wide_name, box.wide), line * len(names) + box.high + (0.4 if name and numbers else 0)
        spots = along(shape, wide, high) if not area else within(shape, _middle(shape), wide, high)
    spot = room.find(wide, high, spots)
    if spot is None and numbers and not name:
        at = shape if point else _middle(shape)
        spot = room.find(wide, high, farther(at.x, at.y, wide, high), at)
        if spot:
            tie = shapely.shortest_line(at, shapely.box(*spot, spot[0] + wide, spot[1] + high))
            sheet.stroke(tie, "article", 0.7)
    if spot is None:
        return False
    x, y = spot
    if point:
        sheet.text(x, y + high / 2 - 0.36 * look.size * POINT, name, look, halo=2.2)
        box.draw(sheet, x + wide - box.wide, y + (high - box.high) / 2)
        return True
    if name and not area:
        sheet.block(x - 0.3, y, wide + 0.6, high, "paper", alpha=0.8)
    top = y + high
    for text in names:
        top -= line
        sheet.text(x + wide / 2, top + 0.29 * look.size * POINT, text, look, align="center", halo=3)
    box.draw(sheet, x + (wide - box.wide) / 2, y)
    return True


class _NumberBox:
    """Numbers of statements, light on dark, in as many lines as they need."""

    def __init__(self, numbers: str, size: float) -> None:
        self.look = Look(size, bold=True, color="paper")
        self.lines = broken(numbers, self.look, 24)
        self.wide = max((width(line, self.look) for line in self.lines), default=-1.4) + 1.4
        self.high = len(self.lines) * self.look.size * POINT * 1.28

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the box with its lower left corner at ``x``, ``y``."""
        if not self.lines:
            return
        body = shapely.box(x, y, x + self.wide, y + self.high)
        sheet.area(body.buffer(-0.5).buffer(0.5, quad_segs=4), "article")
        step = self.high / len(self.lines)
        for number, line in enumerate(self.lines):
            bottom = y + self.high - (number + 1) * step
            sheet.text(
                x + self.wide / 2,
                bottom + step / 2 - 0.365 * self.look.size * POINT,
                line,
                self.look,
                align="center",
            )


def _middle(shape: BaseGeometry) -> BaseGeometry:
    areas = [part for part in getattr(shape, "geoms", [shape]) if part.area > 0]
    if not areas:
        return shape.representative_point()
    largest = max(areas, key=lambda part: part.area)
    return shapely.maximum_inscribed_circle(largest, tolerance=0.5).interpolate(0)


def _graticule(sheet: Sheet, land: Ground) -> None:
    """Draw lines of equal longitude and latitude, named along the frame's lower and left edge."""
    west, south, east, north = land.seen
    step = next((s for s in _STEPS if max(east - west, north - south) / s <= 7), 30)  # noqa: PLR2004 - lines on a map
    look = Look(color="soft")
    left, bottom, right, top = land.at
    ends: list[tuple[float, float, str, float]] = []
    for lon in _multiples(max(west, -180), min(east, 180), step):
        line = land.cut(shapely.LineString([(lon, lat) for lat in np.linspace(south, north, 90)]))
        sheet.stroke(line, "border", 0.25, alpha=0.6)
        ends += [(x, bottom - 3, _degrees(lon, "EW"), 0.0) for x in _crossing(line, 1, bottom)]
    for lat in _multiples(max(south, -85), min(north, 85), step):
        line = land.cut(shapely.LineString([(lon, lat) for lon in np.linspace(west, east, 90)]))
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
    return f"{minutes // 60}°" + (f"{minutes % 60:02d}′" if minutes % 60 else "") + side


def _furniture(  # noqa: PLR0913 - as above
    sheet: Sheet, land: Ground, notes: Notes, room: Room, look: Look, heavy: Sequence[BaseGeometry]
) -> None:
    """Put locator, scale bar and north arrow into the corners with least in them."""
    left, bottom, right, top = land.at
    side = min(34.0, (right - left) * 0.27)
    air = 1.5

    def corners(wide: float, high: float, *, low: bool) -> list[Box]:
        ys = [bottom + air] if low else [bottom + air, top - air - high]
        return [(x, y, x + wide, y + high) for x in (left + air, right - air - wide) for y in ys]

    def busy(rect: Box) -> float:
        shape = shapely.box(*rect)
        points = sum(
            x0 < rect[2] and x1 > rect[0] and y0 < rect[3] and y1 > rect[1] for x0, y0, x1, y1 in room.taken
        )
        return points * 4 + sum(shapely.intersection(line, shape).length for line in heavy)

    length, metres = _scale(land, (right - left) * 0.26)
    wide = length + 19
    places = [(busy(rect), rect) for rect in corners(wide, 8.5, low=True)]
    at = min(places)[1]
    room.take(at)
    _scale_bar(sheet, at, length, metres, look)
    _arrow(sheet, at[2] - 4.2, at[1] + 4.2, land.north())
    span = (land.frame[2] - land.frame[0]) * land.true / land.metres
    if span < 2.5e6:  # noqa: PLR2004 - metres; a wider map shows where it is
        rect = min(
            (busy(rect) + (1e6 if not _apart(rect, at) else 0), rect)
            for rect in corners(side, side * 0.85, low=False)
        )[1]
        room.take(rect)
        _locator(sheet, land, notes, rect)


def _apart(one: Box, other: Box) -> bool:
    return one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def _panel(sheet: Sheet, at: Box) -> None:
    sheet.block(at[0], at[1], at[2] - at[0], at[3] - at[1], "paper", alpha=0.88)


def _scale(land: Ground, room: float) -> tuple[float, float]:
    """Return the longest round scale bar that fits: its length in millimetres and in metres."""
    most = room * land.true
    power = 10 ** math.floor(math.log10(most))
    metres = max(nice * power for nice in _NICE if nice * power <= most)
    return metres / land.true, metres


def _scale_bar(sheet: Sheet, at: Box, length: float, metres: float, look: Look) -> None:
    _panel(sheet, at)
    x, y = at[0] + 3, at[1] + 1.6
    for number in range(4):
        sheet.block(x + number * length / 4, y, length / 4, 1.1, "paper" if number % 2 else "ink")
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


def _locator(sheet: Sheet, land: Ground, notes: Notes, at: Box) -> None:
    """Draw where the frame lies among its countries."""
    lon, lat = land.middle
    metres = min(max(9 * (land.frame[2] - land.frame[0]), 1.3e6), 9e6)
    high, wide = metres / 111_320 / 2, metres / 111_320 / 2 / math.cos(math.radians(lat))
    box = ((lat - high * 0.8, lon - wide), (lat + high * 0.8, lon + wide))
    small = ground(None, box, at)
    sheet.block(at[0], at[1], at[2] - at[0], at[3] - at[1], "water")
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
    west, south, east, north = land.frame
    xs, ys = [west, east, east, west, west], [south, south, north, north, south]
    lons, lats = land.back(xs, ys)
    frame = small.lay(shapely.LineString(list(zip(lons, lats, strict=True))).segmentize(0.5))
    sheet.area(shapely.Polygon(frame.coords), "article", 0.15)
    sheet.stroke(frame, "article", 1.1)
    room.take(frame.bounds)
    look = Look(color="soft")
    for place, shape in sorted(names, key=lambda item: -item[1].area):
        text = notes.name(place)
        wide_name = width(text, look)
        spots = within(shape, _middle(shape), wide_name, look.line)
        spot = room.find(wide_name, look.line, spots[:60])
        if spot:
            sheet.text(spot[0], spot[1] + 0.8, text, look, halo=1.6)
    sheet.stroke(shapely.box(*at).boundary, "ink", 0.5)
