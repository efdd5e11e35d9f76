"""The map of the figure: what the view shows, in the same styles as on the screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from mapapp.core.label_rank import rank_of
from mapapp.figure.drawing import Map
from mapapp.figure.figure_errors import refuse_empty
from mapapp.figure.furniture import furniture, graticule
from mapapp.figure.label_placement import Room
from mapapp.figure.map_style import SIZES, edged, fill
from mapapp.figure.place_names import labels
from mapapp.theme import style_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place, Status
    from mapapp.figure.canvas import Look, Sheet
    from mapapp.figure.notes import Notes
    from mapapp.figure.projection import MapProjection

_ORDER = ("land", "countries", "control", "advance", "governorates", "lakes", "rivers", "roads", "corridor",
          "dmz", "zones", "contact-lines", "relief", "towns", "posts")  # fmt: skip
_BANDED = ("zones", "contact-lines")
_HEAVY = ("zones", "contact-lines")  # lines that names avoid
_UNSURE = ("traced", "reconstructed", "schematic")
_BLOT = 2.2  # zoom levels below that of its name at which a point is too small
_ALIKE = 3  # points of a kind with the same numbers from which the legend has them once
_SMALL = 1.5  # millimetres across below which a shape is too small
_ROOMY = 9.0  # millimetres across from which an area has its own numbers


def draw_map(sheet: Sheet, projection: MapProjection, notes: Notes, look: Look) -> Map:
    """Draw the view on its rectangle of the sheet."""
    drawing = Map(sheet, projection, notes, look)
    _choose(drawing)
    refuse_empty(drawing)
    _gather(drawing)
    _group(drawing)
    sheet.area(projection.sheet, "water")
    highlighted = notes.highlighted
    for place, status in drawing.drawn:
        _place(drawing, place, status)
        if place.id in highlighted and place.geometry.geom_type != "Point":
            sheet.stroke(projection.edge(place.geometry), "article", 1.8, alpha=0.9)
            drawing.selected = True
    graticule(sheet, projection)
    heavy = [projection.edge(place.geometry) for place, _ in drawing.drawn if place.layer in _HEAVY]
    hatched = [drawing.shapes[place.id] for place, _ in drawing.drawn if place.layer == "dmz"]
    room = Room(projection.at, heavy, hatched)
    for place, _ in drawing.points:
        (x, y), half = drawing.shapes[place.id].coords[0], SIZES.get(place.layer, 2) / 2
        room.take((x - half, y - half, x + half, y + half), symbol=True)
    furniture(sheet, projection, notes, room)
    for place, _ in drawing.points:
        if place.id in highlighted:
            ring = drawing.shapes[place.id].buffer(2.1)
            sheet.area(ring, "article-wash")
            sheet.stroke(ring.boundary, "article", 0.9)
            drawing.selected = True
    labels(drawing, room)
    sheet.stroke(projection.sheet.boundary, "ink", 0.6)
    return drawing


def _choose(drawing: Map) -> None:
    """Choose the places in the frame that the scale allows, bottom layer first."""
    order = {layer: number for number, layer in enumerate(_ORDER)}
    for place, _, status in sorted(
        drawing.notes.selection.places, key=lambda shown: order.get(shown[0].layer, 99)
    ):
        shape = drawing.projection.cut(place.geometry)
        if shape.is_empty:
            continue
        if _blot(drawing, place, shape):
            drawing.blots.add(place.id)
            drawing.crowded[place.layer] = drawing.crowded.get(place.layer, 0) + 1
            continue
        drawing.shapes[place.id] = shape
        drawing.drawn.append((place, status))


def _blot(drawing: Map, place: Place, shape: BaseGeometry) -> bool:
    """Return whether a place is too small to draw at this scale; towns with statements are always drawn."""
    if place.id == drawing.notes.view.selected or place.layer in ("land", "countries"):
        return False
    if shape.geom_type != "Point":
        return _across(shape) < _SMALL
    spoken = place.layer == "towns" and place.id in drawing.notes.marks
    return not spoken and drawing.projection.zoom < (rank_of(place) or (99, 0, 99))[1] - _BLOT


def _across(shape: BaseGeometry) -> float:
    """Return the diagonal of a shape's bounds on the sheet, in millimetres."""
    left, bottom, right, top = shape.bounds
    return math.hypot(right - left, top - bottom)


def _gather(drawing: Map) -> None:
    """Assign numbers to the places drawn; numbers of a place that is too small go to the place around it."""
    shapes = drawing.shapes

    def roomy(item: str) -> bool:
        return shapes[item].area == 0 or _across(shapes[item]) >= _ROOMY

    for item, numbers in drawing.notes.marks.items():
        bearer = item
        if item in drawing.blots or (item in shapes and not roomy(item)):
            wider = [outer for outer in drawing.notes.atlas.place[item].within if outer in shapes]
            wider.sort(key=lambda outer: (not roomy(outer), _across(shapes[outer])))
            bearer = wider[0] if wider else item
        if bearer in shapes:
            drawing.numbers.setdefault(bearer, set()).update(numbers)
            drawing.borne.setdefault(bearer, set()).add(item)


def _group(drawing: Map) -> None:
    """Move numbers that all points of a kind share from the map to the legend."""
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


def _place(drawing: Map, place: Place, status: Status | None) -> None:
    shape, projection, sheet = drawing.shapes[place.id], drawing.projection, drawing.sheet
    if shape.geom_type == "Point":
        return
    style = style_of(place.layer, place.kind, status.status if status else None)
    edge = projection.edge(place.geometry)
    if place.layer in _BANDED and place.basis in _UNSURE and place.kind != "control-limit":
        band = edge.buffer(place.tolerance_km * 1000 / projection.true)
        sheet.area(shapely.intersection(band, projection.sheet), style.stroke, 0.06)
        drawing.bands = True
    if shape.area > 0:
        fill(sheet, shape, style)
    edged(sheet, edge, place.layer, style)
