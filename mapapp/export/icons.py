"""Small pictures of the theme's symbols, for Google Earth to draw on satellite images."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import shapely
from PIL import Image, ImageDraw
from shapely import affinity

from mapapp.symbols import drawing, outline, stroke
from mapapp.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import EventSymbol, PlaceSymbol, Style

_GRID = 16
_PIXELS = 64
_FINER = 8  # supersampling factor, for smooth edges
_HALO = 0.8  # margin around the drawing, in grid units
_ROOM = 0.88  # of a place's symbol, to leave room for its halo
_SYMBOL = 0.55  # of the symbol in a statement's pin
_HEAD, _RADIUS, _EDGE = (0, 1.1), 5.6, 1.1  # of the pin, on the grid


def place_icon(symbol: PlaceSymbol, look: Style) -> bytes:
    """Return the PNG of a place's symbol in the colours of its class; the anchor is its centre."""
    body = affinity.scale(outline(symbol), _ROOM, _ROOM, origin=(0, 0))
    edge = stroke(body.exterior, look.width * _ROOM, look.dash)
    halo = shapely.union(body, edge).buffer(_HALO)
    return _png([(halo, "halo"), (body, look.fill or "paper"), (edge, look.stroke)])


@cache
def statement_icon(symbol: EventSymbol) -> bytes:
    """Return the PNG of a pin with the symbol of a statement; the anchor is its tip."""
    head, tip = shapely.Point(_HEAD).buffer(_RADIUS), shapely.Point(0, _EDGE / 2 - _GRID / 2)
    pin = shapely.union(head, tip).convex_hull
    drawn = affinity.scale(drawing(symbol), _SYMBOL, _SYMBOL, origin=(0, 0))
    return _png(
        [
            (pin.buffer(_EDGE / 2 + _HALO / 2), "halo"),
            (pin, "paper"),
            (pin.boundary.buffer(_EDGE / 2), "article"),
            (affinity.translate(drawn, *_HEAD), "article"),
        ]
    )


def _png(areas: Iterable[tuple[BaseGeometry, str]]) -> bytes:
    """Draw areas in order, each in a colour of the palette; coordinates are in grid units."""
    size = _PIXELS * _FINER
    picture = Image.new("RGBA", (size, size))
    for area, colour in areas:
        for polygon in getattr(area, "geoms", [area]):
            mask = Image.new("1", (size, size))
            pen = ImageDraw.Draw(mask)
            pen.polygon(_pixels(polygon.exterior), fill=1)
            for hole in polygon.interiors:
                pen.polygon(_pixels(hole), fill=0)
            picture.paste(LIGHT[colour], mask=mask)
    out = io.BytesIO()
    picture.resize((_PIXELS, _PIXELS), Image.Resampling.BOX).save(out, "png", optimize=True)
    return out.getvalue()


def _pixels(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    scale = _PIXELS * _FINER / _GRID
    return [((x + _GRID / 2) * scale, (_GRID / 2 - y) * scale) for x, y in ring.coords]
