"""How the places of a map lie to each other, as values: what a text needs that replaces the map.

All of it is independent of the view. Positions are WGS 84 (EPSG:4326), (lon, lat). Directions and distances
from the main place are geodesic. Whether places lie in areas is decided in an azimuthal equidistant
projection around it, whose distances are off by less than 0.5 % up to 1,000 km away. The errors of two places
are taken as independent: together they are the root of the sum of their squares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely import Point

from mapapp.core.compare import Estimate
from mapapp.core.geodesy import COMPASS, Compass, area_km2, compass, course, geod, length_km
from mapapp.core.story_frame import home, home_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely import LineString, MultiLineString
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Place
    from mapapp.core.profile import Role

_SIDE = 0.1  # share of an area from which one of eight directions counts
_SLIVER = 0.01  # share of the map's extent from which a country or province counts
_SURE = 1 / math.sin(math.pi / len(COMPASS))  # distances, in errors, from which a direction is sure
_STEPS = (1, 2, 5)
_FAR_KM = 20_040.0  # half the way round the earth


class Offset(NamedTuple):
    """How far something is from the main place, in km, and in which direction.

    The distance is rounded to its error. Without a direction, which would be too close to tell, it lies
    within that distance.
    """

    km: int
    compass: Compass | None


@dataclass(frozen=True)
class Lie:
    """Where a place lies.

    Attributes
    ----------
    offset
        Of a point, or of the middle of an area, from the main place; ``None`` of a line, and of the main
        place itself.
    ends
        Of a line: its ends, first the northern or, if it runs rather from west to east, the western.
    sides
        The directions from the main place in which most of an area lies, clockwise.
    across
        How far an area reaches from west to east and from north to south, in km, rounded to its error.
    size
        The size of an area in km2 or the length of a line in km, rounded; ``None`` for a point.
    inside, edge
        Ids of the points that lie in an area, great settlements first, and of those too close to its edge to
        tell. Not of a province, which is only where something is, and not those that are no more than a name.
    through
        Ids of the areas of snapshots that a line runs through, each with its length there in km.
    course
        Ids of the settlements that a line passes within its error and theirs, beginning at its first end.
    beside
        Ids of the areas of the same layer that it adjoins.
    beyond
        Whether it lies outside the extent the map opens on.
    """

    offset: Offset | None = None
    ends: tuple[Offset, Offset] | None = None
    sides: tuple[Compass, ...] = ()
    across: tuple[int, int] | None = None
    size: int | None = None
    inside: tuple[str, ...] = ()
    edge: tuple[str, ...] = ()
    through: tuple[tuple[str, int], ...] = ()
    course: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    beyond: bool = False


@dataclass(frozen=True)
class Lies:
    """Where all places of a map lie, by id, except those of the base map.

    Attributes
    ----------
    main
        Id of the main place, from which distances and directions are measured; ``None``: from the middle of
        the map's extent.
    extent
        How far the extent reaches from west to east and from north to south, in km.
    countries, provinces
        Ids of those that cover a part of the extent.
    """

    main: str | None
    extent: tuple[int, int]
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    places: Mapping[str, Lie]


@lru_cache(maxsize=2)  # each language words it anew
def lies_of(atlas: Atlas) -> Lies:
    """Return where the places of an atlas lie."""
    (south, west), (north, east) = home(atlas)
    frame = shapely.box(west, south, east, north)
    main = main_place(atlas)
    plane = _Plane(main.geometry if main else frame, main.tolerance_km if main else 0.0)
    measured = _Measured(atlas, plane, frame)
    return Lies(
        main=main.id if main else None,
        extent=_across(frame, 0.0),
        countries=_covering(atlas, "country", frame),
        provinces=_covering(atlas, "province", frame),
        places={
            place.id: measured.lie(place) if place is not main else Lie()
            for place in measured.places.values()
        },
    )


def main_place(atlas: Atlas) -> Place | None:
    """Return the place from which a description measures: a settlement in the area the map opens on.

    Great settlements come first, then those that more statements are about, then the one nearest to the
    middle. ``None`` if there is no settlement there.
    """
    (south, west), (north, east) = home(atlas)
    area = home_of(atlas)
    shape = atlas.place[area].geometry if area else shapely.box(west, south, east, north)
    middle = shape.centroid
    about = [link.id for event in atlas.events for link in event.places if link.role != "seat"]
    found = [
        place
        for place in _settlements(atlas, atlas.place.values())
        if shape.intersects(place.geometry) and not place.draft
    ]
    return min(
        found,
        key=lambda place: (
            not atlas.profile.is_great(place.kind),
            -about.count(place.id),
            course(middle, place.geometry.centroid)[0],
        ),
        default=None,
    )


def rounded(km: float, error: float) -> int:
    """Return a distance in km rounded to its error, or to a hundredth of it if that is more.

    It is a multiple of 1, 2, 5, 10, 20 and so on.
    """
    step = _step(max(error, km / 100))
    return round(km / step) * step


def offset(start: Point, end: Point, error: float) -> Offset:
    """Return how far and in which direction one point lies from another.

    ``error`` is how far off their distance may be, in km; the result is no more precise than that.
    """
    km, azimuth = course(start, end)
    if km < _SURE * error:
        step = _step(error)
        return Offset(math.ceil((km + error) / step) * step, None)
    return Offset(rounded(km, error), compass(azimuth))


def both(one: float, other: float) -> float:
    """Return the error of what depends on two positions, each with an error of its own."""
    return math.hypot(one, other)


class _Plane:
    """The plane around the main place: metres to the east and to the north."""

    def __init__(self, origin: BaseGeometry, error: float) -> None:
        self.origin, self.error = origin.centroid, error
        crs = CRS.from_dict(
            {"proj": "aeqd", "lat_0": self.origin.y, "lon_0": self.origin.x, "ellps": "WGS84"}
        )
        self._there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def flat(self, places: Iterable[Place]) -> list[BaseGeometry]:
        """Return the shapes of places in the plane."""

        def projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(self._there.transform(points[:, 0], points[:, 1]))

        moved = shapely.transform([place.geometry for place in places], projected)
        return [shape if shape.is_valid else shapely.make_valid(shape) for shape in moved]

    def globe(self, point: Point) -> Point:
        """Return a point of the plane in degrees."""
        lon, lat = self._there.transform(point.x, point.y, direction="INVERSE")
        return Point(lon, lat)

    def offset(self, point: Point, error: float) -> Offset:
        """Return how far a point in degrees lies from the origin."""
        return offset(self.origin, point, both(error, self.error))

    def line(self, shape: BaseGeometry) -> tuple[tuple[Point, Point], LineString | MultiLineString]:
        """Return the ends of a line in degrees, and the line in the plane in that order."""
        line = cast("LineString | MultiLineString", shapely.line_merge(shape))
        points = shapely.get_coordinates(line)
        (x0, y0), (x1, y1) = points[0], points[-1]
        turned = y0 < y1 if abs(y1 - y0) >= abs(x1 - x0) else x0 > x1
        line, points = (shapely.reverse(line), points[::-1]) if turned else (line, points)
        return (self.globe(Point(points[0])), self.globe(Point(points[-1]))), line


class _Measured:
    """The places of an atlas but those of the base map, in the plane around the main place."""

    def __init__(self, atlas: Atlas, plane: _Plane, frame: BaseGeometry) -> None:
        self.profile, self.plane, self.frame = atlas.profile, plane, frame
        layers = atlas.profile.layers
        own = [place for place in atlas.place.values() if layers[place.layer].group != "base"]
        self.places = {place.id: place for place in own}
        self.flat = dict(zip(self.places, plane.flat(own), strict=True))
        by_dimensions: tuple[list[Place], ...] = ([], [], [])
        for place in own:
            by_dimensions[shapely.get_dimensions(place.geometry)].append(place)
        points, _, self.areas = by_dimensions
        self.settlements = _settlements(atlas, points)
        # what has more to it than its name; great settlements first
        self.points = sorted(
            (point for point in points if layers[point.layer].in_key),
            key=lambda point: not atlas.profile.is_great(point.kind),
        )
        self.at = np.array([self.flat[point.id] for point in self.points], dtype=object)
        self.errors = np.array([point.tolerance_km for point in self.points])
        self.snapshots = [area for area in self.areas if layers[area.layer].snapshot]

    def lie(self, place: Place) -> Lie:
        """Return where a place lies that is not the main place."""
        shape, error = place.geometry, place.tolerance_km
        beyond = not self.frame.intersects(shape)
        dimensions = shapely.get_dimensions(shape)
        if dimensions == 0:
            return Lie(offset=self.plane.offset(shape.centroid, error), beyond=beyond)
        if dimensions == 1:
            (first, last), line = self.plane.line(self.flat[place.id])
            return Lie(
                ends=(self.plane.offset(first, error), self.plane.offset(last, error)),
                size=_significant(length_km(shape)),
                through=self._through(place),
                course=self._course(line, error),
                beyond=beyond,
            )
        flat = self.flat[place.id]
        inside, edge = self._points(place)
        return Lie(
            offset=self.plane.offset(self.plane.globe(flat.centroid), error),
            sides=() if beyond else _sides(flat),
            across=_across(shape, error),
            size=_known(area_km2(shape), length_km(shape.boundary) * error),
            inside=inside,
            edge=edge,
            beside=self._beside(place),
            beyond=beyond,
        )

    def _course(self, line: LineString | MultiLineString, error: float) -> tuple[str, ...]:
        near = [
            (line.project(self.flat[other.id].centroid), other.id)
            for other in self.settlements
            if line.distance(self.flat[other.id]) < both(error, other.tolerance_km) * 1000
        ]
        return tuple(item for _, item in sorted(near))

    def _points(self, area: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of the points in an area, and of those too close to its edge to tell."""
        if area.layer in self.profile.having("province"):
            return (), ()
        shape = self.flat[area.id]
        edge = shape.boundary
        shapely.prepare([shape, edge])
        unsure = shapely.dwithin(edge, self.at, np.hypot(self.errors, area.tolerance_km) * 1000)
        inside = shapely.contains(shape, self.at) & ~unsure
        ids = [point.id for point in self.points]
        return tuple(compress(ids, inside)), tuple(compress(ids, unsure))

    def _through(self, line: Place) -> tuple[tuple[str, int], ...]:
        """Return the areas of snapshots that a line runs through for more than its error, and how far."""
        if self.profile.layers[line.layer].snapshot:
            return ()
        shape = self.flat[line.id]
        lengths = (
            (
                area.id,
                shape.intersection(self.flat[area.id]).length / 1000,
                both(line.tolerance_km, area.tolerance_km),
            )
            for area in self.snapshots
            if shape.intersects(self.flat[area.id])
        )
        return tuple((item, rounded(km, error)) for item, km, error in lengths if km > error)

    def _beside(self, area: Place) -> tuple[str, ...]:
        return tuple(
            other.id
            for other in self.areas
            if other.layer == area.layer
            and other is not area
            and _meet(area.valid, other.valid)
            and self.flat[area.id].dwithin(
                self.flat[other.id], min(area.tolerance_km, other.tolerance_km) * 1000
            )
        )


