"""Compares who held what on two days: the land each holder gained and lost, in km2 with its uncertainty.

Only layers of dated areas are compared (``time: snapshot`` in the profile). A kind of area is a holder; the
kind that the profile calls contested is held by nobody. Which areas hold on a day is decided as on the map
(`mapapp.core.snapshots`); between two snapshots nothing is interpolated.

**Areas** are geodesic (`mapapp.core.geodesy.area_km2`). What a holder gained is its land on the later day
without its land on the earlier one; what it lost is the reverse. Pieces of up to 0.05 km2 are left out: they
come from rounded coordinates.

**Least and most.** Each area has an expected error, ``tolerance_km``; a line has the larger one of the areas
it divides. The least is what remains of a piece of land if each line around it is moved into it by the error
of that line; the most is what the piece becomes if each is moved away. This is the distance model of
positional error, the epsilon band (J. Perkal, On epsilon length, Bulletin de l'Académie Polonaise des
Sciences 4, 1956; M. F. Goodchild and G. J. Hunter, A simple positional accuracy measure for linear features,
International Journal of Geographical Information Science 11(3), 1997,
https://doi.org/10.1080/136588197242419). All lines are moved the whole distance at the same time, so that the
true value may be expected between the two even if the errors along a line are not independent.

**Lines that are the same on both days** (at most 50 m apart), such as a coast, the border of a country or a
front that did not move, are not moved, nor is land beyond them counted: both snapshots have the same error
there, and it is no change. Where no change is drawn, none is counted in the most either. This is a limit of
the method: a line that was drawn anew without a reason counts as moved.

**Held** is all land of a holder on a day. Its whole outline is moved, except for the edge of the map: the
outline of all areas together, if it is the same on both days and there are several kinds of area.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.core.geodesy import area_km2, around
from mapapp.core.land import only_in, without_slivers
from mapapp.core.model import Place
from mapapp.core.rounding import rounded
from mapapp.core.select import snapshot_day
from mapapp.core.snapshots import areas_on, dated_layers, gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mapapp.core.model import Atlas
    from mapapp.core.view import View

_SAME = 0.00045  # degrees, 50 m: lines that are nearer to each other are one
_ALIKE = 0.01  # share of a place that may lie outside the land that it shows all the same
_EMPTY = shapely.Polygon()
_State = Sequence[Sequence[Place]]
_Lines = tuple[tuple[BaseGeometry, float], ...]  # outlines and their errors in km, the largest first


@dataclass(frozen=True)
class Estimate:
    """An area in km2: the best value, and the least and the most it may be."""

    least: float
    best: float
    most: float

    @property
    def rounded(self) -> Estimate:
        """Return it in round numbers, as exact as it is known and with two significant figures at most.

        All three have the same step or a coarser one: the power of ten that is not above a quarter of the
        distance between the least and the most. No step is below 0.1 km2.
        """
        width = (self.most - self.least) / 4
        step = max(-1, math.floor(math.log10(width))) if width > 0 else -1
        return Estimate(*(rounded(value, step) for value in (self.least, self.best, self.most)))

    @property
    def is_exact(self) -> bool:
        """Whether all three values are the same."""
        return self.least == self.best == self.most

    def minus(self, other: Estimate) -> Estimate:
        """Return the difference of two areas with the widest bounds it may have."""
        return Estimate(self.least - other.most, self.best - other.best, self.most - other.least)


NOTHING = Estimate(0, 0, 0)


@dataclass(frozen=True, eq=False)
class Land:
    """Land, in degrees, and its size."""

    km2: Estimate
    geometry: BaseGeometry


@dataclass(frozen=True, eq=False)
class Holder:
    """What a kind of area held on two days, gained and lost between them.

    ``contested`` is whether nobody holds areas of this kind.
    """

    layer: str
    kind: str
    earlier: Estimate
    later: Estimate
    gained: Land
    lost: Land
    contested: bool = False

    @property
    def net(self) -> Estimate:
        """What it gained without what it lost; below 0 if it lost more."""
        return self.gained.km2.minus(self.lost.km2)


@dataclass(frozen=True, eq=False)
class Transfer:
    """Land by the kind of area it was of and became of; ``None`` stands for land that no area covers."""

    before: str | None
    after: str | None
    land: Land


class Comparison:
    """Two days compared.

    Attributes
    ----------
    first, last
        The earlier and the later day.
    areas
        The areas that hold on each of them.
    kinds
        What was held on each day, gained and lost, by kind of area in the order of the map's vocabulary.
    holders
        Those of ``kinds`` that somebody holds: all but the contested.
    """

    def __init__(self, atlas: Atlas, days: tuple[date, date], states: Sequence[_State]) -> None:
        """Compare the areas of two days; a state has those of each of the `dated_layers`."""
        self.first, self.last = days
        self.areas = tuple(tuple(chain.from_iterable(state)) for state in states)
        self._compared = [
            _Compared(atlas, layer.id, before, after)
            for layer, before, after in zip(dated_layers(atlas), *states, strict=True)
            if before and after
        ]
        self.kinds = tuple(chain.from_iterable(one.holders() for one in self._compared))
        self.holders = tuple(holder for holder in self.kinds if not holder.contested)

    @property
    def same(self) -> bool:
        """Whether the same areas hold on both days."""
        return self.areas[0] == self.areas[1]

    def left_by(self, holder: Holder) -> BaseGeometry:
        """Return the land that a holder lost and no other gained."""
        taken = [other.gained.geometry for other in self.holders if other.layer == holder.layer]
        return only_in(holder.lost.geometry, shapely.union_all(taken))

    def drawn_again(self, holder: Holder, places: Iterable[Place]) -> list[Place]:
        """Return those of some places that lie in what a holder gained, and show the same change again."""
        land = holder.gained.geometry
        return [
            place
            for place in places
            if shapely.difference(place.geometry, land).area < _ALIKE * place.geometry.area
        ]

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """What became of what, the largest part first."""
        found = chain.from_iterable(one.transfers() for one in self._compared)
        return tuple(sorted(found, key=lambda one: -one.land.km2.best))


def comparison(atlas: Atlas, view: View) -> Comparison | None:
    """Compare the last day of a view with the day it names in ``compare``.

    Returns ``None`` if it names none, or no area holds on one of the two days; see `gaps`.
    """
    if view.compare is None or not dated_layers(atlas) or gaps(atlas, view):
        return None
    first, last = sorted((view.compare, snapshot_day(view)))
    return Comparison(atlas, (first, last), (areas_on(atlas, view, first), areas_on(atlas, view, last)))


def _union(places: Iterable[Place]) -> BaseGeometry:
    return shapely.union_all([place.geometry for place in places])


def _widest_first(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: -place.tolerance_km)


class _Side(NamedTuple):
    """Land on one of the days: an area; or, if ``outside``, all that is not in it."""

    land: BaseGeometry
    outside: bool = False

    def with_(self, band: BaseGeometry) -> _Side:
        """Return it with the land along its edge, too."""
        return _Side(self.land.difference(band) if self.outside else self.land.union(band), self.outside)


class _Compared:
    """The areas of one layer on two days."""

    def __init__(self, atlas: Atlas, layer: str, before: Sequence[Place], after: Sequence[Place]) -> None:
        self._layer = layer
        self._contested = {
            one.changes.contested
            for one in atlas.profile.layers.values()
            if one.changes and one.changes.of == layer and one.changes.contested
        }
        kinds = [*atlas.profile.place_kinds]
        present = {place.kind for place in (*before, *after)}
        self._kinds = sorted(present, key=lambda kind: kinds.index(kind) if kind in kinds else len(kinds))
        self._places = (before, after)
        self._lands = tuple(self._divided(places) for places in self._places)
        self._mapped = tuple(_union(places) for places in self._places)
        self._lines = tuple(
            tuple((place.geometry.boundary, place.tolerance_km) for place in _widest_first(places))
            for places in self._places
        )
        self._still = _common(*(shapely.union_all([line for line, _ in lines]) for lines in self._lines))
        edge = _common(*(mapped.boundary for mapped in self._mapped))
        alike = without_slivers(self._mapped[0].symmetric_difference(self._mapped[1])).is_empty
        self._frame = edge if alike and len(present) > 1 else shapely.LineString()

    def _divided(self, places: Sequence[Place]) -> dict[str, BaseGeometry]:
        """Return the land of each kind of area; contested land is of no other."""
        nobody = _union(place for place in places if place.kind in self._contested)
        return {
            kind: land if kind in self._contested else land.difference(nobody)
            for kind in self._kinds
            if (land := _union(place for place in places if place.kind == kind))
        }

    def _land(self, at: int, kind: str) -> BaseGeometry:
        return self._lands[at].get(kind, _EMPTY)

    def holders(self) -> Iterator[Holder]:
        """Yield what was of each kind of area on the two days, gained and lost."""
        for kind in self._kinds:
            before, after = self._land(0, kind), self._land(1, kind)
            yield Holder(
                self._layer,
                kind,
                self._held(0, before),
                self._held(1, after),
                self._moved(_Side(before, outside=True), _Side(after)),
                self._moved(_Side(before), _Side(after, outside=True)),
                kind in self._contested,
            )

    def transfers(self) -> Iterator[Transfer]:
        """Yield the land that was of one kind and became of another, or is no longer covered."""
        sides = tuple(
            {
                None: _Side(self._mapped[at], outside=True),
                **{kind: _Side(land) for kind, land in self._lands[at].items()},
            }
            for at in (0, 1)
        )
        for before, after in product(sides[0], sides[1]):
            if before != after:
                land = self._moved(sides[0][before], sides[1][after])
                if land.km2.best:
                    yield Transfer(before, after, land)

    def _moved(self, before: _Side, after: _Side) -> Land:
        """Return the land that is on both sides."""
        if before.outside:
            land = only_in(after.land, before.land)
        elif after.outside:
            land = only_in(before.land, after.land)
        else:
            land = without_slivers(before.land.intersection(after.land))
        if land.is_empty:
            return Land(NOTHING, land)
        moving = land.boundary.difference(_beside(self._still))
        earlier, moving = _bands(moving, self._lines[0], self._still)
        later, _ = _bands(moving, self._lines[1], self._still)
        along = earlier.union(later)
        one, other = before.with_(earlier), after.with_(later)
        reach = (
            other.land.difference(one.land)
            if one.outside
            else one.land.difference(other.land)
            if other.outside
            else one.land.intersection(other.land)
        )
        most = land.union(reach.intersection(along))
        return Land(Estimate(area_km2(land.difference(along)), area_km2(land), area_km2(most)), land)

    def _held(self, at: int, land: BaseGeometry) -> Estimate:
        """Return the size of all land of a holder."""
        if land.is_empty:
            return NOTHING
        return _estimate(land, self._frame, self._lines[at])


@lru_cache(maxsize=256)  # most pairs of days share a day
def _estimate(land: BaseGeometry, still: BaseGeometry, lines: _Lines) -> Estimate:
    """Return the size of land if all of its outline may be wrong, except for what is ``still``."""
    band, _ = _bands(land.boundary.difference(_beside(still)), lines, still)
    return Estimate(area_km2(land.difference(band)), area_km2(land), area_km2(land.union(band)))


def _bands(edges: BaseGeometry, lines: _Lines, barrier: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the land within the error of those edges that lie on lines, and all other edges.

    An edge has the largest error of the lines it lies on. The land does not go beyond ``barrier``.
    """
    found: list[BaseGeometry] = []
    for line, error in lines:
        near = _beside(line)
        if not near.intersects(edges):  # prepared, so that this takes a hundredth of cutting
            continue
        own, edges = edges.intersection(near), edges.difference(near)
        found += [
            _before(around(part, error), part, barrier)
            for part in shapely.get_parts(shapely.line_merge(_only_lines(own)))
        ]
    return shapely.union_all(found), edges


@lru_cache(maxsize=256)
def _beside(lines: BaseGeometry) -> BaseGeometry:
    """Return the land so near to lines that a line in it is the same."""
    land = lines.buffer(_SAME, quad_segs=2)
    shapely.prepare(land)
    return land


def _common(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the parts of lines that are also lines of another, at most 50 m away."""
    return _only_lines(one.intersection(_beside(other)))


def _only_lines(shape: BaseGeometry) -> BaseGeometry:
    """Return the lines of a shape without its points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiLineString([part for part in parts if "Line" in part.geom_type and not part.is_empty])


def _before(band: BaseGeometry, line: BaseGeometry, barrier: BaseGeometry) -> BaseGeometry:
    """Return the part of a band around a line that can be reached from it without crossing a barrier."""
    if not barrier.intersects(band):
        return band
    near = barrier.intersection(band.buffer(_SAME))  # ends beyond the band, so that it surely divides it
    pieces = shapely.polygonize([shapely.union_all([band.boundary, near])])
    return shapely.union_all([piece for piece in pieces.geoms if piece.intersects(line)]).intersection(band)
