"""Layers that the maker of a figure adds: drawn in a colour of their own, and named as theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from mapapp.data.own_layer import MOST_BYTES, read_own_layer
from mapapp.errors import short_repr
from mapapp.figure.figure_errors import FigureError
from mapapp.text.direction import isolated
from mapapp.text.messages import words

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.data.own_layer import OwnLayer
    from mapapp.figure.projection import MapProjection
    from mapapp.figure.sheet import Sheet

_LONGEST_NAME = 36  # characters of a file's name in the key, which does not break it
_RING, _DISC, _DOT = 1.5, 1.15, 0.4  # radii of a point in millimetres
_CASING, _LINE = 3.4, 1.7  # width of a line in points: the paper beneath it, and itself
_FILL = 0.14  # strength of the fill of an area


def read_own_file(path: str | os.PathLike[str]) -> OwnLayer:
    """Read a GeoJSON, KML, GPX or CSV file of at most 20 MB.

    Raises
    ------
    FigureError
        If the file cannot be read.
    DataError
        If anything in it cannot be drawn.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a path may be anything that opens
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise FigureError(
            f"own layer: cannot read the file (got {short_repr(str(path))}: {reason})"
        ) from None
    return read_own_layer(str(path).replace("\\", "/").rpartition("/")[2], content)


def draw_own(sheet: Sheet, projection: MapProjection, layers: Sequence[OwnLayer]) -> None:
    """Draw layers over areas and lines."""
    for number, layer in enumerate(layers, 1):
        with sheet.layer(f"own-layer-{number}", words("own-layer", file=layer.file)):
            for shape in layer.shapes:
                _draw(sheet, projection, shapely.make_valid(shape))


def _draw(sheet: Sheet, projection: MapProjection, shape: BaseGeometry) -> None:
    laid = projection.cut(shape)
    if laid.is_empty:
        return
    if isinstance(laid, shapely.Point):
        own_point(sheet, laid.x, laid.y)
        return
    if laid.area > 0:
        sheet.area(laid, "own", _FILL)
    own_line(sheet, projection.edge(shape))


def own_point(sheet: Sheet, x: float, y: float) -> None:
    """Draw a point of a layer."""
    at = shapely.Point(x, y)
    for radius, color in ((_RING, "halo"), (_DISC, "own"), (_DOT, "halo")):
        sheet.area(at.buffer(radius * sheet.scale), color)


def own_line(sheet: Sheet, line: BaseGeometry) -> None:
    """Draw a line of a layer."""
    sheet.stroke(line, "halo", _CASING, alpha=0.9)
    sheet.stroke(line, "own", _LINE)


def own_key(layers: Sequence[OwnLayer]) -> list[str]:
    """Return how the key names the layers."""
    return [words("figure-key-own", file=isolated(_shortened(layer.file))) for layer in layers]


def own_notes(layers: Sequence[OwnLayer], projection: MapProjection) -> list[str]:
    """Return what the notes say of the layers, and of what lies off the map."""
    lines = []
    for layer in layers:
        lines.append(words("figure-own", file=isolated(layer.file)))
        lines += own_off((layer,), projection)
    return lines


def own_off(layers: Sequence[OwnLayer], projection: MapProjection) -> list[str]:
    """Return how much of each layer lies off the map, if anything does."""
    lines = []
    for layer in layers:
        off = sum(not projection.shows(shape) for shape in layer.shapes)
        if off:
            lines.append(
                words("figure-own-off", n=off, all=len(layer.shapes), file=isolated(_shortened(layer.file)))
            )
    return lines


def _shortened(name: str) -> str:
    """Return a file's name with its middle left out if it is long; its ending says what it is."""
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half + 1 :]}"
