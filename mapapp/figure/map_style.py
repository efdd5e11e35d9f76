"""How places look on paper: the theme's lines, fills and symbols, in millimetres and points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from mapapp.symbols import outline
from mapapp.theme import Style, style_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place, Status
    from mapapp.figure.sheet import Sheet

# On paper, in grey too, an edge that others run along shows by what lies beneath it: a colour of the palette,
# how much wider than the line in points, and how strong.
_UNDER = {"zones": ("zone", 3.4, 0.22), "contact-lines": ("paper", 1.5, 1.0)}
_DASHES = {("zones", "9 4"): "13 4 2 4"}  # differs from the contact line's dashes where they coincide
INK = 0.55  # points of line on paper for a pixel on the screen
_SYMBOLS = {"posts": 2.5, "towns": 2.6}  # of a point's symbol, in millimetres
_HEAVY = 2  # screen pixels from which a line counts as a main line
_HATCH = 1.7  # millimetres between hatch lines
_FAINT = 0.05  # fills fainter than this only make a shape clickable on the screen


def edged(sheet: Sheet, line: BaseGeometry, layer: str, style: Style) -> None:
    """Draw an edge or a line."""
    if not style.width:
        return
    dash = _DASHES.get((layer, style.dash or ""), style.dash)
    if layer in _UNDER and style.width > _HEAVY:
        color, more, alpha = _UNDER[layer]
        sheet.stroke(line, color, style.width * INK + more, alpha=alpha)
    scaled = " ".join(f"{float(part) * INK:g}" for part in dash.split()) if dash else None
    sheet.stroke(line, style.stroke, style.width * INK, scaled)


def fill(sheet: Sheet, shape: BaseGeometry, style: Style) -> None:
    """Fill or hatch an area."""
    if style.fill is None or style.opacity < _FAINT:
        return
    if style.hatch is None:
        sheet.area(shape, style.fill, style.opacity)
        return
    sheet.stroke(
        hatched(shape, 90 - style.hatch, _HATCH * sheet.scale), style.stroke, 0.55
    )  # the theme turns from the vertical


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


def symbol_size(layer: str) -> float:
    """Return the size of a layer's point symbols in millimetres, on a sheet with a scale of 1."""
    return _SYMBOLS.get(layer, 2.4)


def symbol(sheet: Sheet, x: float, y: float, place: Place, status: Status | None) -> None:
    """Draw a point symbol with a thin paper-coloured halo."""
    style = style_of(place.layer, place.kind, status.status if status else None)
    size = symbol_size(place.layer) * sheet.scale
    shape = affinity.translate(
        affinity.scale(outline(f"kind-place-{place.kind}"), size / 11, size / 11, origin=(0, 0)), x, y
    )
    sheet.area(shape.buffer(0.3 * sheet.scale), "halo")
    sheet.area(shape, style.fill or "paper")
    dash = " ".join(f"{float(part) / style.width:g}" for part in style.dash.split()) if style.dash else None
    sheet.stroke(shape.boundary, style.stroke, style.width * INK, dash)


def middle(shape: BaseGeometry) -> BaseGeometry:
    """Return the best point for the name of a shape: for an area, the point farthest from its edge."""
    areas = [part for part in getattr(shape, "geoms", [shape]) if part.area > 0]
    if not areas:
        return shape.representative_point()
    largest = max(areas, key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    return radius.interpolate(0)
