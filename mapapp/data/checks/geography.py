"""Checks that the geography is consistent: places lie in the areas they name, areas have no slivers or gaps.

Distances and areas are geodesic, on the WGS 84 ellipsoid, anywhere in the world. A place is compared only
with the areas it names in ``within``; a check that needs a layer the data does not have is skipped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely import STRtree

from mapapp.core.geodesy import area_km2, length_km
from mapapp.core.land import equal_area_km2
from mapapp.data.geojson import SWAPPED
from mapapp.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Place

_HALF, _MOSTLY = 0.5, 0.6
_SLIVER_KM2 = 1.0
_WHOLE = 0.9  # share of a country that the areas of a layer must cover before gaps are reported
_EDGE_DEGREES = 0.25
_SNAP = "make adjacent areas share vertices (snap in QGIS)"
_COAST_KM = 1.0  # error allowed for a coastline, in addition to a point's own tolerance


class _Membership(NamedTuple):
    """A place and an area it should lie in: whether it does, and if not, whether it would if swapped.

    Swapped means with latitude and longitude exchanged.
    """

    place: str
    area: str
    holds: bool
    swapped: bool
    got: str


def gap_km(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return the distance between a shape and an area in km; 0 if they touch.

    Measured in the azimuthal equidistant projection centred where they are nearest in degrees, in which
    distances from the centre are those on the ellipsoid.

    Parameters
    ----------
    geometry, area
        In degrees, (lon, lat).
    """
    if geometry.intersects(area):
        return 0.0
    from pyproj import CRS, Transformer  # noqa: PLC0415 - slow to load, and most places lie in their areas

    near = shapely.shortest_line(geometry, area)
    lon, lat = near.coords[0]
    local = CRS.from_dict({"proj": "aeqd", "lat_0": lat, "lon_0": lon, "datum": "WGS84"})
    project = Transformer.from_crs(4326, local, always_xy=True)

    def metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = project.transform(degrees[:, 0], degrees[:, 1])
        return shapely.get_coordinates(shapely.points(east, north))

    # edges straight in degrees are not straight in metres, so long ones are subdivided first
    one, other = (
        shapely.transform(shapely.segmentize(shape, _EDGE_DEGREES), metres) for shape in (geometry, area)
    )
    return float(one.distance(other)) / 1000


