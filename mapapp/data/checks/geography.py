"""Whether the geography hangs together: places in the areas they name, areas without slivers or gaps.

Distances and areas are geodesic, on the WGS 84 ellipsoid, anywhere in the world. A place is held only
against the areas that it names in ``within``, and all rules apply as far as the data has the places they
speak of.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely import STRtree

from mapapp.data.checks.measure import area_km2, length_km
from mapapp.data.geojson import SWAPPED
from mapapp.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Place

_HALF = 0.5
_SLIVER_KM2 = 1.0
_WHOLE = 0.9  # share of the country that governorates must fill before gaps are looked for
_EDGE_DEGREES = 0.25
_COAST_KM = 1.0  # what a coastline may be off beside a point's own tolerance


class _Bond(NamedTuple):
    """What ties a place to an area it should lie in: whether it does, and if not, whether it would if turned.

    To turn is to swap latitude and longitude.
    """

    place: str
    area: str
    path: str
    holds: bool
    turned: bool = False
    what: str = ""
    got: str = ""


def gap_km(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return how far a shape lies from an area, both in degrees (lon, lat); 0 if they touch.

    Measured in the azimuthal equidistant projection about the place where they are nearest in degrees: from
    its middle all distances are those on the ellipsoid.
    """
    if geometry.intersects(area):
        return 0.0
    near = shapely.shortest_line(geometry, area)
    lon, lat = near.coords[0]
    local = CRS.from_dict({"proj": "aeqd", "lat_0": lat, "lon_0": lon, "datum": "WGS84"})
    project = Transformer.from_crs(4326, local, always_xy=True)

    def metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = project.transform(degrees[:, 0], degrees[:, 1])
        return shapely.get_coordinates(shapely.points(east, north))

    # an edge straight in degrees is not straight in metres: long ones are cut first
    one, other = (
        shapely.transform(shapely.segmentize(shape, _EDGE_DEGREES), metres) for shape in (geometry, area)
    )
    return float(one.distance(other)) / 1000


Finding = tuple[str, str, str, str, str]  # place, path, what, got, fix


