"""The names of places on the map, and the numbers of the statements about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from mapapp.figure.fonts import POINT
from mapapp.figure.label_placement import along, around, farther, within
from mapapp.figure.map_style import draft_edge, middle, symbol
from mapapp.figure.note_items import ranges
from mapapp.figure.sheet import Look, Sheet, broken, width
from mapapp.text.direction import turned_round
from mapapp.text.locales import direction

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place
    from mapapp.core.profile import LayerProfile
    from mapapp.figure.drawing import DrawnPlace, Map
    from mapapp.figure.label_placement import Room, Spot

Text = tuple[str, "NumberBox"]  # a name and the numbers of its statements; either may be empty
_BOLD = 600  # font weight from which a name is bold
_LINE, _SHARE = 36.0, 0.36  # most millimetres, and share of the map's width, of a line of a name
_SAME = 6.0  # millimetres within which two points of the same name share one label
_ON = 0.3  # share of a label inside its area from which it needs no leader line
_NUMBERS = 3.5  # millimetres of numbers in a row for each point of their size
_FAR, _NEAR = 34.0, 15.0  # most millimetres between a label and its area, or its point
_NO_RANK = 99  # of the names of places that have none
_SOONER = 0.6  # zoom levels before the screen shows a name that paper does
_GAP = 0.8  # millimetres between a name and its numbers


def labels(drawing: Map, room: Room) -> None:
    """Label places with numbers and places in the background first, then the others; draw the symbols."""
    numbers = {place.id: _numbers(drawing, place) for place, _ in drawing.drawn}
    background_days, profile = drawing.notes.background_days, drawing.profile
    settlements = profile.having("settlement")

    def rank(shown: DrawnPlace) -> tuple[int, int, int, float, str]:
        place = shown[0]
        count = len(drawing.numbers[place.id]) if numbers[place.id] else 0
        point = drawing.shapes[place.id].geom_type == "Point"
        # cities first, for orientation; hatched areas after towns, which have fewer free spots
        turn = (
            0 if profile.is_great(place.kind)
            else 1 if count and point
            else 2 if count and profile.layers[place.layer].style.hatch is None
            else 3 if place.id in background_days and place.layer in settlements
            else 4 if count
            else 5
        )  # fmt: skip
        first = profile.rank(place.layer, place.kind)
        return turn, -count, -background_days.get(place.id, 0), first.rank if first else _NO_RANK, place.id

    named: list[tuple[str, BaseGeometry]] = []
    for place, _ in sorted(drawing.drawn, key=rank):
        number = numbers[place.id]
        layer, rank_of_name = profile.layers[place.layer], profile.rank(place.layer, place.kind)
        close = rank_of_name is not None and drawing.projection.zoom >= rank_of_name.low - _SOONER
        name = drawing.notes.label(place) if number or close else ""
        if _only_in_key(layer) or not (name or number):
            continue
        heavy = layer.look.weight > _BOLD or profile.is_great(place.kind)
        look = replace(drawing.look, bold=heavy, color="soft" if place.draft else layer.look.color)
        look = replace(look, lang=drawing.notes.label_lang(place))
        shape = drawing.shapes[place.id]
        point = shape.geom_type == "Point"
        if point and not number and any(name == one and shape.dwithin(at, _SAME) for one, at in named):
            continue  # a town and the post beside it share one label
        tied = point and place.id in background_days and place.layer in settlements
        draft = drawing.numbers.get(place.id, set()) <= drawing.notes.draft_numbers
        box = NumberBox(number, look.size, draft=draft)
        if _unit(drawing.sheet, room, shape, (name, box), look, tied=tied):
            drawing.named |= {place.id} if name else set()
            named += [(name, shape)] if point else []
            drawing.marked |= drawing.borne[place.id] if number else set()
        elif number and close and _unit(drawing.sheet, room, shape, (name, NumberBox("", look.size)), look):
            drawing.named.add(place.id)  # its numbers are listed beside the map: alone they mean nothing
    # the dot of a settlement without a name means nothing; other symbols without one still show a position
    drawing.drawn = [
        (place, status)
        for place, status in drawing.drawn
        if place.layer not in settlements
        or place.id in drawing.named
        or place.id == drawing.notes.view.selected
    ]
    for place, status in drawing.points:
        x, y = drawing.shapes[place.id].coords[0]
        symbol(drawing.sheet, profile, x, y, place, status, drawing.sheet.scale)


def _only_in_key(layer: LayerProfile) -> bool:
    """Return whether only the key names the places of a layer: land, areas of one day, and computed ones."""
    return layer.role == "land" or layer.changes is not None or (layer.snapshot and "area" in layer.shapes)


def _numbers(drawing: Map, place: Place) -> str:
    if place.geometry.geom_type == "Point" and "events" in drawing.notes.view.hidden:
        return ""
    return ranges(drawing.numbers.get(place.id, ()))


def _unit(  # noqa: PLR0913 - where, what and how
    sheet: Sheet, room: Room, shape: BaseGeometry, text: Text, look: Look, *, tied: bool = False
) -> bool:
    """Draw a name and the numbers of its statements if there is room; return whether there was.

    A label with numbers, or a ``tied`` one, may be away from its place, with a leader line.
    """
    if shape.geom_type == "Point":
        return _beside(sheet, room, shape, text, look, tied=tied)
    name, box = text
    names = broken(name, look, min(_LINE * sheet.scale, _SHARE * (room.at[2] - room.at[0])))
    wide = max([box.wide, *(width(line, look) for line in names)])
    high = look.line * len(names) + box.high + (_GAP / 2 if name and box.lines else 0)
    at = middle(shape)
    spots = within(shape, at, wide, high) if shape.area > 0 else along(shape, wide, high)
    spot = room.find(wide, high, spots) or (_far(sheet, room, shape, wide, high) if box.lines else None)
    if spot is None:
        return False
    x, y = spot
    if name and shape.area == 0:
        sheet.area(shapely.box(x - 0.3, y, x + wide + 0.3, y + high), "paper", 0.8)
    for number, line in enumerate(names, 1):
        low = y + high - number * look.line + 0.29 * look.size * POINT
        sheet.text(x + wide / 2, low, line, look, align="center", halo=3)
    box.draw(sheet, x + (wide - box.wide) / 2, y)
    return True


def _beside(  # noqa: PLR0913 - as above
    sheet: Sheet, room: Room, shape: BaseGeometry, text: Text, look: Look, *, tied: bool
) -> bool:
    name, box = text
    wide = width(name, look) + box.wide + (_GAP if name and box.lines else 0)
    high = max(look.line if name else 0, box.high)
    x, y = shape.coords[0]
    spot = room.find(wide, high, around(x, y, 1.9 * sheet.scale, wide, high)) or (
        _far(sheet, room, shape, wide, high) if box.lines or tied else None
    )
    if spot is None:
        return False
    sheet.text(spot[0], spot[1] + high / 2 - 0.36 * look.size * POINT, name, look, halo=2.2)
    box.draw(sheet, spot[0] + wide - box.wide, spot[1] + (high - box.high) / 2)
    return True


def _far(sheet: Sheet, room: Room, shape: BaseGeometry, wide: float, high: float) -> Spot | None:
    """Find room for a name and its numbers away from their place, with a leader line.

    A label that still lies on its area needs no tie; one that does not is tied to a dot in the area.
    """
    area = shape.area > 0
    at = middle(shape)
    x, y = at.coords[0]
    if room.covers(x, y):
        return None
    bids = farther(x, y, wide, high, _FAR if area else _NEAR * sheet.scale)
    spot = room.find(wide, high, bids, at)
    if spot is None:
        return None
    box = shapely.box(*spot, spot[0] + wide, spot[1] + high)
    if area and box.intersection(shape).area > _ON * box.area:
        return spot
    tie = shapely.shortest_line(at, box)
    sheet.stroke(tie, "halo", 1.8, alpha=0.85)
    sheet.stroke(tie, "soft", 0.7)
    if area:
        sheet.area(at.buffer(0.5), "soft")
    room.tie(tie)
    return spot


class NumberBox:
    """Numbers of statements in as many lines as they need.

    Dark on light with an edge, to differ from the counts on the screen, which are light on dark. Of nothing
    but drafts, the edge is dotted.
    """

    def __init__(self, numbers: str, size: float, *, draft: bool = False) -> None:
        self.draft = draft
        self.look = Look(size, bold=True, color="article")
        lines = broken(numbers, self.look, _NUMBERS * size)
        # digits have no direction of their own: a list of them runs as the page does
        turn = direction() == "rtl"
        self.lines = [turned_round(line) if turn and not line.isalnum() else line for line in lines]
        self.wide = max(width(line, self.look) for line in self.lines) + 1.4 if self.lines else 0.0
        self.high = len(self.lines) * self.look.size * POINT * 1.28

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the box with its lower left corner at ``x``, ``y``."""
        if not self.lines:
            return
        body = shapely.box(x, y, x + self.wide, y + self.high)
        body = body.buffer(-0.5).buffer(0.5, quad_segs=4)
        sheet.area(body, "paper")
        if self.draft:
            draft_edge(sheet, body.boundary, "article")
        else:
            sheet.stroke(body.boundary, "article", 0.9)
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
