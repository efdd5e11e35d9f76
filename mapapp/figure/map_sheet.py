"""The map with its key and its source line on a sheet of its own: what an SVG is, and what a page holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from mapapp.figure.compared import compared_rows, draw_compared, hatched_places
from mapapp.figure.drawing import Map
from mapapp.figure.fonts import POINT
from mapapp.figure.framing import frame_around, frame_of_places
from mapapp.figure.furniture import furniture, inset, latitude_words, longitude_words
from mapapp.figure.key import fit_key, key_rows, own_rows
from mapapp.figure.map_drawing import draw_ground, draw_marks, room_for
from mapapp.figure.own_layers import draw_own
from mapapp.figure.projection import fit_projection
from mapapp.figure.sheet import Look, Sheet, broken
from mapapp.text.dates import day_words
from mapapp.text.direction import turned_round
from mapapp.text.labels import credit
from mapapp.text.locales import direction, number_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.core.model import Atlas
    from mapapp.core.profile import Profile
    from mapapp.data.own_layer import OwnLayer
    from mapapp.figure.key import KeyLayout, Row
    from mapapp.figure.notes import Notes
    from mapapp.figure.projection import Box, MapProjection
    from mapapp.figure.sizes import Size

_TICKS = 0.55  # room left of and below the map for the labels of the graticule, per point of text
_AIR = 1.5  # millimetres between the frame and what stands in it
_TRIES = 4
_SUBSTITUTE = 0.87  # of the width of a line, as other fonts are wider: DejaVu Sans by an eighth
_BAR = 8.5  # millimetres that the scale bar needs below the key
_EDGE = 0.2  # millimetres outside the frame, for its line
_USUAL = 8.0  # points of text for which lines and symbols have their usual size


def draw_map_sheet(  # noqa: PLR0913, PLR0917 - a view, a size, and what its maker adds
    notes: Notes, size: Size, wide: float, high: float, maker: str = "", own: Sequence[OwnLayer] = ()
) -> Map:
    """Draw the map of a view on a sheet of ``wide`` by ``high`` millimetres.

    ``maker`` is who made it, ``own`` are layers that they added.

    Raises
    ------
    FigureError
        If the requested frame contains nothing of the view.
    """
    look = Look(size.label)
    small = replace(look, color="soft")
    profile, state = notes.atlas.profile, day_words(notes.day)
    at = _frame(size, wide, high, lines=3)
    projection = _projection(notes, at, size.key)
    hatched = hatched_places(notes)
    for _ in range(_TRIES):  # the width of the key and what is in sight depend on each other
        near = [
            (place, status)
            for place, _, status in notes.selection.places
            if place.id not in hatched and projection.shows(place.geometry)
        ]
        at = _frame(size, wide, high, lines=len(_source(notes.atlas, projection, maker, small, wide)))
        rows = [*key_rows(notes.atlas, near, None, state), *compared_rows(notes), *own_rows(own)]
        panel = _fitted(profile, rows, size, at).panel(profile, rows)
        last, projection = projection, _projection(notes, at, panel.wide)
        if projection == last:
            break
    source = _source(notes.atlas, projection, maker, small, wide)
    away = _away(notes, projection)
    notes = replace(notes, beyond=bool(away))
    sheet = Sheet(wide, high, scale=size.label / _USUAL)
    drawing = Map(sheet, projection, notes, look)
    draw_ground(drawing)
    draw_compared(drawing)
    draw_own(sheet, projection, own)
    room = room_for(drawing)
    _, _, right, top = at
    rows = key_rows(notes.atlas, drawing.drawn, None, state, drawing.grouped)
    rows += [*compared_rows(notes), *own_rows(own)]
    layout = _fitted(profile, rows, size, at)
    panel = layout.panel(profile, rows)
    room.take((right - _AIR - panel.wide, top - _AIR - panel.high, right, top), solid=True)
    told = {layer.id for layer in profile.layers.values() if layer.group == "article" and layer.role is None}
    story = [shape for item, shape in drawing.shapes.items() if notes.atlas.place[item].layer in told]
    if away:
        with sheet.layer("inset", words("figure-layer-inset")):
            inset(sheet, notes, away, frame_of_places(notes, away), room, story)
    with sheet.layer("furniture", words("figure-layer-furniture")):
        drawing.scale_bar = furniture(sheet, projection, notes, room, story)
    draw_marks(drawing, room)
    drawn = frozenset(place.id for place, _ in drawing.drawn)
    drawing.notes = replace(notes, drawn=drawn, named=frozenset(drawing.named))
    with sheet.layer("key", words("figure-layer-key")):
        rows = [*key_rows(notes.atlas, drawing.drawn, drawing, state), *compared_rows(notes), *own_rows(own)]
        drawing.key = layout.panel(profile, rows).draw(sheet, right - _AIR, top - _AIR)
    sheet.stroke(shapely.box(*projection.at).boundary, "ink", 0.6)
    with sheet.layer("source", words("figure-layer-source")):
        for number, line in enumerate(source):
            y = (len(source) - number - 1) * look.line + 0.25 * look.size * POINT
            if direction() == "rtl":
                sheet.text(wide, y, turned_round(line), small, align="right")
            else:
                sheet.text(0, y, line, small)
    return drawing


def _frame(size: Size, wide: float, high: float, lines: int) -> Box:
    """Return the map's rectangle above ``lines`` lines of the source."""
    ticks = _TICKS * size.label
    return ticks, lines * Look(size.label).line + ticks + 0.6, wide - _EDGE, high - _EDGE


