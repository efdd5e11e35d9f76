"""The map of the figure: what the view shows, in the same styles as on the screen."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

import shapely

from mapapp.core.model import OUR_BASES
from mapapp.core.story_frame import has_land
from mapapp.figure.compared import hatched_places
from mapapp.figure.figure_errors import refuse_empty
from mapapp.figure.furniture import graticule
from mapapp.figure.label_placement import Room
from mapapp.figure.map_style import draft_edge, edged, fill, inner_band, is_thick, style_for, symbol_size
from mapapp.figure.place_names import labels
from mapapp.text.labels import layer_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place, Status
    from mapapp.figure.drawing import Map

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
    # only land that is drawn tells where the sea is
    beneath = "water" if has_land(drawing.notes.atlas) else "land"
    drawing.sheet.area(drawing.projection.sheet, beneath)
    spread = [shown for shown in drawing.drawn if not _is_point(drawing.shapes[shown[0].id])]
    for layer, places in groupby(spread, key=lambda shown: shown[0].layer):
        with drawing.sheet.layer(f"layer-{layer}", layer_words(drawing.profile, layer)):
            for place, status in places:
                _draw_place(drawing, place, status)
    graticule(drawing.sheet, drawing.projection, drawing.look)


def room_for(drawing: Map) -> Room:
    """Return the room for labels, which avoid lines, hatching and symbols."""
    layers = drawing.profile.layers
    main = [drawing.projection.edge(place.geometry) for place, _ in drawing.drawn if layers[place.layer].main]
    hatched = [
        drawing.shapes[place.id] for place, _ in drawing.drawn if layers[place.layer].style.hatch is not None
    ]
    room = Room(drawing.projection.at, main, hatched)
    for place, _ in drawing.points:
        x, y = drawing.shapes[place.id].coords[0]
        half = symbol_size(drawing.profile, place.layer) * drawing.sheet.scale / 2
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
    hatched = hatched_places(drawing.notes)
    for place, _, status in drawing.notes.selection.places:
        shape = drawing.projection.cut(place.geometry)
        if shape.is_empty or place.id in hatched:
            continue
        if _is_blot(drawing, place, shape):
            drawing.blots.add(place.id)
            drawing.crowded[place.layer] = drawing.crowded.get(place.layer, 0) + 1
            continue
        drawing.shapes[place.id] = shape
        drawing.drawn.append((place, status))


def _is_blot(drawing: Map, place: Place, shape: BaseGeometry) -> bool:
    """Return whether a place is too small to draw at this scale; no settlement with statements is."""
    role = drawing.profile.layers[place.layer].role
    if place.id == drawing.notes.view.selected or role in ("land", "country"):
        return False
    if not _is_point(shape):
        return _across(shape) < _SMALL
    spoken = role == "settlement" and place.id in drawing.notes.marks
    rank = drawing.profile.rank(place.layer, place.kind)
    if rank is None or spoken:
        return False
    # the kinds of a layer are left out together, for its symbols in the key are read beside each other
    whole = None if role == "settlement" else drawing.profile.layers[place.layer].rank
    low = min(rank.low, whole.low) if whole else rank.low
    return drawing.projection.zoom < low - _BLOT


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
            drawing.grouped[kind] = numbers
            for item in ids:
                del drawing.numbers[item]
                drawing.marked |= drawing.borne[item]


def _draw_place(drawing: Map, place: Place, status: Status | None) -> None:
    shape, sheet = drawing.shapes[place.id], drawing.sheet
    style, layer = style_for(drawing.profile, place, status), drawing.profile.layers[place.layer]
    edge = drawing.projection.edge(place.geometry)
    area = shape.area > 0
    if layer.main and place.basis in OUR_BASES and (area or is_thick(style)):
        band = edge.buffer(place.tolerance_km * 1000 / drawing.projection.true)
        sheet.area(shapely.intersection(band, drawing.projection.sheet), style.stroke, 0.06)
        drawing.bands = True
    if area:
        fill(sheet, shape, style, draft=place.draft)
    if place.draft:
        draft_edge(sheet, edge, style.stroke)
    else:
        if area:
            inner_band(sheet, shape, edge, style)
        edged(sheet, edge, style, main=layer.main and not area)
        drawing.dashed |= bool(style.dash and style.width)
    if place.id in drawing.notes.highlighted:
        sheet.stroke(edge, "article", 1.8, alpha=0.9)
        drawing.selected = True


def _is_point(shape: BaseGeometry) -> bool:
    return shape.geom_type == "Point"


def _across(shape: BaseGeometry) -> float:
    """Return the diagonal of a shape's bounds on the sheet, in millimetres."""
    left, bottom, right, top = shape.bounds
    return math.hypot(right - left, top - bottom)
