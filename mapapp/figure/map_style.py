"""How places look on paper: the theme's lines, fills and symbols, in millimetres and points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from mapapp.figure.fonts import POINT
from mapapp.symbols import outline
from mapapp.theme import BAND, HATCH

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Place, Status
    from mapapp.core.profile import Profile, Style
    from mapapp.figure.sheet import Sheet

# On paper, in grey too, a main line that others run along shows by the paper beneath it: how much wider than
# the line in points.
_UNDER = 1.5
INK = 0.55  # points of line on paper for a pixel on the screen
_SETTLEMENT, _POINT = 2.6, 2.5  # of a point's symbol, in millimetres
_HEAVY = 2  # screen pixels; wider lines of a main layer are thick
_DRAFT = 0.3  # most strength of the fill of a draft
_DOTS = 1.2, "1 1.6"  # the dots around a draft: their size in points, and their distance in multiples of it
_HATCH = 1.7  # millimetres between hatch lines
_FAINT = 0.05  # fills fainter than this only make a shape clickable on the screen


def is_thick(style: Style) -> bool:
    """Return whether a line of a main layer is thick."""
    return style.width > _HEAVY


def edged(sheet: Sheet, line: BaseGeometry, style: Style, *, main: bool) -> None:
    """Draw an edge or a line; ``main`` is whether it is a line of a main layer."""
    if not style.width:
        return
    if main and is_thick(style):
        sheet.stroke(line, "paper", style.width * INK + _UNDER)
    scaled = " ".join(f"{float(part) * INK:g}" for part in style.dash.split()) if style.dash else None
    sheet.stroke(line, style.stroke, style.width * INK, scaled)


def inner_band(sheet: Sheet, shape: BaseGeometry, edge: BaseGeometry, style: Style) -> None:
    """Draw the band of an area along the inside of its edge."""
    if style.band:
        wide = style.band * INK * POINT * sheet.scale
        sheet.area(shapely.intersection(edge.buffer(wide), shape), style.stroke, BAND)


def fill(sheet: Sheet, shape: BaseGeometry, style: Style, *, draft: bool = False) -> None:
    """Fill an area, and hatch it; a draft is filled faintly."""
    if style.fill is None or (style.opacity < _FAINT and style.hatch is None):
        return
    if draft:
        sheet.area(shape, style.fill, _DRAFT * style.opacity)
        return
    sheet.area(shape, style.fill, style.opacity)
    if style.hatch is not None:
        angle = 90 - style.hatch  # the theme turns from the vertical
        sheet.stroke(hatched(shape, angle, _HATCH * sheet.scale), style.stroke, 0.55, alpha=HATCH)


def hatched(shape: BaseGeometry, angle: float, gap: float = _HATCH) -> BaseGeometry:
    """Return the lines that hatch an area, ``gap`` millimetres apart."""
    if shape.is_empty:
        return shape
    left, bottom, right, top = shape.bounds
    reach = math.hypot(right - left, top - bottom)
    turn = math.radians(angle)
    along_x, along_y = math.cos(turn), math.sin(turn)
    # measured from the corner of the sheet, so that hatches of neighbours align
    base = round((-along_y * (left + right) / 2 + along_x * (bottom + top) / 2) / gap)
    lines = []
    for number in range(base - int(reach / gap / 2) - 1, base + int(reach / gap / 2) + 2):
        x, y = -along_y * number * gap, along_x * number * gap
        shift = along_x * ((left + right) / 2 - x) + along_y * ((bottom + top) / 2 - y)
        x, y = x + along_x * shift, y + along_y * shift
        lines.append(((x - along_x * reach, y - along_y * reach), (x + along_x * reach, y + along_y * reach)))
    return shapely.intersection(shapely.MultiLineString(lines), shape)


def draft_edge(sheet: Sheet, line: BaseGeometry, color: str) -> None:
    """Draw the edge of a draft: dots."""
    sheet.stroke(line, color, *_DOTS)


def symbol_size(profile: Profile, layer: str) -> float:
    """Return the size of a layer's point symbols in millimetres, on a sheet with a scale of 1."""
    return _SETTLEMENT if profile.layers[layer].role == "settlement" else _POINT


def symbol(  # noqa: PLR0913, PLR0917 - what and where
    sheet: Sheet, profile: Profile, x: float, y: float, place: Place, status: Status | None, scale: float
) -> None:
    """Draw a point symbol with a thin paper-coloured halo; that of a draft is empty and dotted.

    ``scale`` multiplies its size.
    """
    style = style_for(profile, place, status)
    size = symbol_size(profile, place.layer) * scale
    shape = affinity.translate(
        affinity.scale(outline(profile.symbol(place.kind)), size / 11, size / 11, origin=(0, 0)), x, y
    )
    sheet.area(shape.buffer(0.3 * scale), "halo")
    if place.draft:
        sheet.area(shape, "paper")
        draft_edge(sheet, shape.boundary, style.stroke)
        return
    sheet.area(shape, style.fill or "paper")
    if style.width:
        dashes = style.dash.split() if style.dash else ()
        dash = " ".join(f"{float(part) / style.width:g}" for part in dashes) or None
        sheet.stroke(shape.boundary, style.stroke, style.width * INK, dash)


def style_for(profile: Profile, place: Place, status: Status | None) -> Style:
    """Return the style of a place with a status."""
    return profile.style(place.layer, place.kind, status.status if status else None, unsure=place.unsure)


def is_ground(profile: Profile, place: Place) -> bool:
    """Return whether a place is land or a country as most are, not one of a kind drawn in its own way."""
    layer = profile.layers[place.layer]
    return layer.role == "land" or (layer.role == "country" and place.kind not in layer.kinds)


def ground(atlas: Atlas) -> list[Place]:
    """Return land and countries, in drawing order."""
    return [place for place in atlas.place.values() if is_ground(atlas.profile, place)]


def middle(shape: BaseGeometry) -> BaseGeometry:
    """Return the best point for the name of a shape: for an area, the point farthest from its edge."""
    areas = [part for part in getattr(shape, "geoms", [shape]) if part.area > 0]
    if not areas:
        return shape.representative_point()
    largest = max(areas, key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    return radius.interpolate(0)