def _fitted(profile: Profile, rows: Sequence[Row], size: Size, at: Box) -> KeyLayout:
    """Return how the key fits on a map in a rectangle, with room for the scale bar below it."""
    room = at[2] - at[0], at[3] - at[1]
    below = 3 * _AIR + _BAR * size.label / _USUAL
    return fit_key(profile, rows, size.key, Look(size.label), room, below)


def _projection(notes: Notes, at: Box, key: float) -> MapProjection:
    """Return the projection of a map whose extent lies beside its key, which is ``key`` millimetres wide."""
    clear = (at[0], at[1], at[2] - key - 2 * _AIR, at[3])
    return fit_projection(notes.view.camera, frame_around(notes), at, clear)


def _away(notes: Notes, projection: MapProjection) -> list[str]:
    """Return what is selected and shown in the view, if all of it is off the map."""
    shown = {place.id: place for place, *_ in notes.selection.places}
    chosen = [item for item in notes.main if item in shown]
    off = [item for item in chosen if projection.cut(shown[item].geometry).is_empty]
    return off if len(off) == len(chosen) else []


def _source(atlas: Atlas, projection: MapProjection, maker: str, look: Look, wide: float) -> list[str]:
    """Return the lines below the map, which stay on the sheet in another font.

    Not every program reads the fonts in an SVG, or squeezes a text to the length that it says.
    """
    return broken(source_line(atlas, projection, maker), look, _SUBSTITUTE * wide)


def source_line(atlas: Atlas, projection: MapProjection, maker: str) -> str:
    """Return the line below the map: credit, projection and scale, and what the map does not say."""
    parts = [
        words("figure-credit", credit=maker.rstrip(".")) if maker else "",
        credit_words(atlas),
        projection_words(projection),
        words("figure-no-opinion"),
    ]
    return " ".join(filter(None, parts))


def credit_words(atlas: Atlas) -> str:
    """Return what the map is made with; empty if no source has to be named."""
    sources = credit(atlas)
    return words("about-credit", credit=sources) if sources else ""


def projection_words(projection: MapProjection) -> str:
    """Return the projection and the scale at which the map is drawn."""
    scale = projection.true * 1000
    round_to = 10 ** (len(str(int(scale))) - 2)
    said = number_words(round(scale / round_to) * round_to)
    if projection.name == "world":
        return words("figure-projection-world", scale=said)
    lon, lat = projection.middle
    if projection.name == "equidistant":
        return words(
            "figure-projection-equidistant",
            scale=said,
            lat=latitude_words(f"{abs(lat):.0f}°", lat),
            lon=longitude_words(f"{abs(lon):.0f}°", lon),
        )
    return words("figure-projection-utm", scale=said, name=projection.name)