def geography_issues(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    """Yield the issues in how places lie relative to each other, each with the id of its place."""
    places = atlas.place
    memberships = [*_memberships(places)]
    swapped = _swapped(memberships)
    for place, got in swapped.items():
        yield place, replace(SWAPPED, got=got, where="geometry")
    fix = "correct the geometry, or the value of within or tolerance_km"
    for member in memberships:
        if not member.holds and not {member.place, member.area} & swapped.keys():
            what = f"the place does not lie in {member.area}"
            yield member.place, Issue(what, member.got, fix, where="within")
    yield from _within_issues(places)
    yield from ((place, issue) for place, issue in _on_land(atlas) if place not in swapped)
    for layer in atlas.profile.layers.values():
        if layer.covers:
            yield from _covering(atlas, layer.id)


def _swapped(memberships: list[_Membership]) -> dict[str, str]:
    """Return the places whose latitude and longitude look swapped, each with the reason.

    A town and its province may fit only with one of them swapped: the one that fails more often is blamed.
    """
    blamed: dict[str, str] = {}
    while any(member.swapped for member in memberships):
        every = Counter(end for member in memberships for end in (member.place, member.area))
        failed = Counter(
            end for member in memberships if member.swapped for end in (member.place, member.area)
        )
        worst = max(failed, key=lambda end: (failed[end] / every[end], failed[end]))
        case = next(
            member for member in memberships if member.swapped and worst in (member.place, member.area)
        )
        other = case.area if worst == case.place else case.place
        blamed[worst] = f"matches {other} only with lat and lon swapped"
        memberships = [member for member in memberships if worst not in (member.place, member.area)]
    return blamed


def _memberships(places: dict[str, Place]) -> Iterator[_Membership]:
    """Compare each place with the areas it names."""
    for place in places.values():
        areas = [places[name] for name in place.within if name in places and _is_area(places[name])]
        swapped = _fits_better_swapped(place.geometry, [area.geometry for area in areas])
        for area in areas:
            yield _membership(place, area, swapped=swapped)


def _fits_better_swapped(shape: BaseGeometry, areas: list[BaseGeometry]) -> bool:
    """Return whether much more of an area or line lies in some areas with latitude and longitude swapped.

    It may lie partly in each of them, but is unlikely to fit them better when swapped.
    """
    if shape.geom_type == "Point" or any(_is_mostly_in(shape, area) for area in areas):
        return False
    union = shapely.union_all(areas)  # slow, so only for what no single area holds
    share = _share(shape, union)
    return share < _HALF and _share(_with_axes_swapped(shape), union) > share + _HALF


def _membership(place: Place, area: Place, *, swapped: bool) -> _Membership:
    allowed = place.tolerance_km + area.tolerance_km
    gap = gap_km(place.geometry, area.geometry)
    swapped = swapped or (
        gap > allowed and gap_km(_with_axes_swapped(place.geometry), area.geometry) <= allowed
    )
    got = f"{gap:.1f} km away, tolerance {allowed:g} km"
    return _Membership(place.id, area.id, gap <= allowed, swapped, got)


def _within_issues(places: dict[str, Place]) -> Iterator[tuple[str, Issue]]:
    """Check that ``within`` names areas, and that no place contains itself."""
    for place in places.values():
        for name in place.within:
            area = places.get(name)
            if area is not None and not _is_area(area):
                what = "refers to a point or line"
                yield place.id, Issue(what, name, "use the id of an area", where="within")
            elif area is not None and place.id in _above(places, area):
                what = "circular reference"
                yield place.id, Issue(what, name, "remove one of the two references", where="within")


def _above(places: dict[str, Place], place: Place) -> set[str]:
    """Return the ids of a place and of all areas it lies in, directly or through others."""
    found: set[str] = set()
    edge = {place.id}
    while edge:
        found |= edge
        edge = {up for name in edge if name in places for up in places[name].within} - found
    return found


def _is_area(place: Place) -> bool:
    return _is_polygonal(place.geometry)


def _is_polygonal(geometry: BaseGeometry) -> bool:
    return geometry.geom_type in ("Polygon", "MultiPolygon")


def _with_axes_swapped(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape with latitude and longitude swapped, clipped to valid degrees."""
    return shapely.transform(geometry, lambda degrees: np.clip(degrees[:, ::-1], (-180, -90), (180, 90)))


def _share(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return the share of an area or line that lies in another area; 0 for points."""
    measure = equal_area_km2 if _is_polygonal(geometry) else length_km
    whole = measure(geometry)
    return measure(geometry.intersection(area)) / whole if whole else 0.0


def _is_mostly_in(shape: BaseGeometry, area: BaseGeometry) -> bool:
    """Return whether clearly more than half of an area or line lies in an area, measured in degrees."""
    common = shape.intersection(area)
    part, whole = (common.area, shape.area) if shape.area else (common.length, shape.length)
    return part >= _MOSTLY * whole


def _on_land(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    """Check that the points of some layers are on land."""
    profile = atlas.profile
    land, ground = profile.having("land"), profile.having("land") | profile.having("country")
    ground_areas = [place for place in atlas.place.values() if place.layer in ground]
    if not any(place.layer in land for place in ground_areas):
        return
    tree = STRtree([place.geometry for place in ground_areas])
    for place in atlas.place.values():
        if not profile.layers[place.layer].on_land or len(tree.query(place.geometry, predicate="intersects")):
            continue
        near = ground_areas[int(tree.nearest(place.geometry))]
        sea, allowed = gap_km(place.geometry, near.geometry), place.tolerance_km + _COAST_KM
        if sea > allowed:
            got = f"{sea:.1f} km off the coast, tolerance {allowed:g} km"
            fix = "move it; check that longitude comes before latitude"
            yield place.id, Issue("the place is not on land", got, fix, where="geometry")


def _covering(atlas: Atlas, layer: str) -> Iterator[tuple[str, Issue]]:
    """Check that the areas of a layer do not overlap, and cover exactly each country that they make up."""
    areas = [place for place in atlas.place.values() if place.layer == layer and _is_area(place)]
    yield from _overlaps(areas)
    countries = atlas.profile.having("country")
    for country in atlas.place.values():
        if country.layer in countries and _is_area(country):
            own = [place for place in areas if country.id in place.within]
            yield from _differences(country, own, layer)


def _overlaps(areas: list[Place]) -> Iterator[tuple[str, Issue]]:
    for place, other in combinations(areas, 2):
        if place.geometry.intersects(other.geometry):
            common = place.geometry.intersection(other.geometry)
            if (size := area_km2(common)) > _SLIVER_KM2:
                got = f"{size:.1f} km2 {_near(common)}"
                what = f"the {place.kind} overlaps {other.id}"
                yield place.id, Issue(what, got, _SNAP, where="geometry")


def _differences(country: Place, areas: list[Place], layer: str) -> Iterator[tuple[str, Issue]]:
    """Yield where areas that make up most of a country differ from it."""
    whole = shapely.union_all([place.geometry for place in areas])
    if not areas or area_km2(whole.intersection(country.geometry)) < _WHOLE * area_km2(country.geometry):
        return
    for what, rest in (
        (f"the {layer} leave a gap in the country", country.geometry.difference(whole)),
        (f"the {layer} extend beyond the country", whole.difference(country.geometry)),
    ):
        for part in getattr(rest, "geoms", [rest]):
            if (size := area_km2(part)) > _SLIVER_KM2:
                got = f"{size:.1f} km2 {_near(part)}"
                yield country.id, Issue(what, got, _SNAP, where="geometry")


def _near(part: BaseGeometry) -> str:
    point = part.representative_point()
    return f"near {point.x:.2f}, {point.y:.2f}"
