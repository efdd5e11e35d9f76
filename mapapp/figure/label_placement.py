"""Placement of names and numbers on the map without overlaps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

Rect = tuple[float, float, float, float]  # left, bottom, right, top, in millimetres
Spot = tuple[float, float]  # lower left corner of a label
Bid = tuple[float, float, float]  # a spot, and how far it is from the best one, in millimetres
_AIR = 0.4  # millimetres left free around a label
# the distance in millimetres that a label moves to avoid something
_OVER_LINE = 30.0  # of a line
_OVER_AREA = 30.0  # of hatching
_BEYOND = 40.0  # to stay in its area
_EDGE = 0.8  # the same towards the frame


class Room:
    """A rectangle of the sheet, and its occupied parts.

    Labels avoid ``lines`` if possible, and prefer positions beside ``areas``, which are hatched.
    ``air`` is how far apart labels on one line stay, in millimetres.
    """

    def __init__(
        self,
        at: Rect,
        lines: Sequence[BaseGeometry] = (),
        areas: Sequence[BaseGeometry] = (),
        air: float = _AIR,
    ) -> None:
        self.at = at
        self.air = air
        self.taken: list[Rect] = []
        self.symbols: set[Rect] = set()
        self.solid: set[Rect] = set()
        self.ties: list[BaseGeometry] = []
        self._lines = [line for line in lines if not line.is_empty]
        self._areas = [area for area in areas if not area.is_empty]
        shapely.prepare(self._lines)
        shapely.prepare(self._areas)

    def take(self, rect: Rect, *, symbol: bool = False, solid: bool = False) -> None:
        """Keep labels away from a rectangle.

        Leader lines may cross it if it is only a ``symbol``; nothing beneath a ``solid`` one can be seen.
        """
        self.taken.append(rect)
        if solid:
            self.solid.add(rect)
        if symbol:
            self.symbols.add(rect)

    def covers(self, x: float, y: float) -> bool:
        """Return whether something solid covers a point."""
        return any(rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3] for rect in self.solid)

    def tie(self, line: BaseGeometry) -> None:
        """Keep labels off the leader line of another label."""
        shapely.prepare(line)
        self.ties.append(line)

    def free(self, rect: Rect) -> bool:
        """Return whether a label fits there."""
        left, bottom, right, top = rect
        return (
            left >= self.at[0] + _EDGE
            and bottom >= self.at[1] + _EDGE
            and right <= self.at[2] - _EDGE
            and top <= self.at[3] - _EDGE
            and not any(
                left < x1 + self.air and right > x0 - self.air and bottom < y1 + _AIR and top > y0 - _AIR
                for x0, y0, x1, y1 in self.taken
            )
            and not (self.ties and shapely.intersects(self.ties, shapely.box(*rect)).any())
        )

    def busy(self, rect: Rect) -> float:
        """Return the cost of covering a rectangle: millimetres of lines, and a fixed cost per symbol."""
        left, bottom, right, top = rect
        symbols = sum(
            left <= x1 and right >= x0 and bottom <= y1 and top >= y0 for x0, y0, x1, y1 in self.taken
        )
        lines = shapely.intersection(self._lines, shapely.box(*rect)) if self._lines else ()
        return symbols * 4 + float(shapely.length(lines).sum() if len(lines) else 0)

    def find(
        self, wide: float, high: float, bids: Iterable[Bid], tied: BaseGeometry | None = None
    ) -> Spot | None:
        """Take the best free spot; spots are given best first.

        A label ``tied`` to a point by a leader line only takes a spot from which that line crosses no label
        and no other leader line, and preferably no symbol.
        """
        labels, symbols = (self._apart(tied, symbols=symbols) for symbols in (False, True))
        best: tuple[float, Spot] | None = None
        for x, y, far in bids:
            if best and far >= best[0]:
                break
            rect = (x, y, x + wide, y + high)
            if not self.free(rect):
                continue
            box, over = shapely.box(*rect), 0.0
            if tied:
                tie = shapely.shortest_line(tied, box)
                if shapely.intersects(labels, tie).any() or shapely.intersects(self.ties, tie).any():
                    continue
                crossed = shapely.intersects(symbols, tie).any() or shapely.intersects(self._lines, tie).any()
                over = _OVER_LINE * bool(crossed)
            over += _OVER_LINE * bool(shapely.intersects(self._lines, box).any())
            over += _OVER_AREA * bool(not tied and shapely.intersects(self._areas, box).any())
            if best is None or far + over < best[0]:
                best = far + over, (x, y)
        if best is None:
            return None
        x, y = best[1]
        self.take((x, y, x + wide, y + high))
        return x, y

    def _apart(self, tied: BaseGeometry | None, *, symbols: bool) -> np.ndarray:
        """Return the rectangles occupied by labels or by symbols, except at a point."""
        if tied is None:
            return np.array([])
        boxes = [shapely.box(*rect) for rect in self.taken if (rect in self.symbols) == symbols]
        return np.array([box for box in boxes if not box.covers(tied)], dtype=object)


def around(x: float, y: float, reach: float, wide: float, high: float) -> Iterator[Bid]:
    """Yield the spots beside a point, the best first: right, left, above, below, then askew."""
    near = 0.6 * reach
    spots = [
        (x + reach, y - high / 2),
        (x - reach - wide, y - high / 2),
        (x - wide / 2, y + reach),
        (x - wide / 2, y - reach - high),
        (x + near, y + near),
        (x - near - wide, y + near),
        (x + near, y - near - high),
        (x - near - wide, y - near - high),
    ]
    yield from ((*spot, float(number)) for number, spot in enumerate(spots))


def farther(x: float, y: float, wide: float, high: float, most: float) -> Iterator[Bid]:
    """Yield spots at most so far from a point, for a label with a leader line, nearest first."""
    for reach in (reach for reach in (4, 6, 8, 11, 15, 20, 26, 34) if reach <= most):
        for step in range(16):
            turn = math.tau * step / 16
            dx, dy = math.cos(turn), math.sin(turn)
            left, bottom = x + dx * (reach + wide / 2) - wide / 2, y + dy * (reach + high / 2) - high / 2
            yield left, bottom, float(reach)


def within(shape: BaseGeometry, at: BaseGeometry, wide: float, high: float) -> Iterator[Bid]:
    """Yield spots in an area, nearest to a point first, then those that cross its edge."""
    left, bottom, right, top = shape.bounds
    step = max(1.5, math.sqrt((right - left) * (top - bottom)) / 24)
    columns, rows = int((right - left) / step) + 1, int((top - bottom) / step) + 1
    middles = [
        (left + (i + 0.5) * step, bottom + (j + 0.5) * step) for i in range(columns) for j in range(rows)
    ]
    x0, y0 = at.coords[0]
    middles = [(x0, y0), *middles]
    shapely.prepare(shape)
    boxes = shapely.box(
        [x - wide / 2 for x, _ in middles], [y - high / 2 for _, y in middles],
        [x + wide / 2 for x, _ in middles], [y + high / 2 for _, y in middles],
    )  # fmt: skip
    whole = shapely.contains(shape, boxes)
    part = shapely.contains_xy(shape, [x for x, _ in middles], [y for _, y in middles])
    ranked = sorted(
        (math.dist(middle, (x0, y0)) + (0 if inside else _BEYOND), middle)
        for middle, inside, some in zip(middles, whole, part, strict=True)
        if inside or some
    )
    yield from ((x - wide / 2, y - high / 2, cost) for cost, (x, y) in ranked)


def along(shape: BaseGeometry, wide: float, high: float) -> Iterator[Bid]:
    """Yield spots on a line."""
    for number, part in enumerate((0.4, 0.55, 0.25, 0.7, 0.15, 0.85, 0.05, 0.95)):
        x, y = shape.interpolate(part, normalized=True).coords[0]
        yield x - wide / 2, y - high / 2, float(number)