def _meet(one: When, other: When) -> bool:
    """Return whether two times may have a day in common."""
    return not (_before(one, other) or _before(other, one))


def _before(one: When, other: When) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _sides(shape: BaseGeometry) -> tuple[Compass, ...]:
    """Return the directions from the origin in which at least a tenth of an area lies, clockwise."""
    far = float(np.abs(shapely.get_coordinates(shape)).max()) * 2
    shares = []
    for number in range(len(COMPASS)):
        edges = [math.radians((number + half) * 360 / len(COMPASS)) for half in (-0.5, 0.5)]
        corners = [(far * math.sin(edge), far * math.cos(edge)) for edge in edges]
        wedge = shapely.Polygon([(0, 0), *corners])
        shares.append(shape.intersection(wedge).area / shape.area)
    chosen = [share >= _SIDE for share in shares]
    start = next((n for n, one in enumerate(chosen) if one and not chosen[n - 1]), 0)
    turn = [(start + n) % len(COMPASS) for n in range(len(COMPASS))]
    return tuple(COMPASS[n] for n in turn if chosen[n])


def _across(shape: BaseGeometry, error: float) -> tuple[int, int]:
    """Return how far a shape reaches from west to east, along its middle, and from north to south, in km."""
    west, south, east, north = shape.bounds
    middle = (south + north) / 2
    lons = np.linspace(west, east, 5)
    wide = float(geod().line_length(lons, np.full(5, middle))) / 1000
    high = float(geod().line_length([west] * 2, [south, north])) / 1000
    return rounded(min(wide, 2 * _FAR_KM), error), rounded(high, error)


