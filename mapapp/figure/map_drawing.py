"""The map of the figure: what the view shows, in the same styles as on the screen."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

import shapely

from mapapp.core.label_rank import rank_of
from mapapp.figure.figure_errors import refuse_empty
from mapapp.figure.furniture import graticule
from mapapp.figure.label_placement import Room
from mapapp.figure.map_style import edged, fill, symbol_size
from mapapp.figure.place_names import labels
from mapapp.text.messages import words
from mapapp.theme import style_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place, Status
    from mapapp.figure.drawing import Map

_ORDER = ("land", "countries", "control", "advance", "governorates", "lakes", "rivers", "roads", "corridor",
          "dmz", "zones", "contact-lines", "relief", "towns", "posts")  # fmt: skip
_BANDED = ("zones", "contact-lines")
_HEAVY = ("zones", "contact-lines")  # lines that names avoid
_UNSURE = ("traced", "reconstructed", "schematic")
_BLOT = 2.2  # zoom levels below that of its name at which a point is too small
_ALIKE = 3  # points of a kind with the same numbers from which the key has them once
_SMALL = 1.5  # millimetres across below which a shape is too small
_ROOMY = 9.0  # millimetres across from which an area has its own numbers


def draw_ground(drawing: Map) -> None:
    """Draw areas and lines, bottom layer first, and the graticule.

    Raises
    ------
    FigureError
        If the requested frame contains nothing of the view.
    """
    _choose(drawing)
    refuse_empty(drawing.notes, drawing.shapes.keys() | drawing.blots)
    _gather(drawing)
    _group(drawing)
    drawing.sheet.area(drawing.projection.sheet, "water")
    spread = [shown for shown in drawing.drawn if not _is_point(drawing.shapes[shown[0].id])]
    for layer, places in groupby(spread, key=lambda shown: shown[0].layer):
        with drawing.sheet.layer(f"layer-{layer}", words(f"layer-{layer}")):
            for place, status in places:
                _draw_place(drawing, place, status)
    graticule(drawing.sheet, drawing.projection, drawing.look)


def room_for(drawing: Map) -> Room:
    """Return the room for labels, which avoid lines, hatching and symbols."""
    heavy = [drawing.projection.edge(place.geometry) for place, _ in drawing.drawn if place.layer in _HEAVY]
    hatched = [drawing.shapes[place.id] for place, _ in drawing.drawn if place.layer == "dmz"]
    room = Room(drawing.projection.at, heavy, hatched)
    for place, _ in drawing.points:
        (x, y), half = drawing.shapes[place.id].coords[0], symbol_size(place.layer) * drawing.sheet.scale / 2
        room.take((x - half, y - half, x + half, y + half), symbol=True)
    return room


def draw_marks(drawing: Map, room: Room) -> None:
    """Draw the rings of the selection, symbols, names and numbers."""
    scale = drawing.sheet.scale
    with drawing.sheet.layer("marks", words("figure-layer-marks")):
        for place, _ in drawing.points:
            if place.id in drawing.notes.highlighted:
                ring = drawing.shapes[place.id].buffer(2.1 * scale)
                drawing.sheet.area(ring, "article-wash")
                drawing.sheet.stroke(ring.boundary, "article", 0.9)
                drawing.selected = True
        labels(drawing, room)


def _choose(drawing: Map) -> None:
    """Choose the places in the frame that the scale allows, bottom layer first."""
    order = {layer: number for number, layer in enumerate(_ORDER)}
    for place, _, status in sorted(
        drawing.notes.selection.places, key=lambda shown: order.get(shown[0].layer, 99)
    ):
        shape = drawing.projection.cut(place.geometry)
        if shape.is_empty:
            continue
        if _is_blot(drawing, place, shape):
            drawing.blots.add(place.id)
            drawing.crowded[place.layer] = drawing.crowded.get(place.layer, 0) + 1
            continue
        drawing.shapes[place.id] = shape
        drawing.drawn.append((place, status))


def _is_blot(drawing: Map, place: Place, shape: BaseGeometry) -> bool:
    """Return whether a place is too small to draw at this scale; towns with statements are always drawn."""
    if place.id == drawing.notes.view.selected or place.layer in ("land", "countries"):
        return False
    if not _is_point(shape):
        return _across(shape) < _SMALL
    spoken = place.layer == "towns" and place.id in drawing.notes.marks
    return not spoken and drawing.projection.zoom < (rank_of(place) or (99, 0, 99))[1] - _BLOT


def _gather(drawing: Map) -> None:
    """Assign numbers to the places drawn; those of a place that is too small go to the place around it.

    A place that is small because the frame cuts it keeps its own: they would be far from where it lies.
    """
    shapes = drawing.shapes

    def roomy(item: str) -> bool:
        return shapes[item].area == 0 or _across(shapes[item]) >= _ROOMY

    for item, numbers in drawing.notes.marks.items():
        bearer = item
        cramped = item in drawing.blots or (item in shapes and not roomy(item))
        if cramped and drawing.projection.holds(drawing.notes.atlas.place[item].geometry):
            wider = [outer for outer in drawing.notes.atlas.place[item].within if outer in shapes]
            wider.sort(key=lambda outer: (not roomy(outer), _across(shapes[outer])))
            bearer = wider[0] if wider else item
        if bearer in shapes:
            drawing.numbers.setdefault(bearer, set()).update(numbers)
            drawing.borne.setdefault(bearer, set()).add(item)


def _group(drawing: Map) -> None:
    """Move numbers that all points of a kind share from the map to the key."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for place, _ in drawing.points:
        kinds.setdefault((place.layer, place.kind), []).append(place.id)
    for kind, ids in kinds.items():
        numbers = drawing.numbers.get(ids[0])
        if numbers and len(ids) >= _ALIKE and all(drawing.numbers.get(item) == numbers for item in ids):
            drawing.grouped[kind] = sorted(numbers)
            for item in ids:
                del drawing.numbers[item]
                drawing.marked |= drawing.borne[item]


def _draw_place(drawing: Map, place: Place, status: Status | None) -> None:
    shape, sheet = drawing.shapes[place.id], drawing.sheet
    style = style_of(place.layer, place.kind, status.status if status else None)
    edge = drawing.projection.edge(place.geometry)
    if place.layer in _BANDED and place.basis in _UNSURE and place.kind != "control-limit":
        band = edge.buffer(place.tolerance_km * 1000 / drawing.projection.true)
        sheet.area(shapely.intersection(band, drawing.projection.sheet), style.stroke, 0.06)
        drawing.bands = True
    if shape.area > 0:
        fill(sheet, shape, style)
    edged(sheet, edge, place.layer, style)
    if place.id in drawing.notes.highlighted:
        sheet.stroke(edge, "article", 1.8, alpha=0.9)
        drawing.selected = True


def _is_point(shape: BaseGeometry) -> bool:
    return shape.geom_type == "Point"


def _across(shape: BaseGeometry) -> float:
    """Return the diagonal of a shape's bounds on the sheet, in millimetres."""
    left, bottom, right, top = shape.bounds
    return math.hypot(right - left, top - bottom)