def ground_faults(atlas: Atlas, file_of: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with how the places lie to each other."""
    places = atlas.place
    bonds = [*_bonds(places)]
    swapped = _swapped(bonds)
    found: list[Finding] = [
        (place, "geometry", SWAPPED[0], got, SWAPPED[2]) for place, got in swapped.items()
    ]
    fix = "correct the geometry, within or tolerance_km"
    found += [
        (bond.place, bond.path, bond.what, bond.got, fix)
        for bond in bonds
        if not bond.holds and not {bond.place, bond.area} & swapped.keys()
    ]
    found += _rings_of_areas(places)
    found += (finding for finding in _on_land(places) if finding[0] not in swapped)
    found += _governorates(places)
    for place, path, what, got, fix in found:
        yield Fault(file_of.get(place, "data/geo"), f"{place}.{path}", what, got, fix)


def _swapped(bonds: list[_Bond]) -> dict[str, str]:
    """Return the places whose latitude and longitude look swapped, each with what tells so.

    A town and its governorate may fit only with one of them turned: the one with more failed bonds is blamed.
    """
    blamed: dict[str, str] = {}
    while any(bond.turned for bond in bonds):
        every = Counter(end for bond in bonds for end in (bond.place, bond.area))
        failed = Counter(end for bond in bonds if bond.turned for end in (bond.place, bond.area))
        worst = max(failed, key=lambda end: (failed[end] / every[end], failed[end]))
        case = next(bond for bond in bonds if bond.turned and worst in (bond.place, bond.area))
        other = case.area if worst == case.place else case.place
        blamed[worst] = f"fits {other} only the other way round"
        bonds = [bond for bond in bonds if worst not in (bond.place, bond.area)]
    return blamed


def _bonds(places: dict[str, Place]) -> Iterator[_Bond]:
    """Tie each place to the areas it names."""
    for place in places.values():
        areas = [places[name] for name in place.within if name in places and _is_area(places[name])]
        # an area or line may lie in each of them in part, but hardly fills them better when turned
        union = shapely.union_all([area.geometry for area in areas])
        share = _share(place.geometry, union) if areas else 1.0
        turned = share < _HALF and _share(_turned(place.geometry), union) > share + _HALF
        for area in areas:
            yield _bond(place, area, turned=turned)


def _bond(place: Place, area: Place, *, turned: bool) -> _Bond:
    allowed = place.tolerance_km + area.tolerance_km
    gap = gap_km(place.geometry, area.geometry)
    turned = turned or (gap > allowed and gap_km(_turned(place.geometry), area.geometry) <= allowed)
    what, got = f"the place does not lie in {area.id}", f"{gap:.1f} km away, tolerance {allowed:g} km"
    return _Bond(place.id, area.id, "within", gap <= allowed, turned, what, got)


def _rings_of_areas(places: dict[str, Place]) -> Iterator[Finding]:
    """Check that what places lie in are areas, and that none lies in itself."""
    for place in places.values():
        for name in place.within:
            area = places.get(name)
            if area is not None and not _is_area(area):
                yield place.id, "within", "a place cannot lie in what is not an area", name, "name an area"
            elif area is not None and place.id in _above(places, area):
                yield place.id, "within", "the place lies in itself", name, "take one of the two out"


def _above(places: dict[str, Place], place: Place) -> set[str]:
    """Return the ids of a place and of all areas its chain of ``within`` reaches."""
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


def _turned(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape with latitude and longitude swapped, kept on the globe."""
    return shapely.transform(geometry, lambda degrees: np.clip(degrees[:, ::-1], (-180, -90), (180, 90)))


def _share(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return the share of an area or line that lies in an area; of a point none."""
    measure = area_km2 if _is_polygonal(geometry) else length_km
    whole = measure(geometry)
    return measure(geometry.intersection(area)) / whole if whole else 0.0


def _on_land(places: dict[str, Place]) -> Iterator[Finding]:
    """Check that towns and posts stand on land."""
    ground_areas = [place for place in places.values() if place.layer in ("land", "countries")]
    if not any(place.layer == "land" for place in ground_areas):
        return
    tree = STRtree([place.geometry for place in ground_areas])
    for place in places.values():
        if place.layer not in ("towns", "posts") or len(tree.query(place.geometry, predicate="intersects")):
            continue
        near = ground_areas[int(tree.nearest(place.geometry))]
        sea, allowed = gap_km(place.geometry, near.geometry), place.tolerance_km + _COAST_KM
        if sea > allowed:
            got = f"{sea:.1f} km off the coast, tolerance {allowed:g} km"
            yield (
                place.id,
                "geometry",
                "the place is not on land",
                got,
                "move it; check that lon comes before lat",
            )


def _governorates(places: dict[str, Place]) -> Iterator[Finding]:
    """Check that governorates do not overlap and, if they make up a country, leave no gap nor stick out."""
    areas = [place for place in places.values() if place.layer == "governorates"]
    fix = "let neighbours share their vertices"
    for number, place in enumerate(areas):
        for other in areas[number + 1 :]:
            if place.geometry.intersects(other.geometry):
                common = place.geometry.intersection(other.geometry)
                if (size := area_km2(common)) > _SLIVER_KM2:
                    got = f"{size:.1f} km2 {_near(common)}"
                    yield place.id, "geometry", f"the governorate overlaps {other.id}", got, fix
    countries = (place for place in places.values() if place.layer == "countries" and _is_area(place))
    for country in countries:
        own = [place.geometry for place in areas if country.id in place.within]
        whole = shapely.union_all(own)
        if not own or area_km2(whole.intersection(country.geometry)) < _WHOLE * area_km2(country.geometry):
            continue
        for what, rest in (
            ("the governorates leave a gap in the country", country.geometry.difference(whole)),
            ("the governorates stick out of the country", whole.difference(country.geometry)),
        ):
            for part in getattr(rest, "geoms", [rest]):
                if (size := area_km2(part)) > _SLIVER_KM2:
                    yield country.id, "geometry", what, f"{size:.1f} km2 {_near(part)}", fix


def _near(part: BaseGeometry) -> str:
    point = part.representative_point()
    return f"near {point.x:.2f}, {point.y:.2f}"
