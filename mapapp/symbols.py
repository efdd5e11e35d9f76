"""The theme's symbols as shapes, for output that is not drawn by a browser.

Shapes are in the units of the symbols' grid, 16 by 16, with the origin in the middle and y pointing up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import shapely
from shapely import affinity
from shapely.ops import substring

from mapapp.theme import EVENT_SYMBOLS, PLACE_SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import EventSymbol, PlaceSymbol

    Corners = list[tuple[float, float]]

_MIDDLE = 8
_CURVE = 12  # straight segments per curve


class _Part(NamedTuple):
    """One element of a symbol's SVG: its lines, and its attributes as they are written."""

    lines: list[shapely.LineString]
    attributes: dict[str, str]


@cache
def outline(name: PlaceSymbol) -> shapely.Polygon:
    """Return the body of a place's symbol."""
    (body,) = _parts(PLACE_SYMBOLS[name])
    return shapely.Polygon(body.lines[0])


@cache
def drawing(name: EventSymbol) -> BaseGeometry:
    """Return the area that a statement's symbol covers, including the width of its lines."""
    areas: list[BaseGeometry] = []
    for lines, attributes in _parts(EVENT_SYMBOLS[name]):
        if attributes.get("fill") != "none":
            areas += [shapely.Polygon(line) for line in lines if line.is_closed]
        if "stroke" in attributes:
            width, dash = float(attributes.get("stroke-width", 1)), attributes.get("stroke-dasharray")
            rounded = attributes.get("stroke-linejoin") == "round"
            areas += [stroke(line, width, dash, rounded=rounded) for line in lines]
    return shapely.union_all(areas)


def stroke(
    line: shapely.LineString, width: float, dash: str | None = None, *, rounded: bool = False
) -> BaseGeometry:
    """Return the area that a line covers.

    Parameters
    ----------
    dash
        An SVG dash array of two lengths; ``None`` for a solid line.
    rounded
        Whether corners are rounded; ends never are.
    """
    pieces: list[BaseGeometry] = _dashes(line, *map(float, dash.split())) if dash else [line]
    join: Literal["round", "mitre"] = "round" if rounded else "mitre"
    return shapely.union_all([piece.buffer(width / 2, cap_style="flat", join_style=join) for piece in pieces])


def _dashes(line: shapely.LineString, on: float, off: float) -> list[BaseGeometry]:
    starts = (number * (on + off) for number in range(int(line.length / (on + off)) + 1))
    pieces = [substring(line, start, min(start + on, line.length)) for start in starts]
    return [piece for piece in pieces if piece.length]


def _parts(svg: str) -> Iterator[_Part]:
    for element, text in re.findall(r"<(\w+)([^>]*?)/>", svg):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', text))
        numbers = {key: float(value) for key, value in attributes.items() if re.fullmatch(r"[\d.]+", value)}
        lines: list[shapely.LineString]
        if element == "circle":
            lines = [shapely.Point(numbers["cx"], numbers["cy"]).buffer(numbers["r"]).exterior]
        elif element == "rect":
            x, y = numbers["x"], numbers["y"]
            lines = [shapely.box(x, y, x + numbers["width"], y + numbers["height"]).exterior]
        else:
            lines = [shapely.LineString(corners) for corners in _path(attributes["d"])]
        moved = [affinity.affine_transform(line, (1, 0, 0, -1, -_MIDDLE, _MIDDLE)) for line in lines]
        yield _Part(moved, attributes)


def _path(data: str) -> list[Corners]:
    """Read the commands of an SVG path that our symbols use: M, L, l, H, h, V, v, c and z."""
    lines: list[Corners] = []
    for letter, rest in re.findall(r"([MLlHhVvcz])([^MLlHhVvcz]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if letter == "M":
            lines.append([])
        line = lines[-1]
        if letter == "z":
            line.append(line[0])
        elif letter in "Hh":
            line += [(number + (line[-1][0] if letter == "h" else 0), line[-1][1]) for number in numbers]
        elif letter in "Vv":
            line += [(line[-1][0], number + (line[-1][1] if letter == "v" else 0)) for number in numbers]
        elif letter == "c":
            for at in range(0, len(numbers), 6):
                line += _curve(line[-1], numbers[at : at + 6])
        else:
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                from_x, from_y = line[-1] if letter == "l" else (0, 0)
                line.append((from_x + x, from_y + y))
    return lines


def _curve(start: tuple[float, float], numbers: list[float]) -> Corners:
    """Return points along a cubic Bézier curve, given by offsets from its start."""
    points: Corners = []
    for step in range(1, _CURVE + 1):
        at = step / _CURVE
        one, two, three = 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3
        offsets = (
            one * first + two * second + three * end
            for first, second, end in zip(numbers[:2], numbers[2:4], numbers[4:], strict=True)
        )
        x, y = offsets
        points.append((start[0] + x, start[1] + y))
    return points