def _covering(atlas: Atlas, role: Role, frame: BaseGeometry) -> tuple[str, ...]:
    """Return the ids of the countries or provinces that cover a part of the frame, largest part first."""
    layers = atlas.profile.having(role)
    shares = {
        place.id: place.geometry.intersection(frame).area / frame.area
        for place in atlas.place.values()
        if place.layer in layers and not atlas.profile.is_disputed(place.kind)
    }
    kept = [item for item, share in shares.items() if share >= _SLIVER]
    return tuple(sorted(kept, key=lambda item: -shares[item]))


def _settlements(atlas: Atlas, places: Iterable[Place]) -> list[Place]:
    """Return the points that are settlements; if no layer is said to have them, all points."""
    layers = atlas.profile.having("settlement")
    return [
        place
        for place in places
        if shapely.get_dimensions(place.geometry) == 0 and (place.layer in layers or not layers)
    ]


def _significant(value: float) -> int:
    """Return a number with two significant digits, at least 1."""
    step = int(10 ** max(0, math.floor(math.log10(max(value, 1))) - 1))
    return max(1, round(value / step) * step)


def _known(area: float, band: float) -> int:
    """Return an area in km2, as round as areas are when they are compared; at least 1.

    ``band`` is that of the land within the expected error of its edge on one side, in km2. Half of it stands
    for the error: where land is compared, edges that no one disputes stay where they are.
    """
    error = band / 2
    return max(1, round(Estimate(max(area - error, 0), area, area + error).rounded.best))


def _step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, … that is at least ``least``."""
    power = int(10 ** max(0, math.floor(math.log10(max(least, 1)))))
    return next(step * power for step in (*_STEPS, 10) if step * power >= least)
